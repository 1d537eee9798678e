"""What lives in the towns stands where such things stand."""

import itertools
import json
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from fixtures.event_list import EVENT_LIST
from fixtures.life import furnish
from fixtures.town import NOW, SEED, Content
from fixtures.towns import build
from spatial.codes import check_camera_id
from spatial.crs import to_metres
from spatial.incidents.by_column import COLUMNS, IncidentColumns
from spatial.incidents.statistics import Period, by_week, figures, together
from spatial.levels import MAIN_TREE
from spatial.locate import Locator
from spatial.ownership import GridIndex
from spatial.responses.convening import convene
from spatial.responses.meetings import ResponseLevel
from spatial.table import Geometries, Table
from spatial.vocabulary import IncidentState
from tests.districts import content, digest
from tests.in_bulk import in_bulk

SLUGS = ("luxian", "qibin", "gusu", "tongliang", "liujiang")


@pytest.fixture(scope="module")
def luxian() -> Content:
    return content("luxian")


def level(generated: Content, slug: str) -> Table:
    areas = generated.trees[MAIN_TREE]
    return areas.take(np.flatnonzero(np.asarray(areas["level"], dtype=object) == slug))


def metres(generated: Content, shapes: Geometries) -> Geometries:
    return to_metres(shapes, generated.district.zone)


def of_kind(table: Table, *kinds: str) -> Table:
    return table.take(np.flatnonzero(np.isin(np.asarray(table["kind"], dtype=object).astype(str), kinds)))


def nearest(shapes: Geometries, points: Geometries) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    found, distances = shapely.STRtree(shapes).query_nearest(points, return_distance=True, all_matches=False)
    return found[1], distances


def test_the_same_seed_makes_the_same_content_and_another_seed_another() -> None:
    town = build("luxian", SEED)
    first = digest(furnish(town, SEED))
    assert digest(furnish(build("luxian", SEED), SEED)) == first
    assert digest(furnish(town, SEED + 1)) != first


def test_all_camera_sites_of_luxian_stand_in_three_no_compounds(luxian: Content) -> None:
    cameras, compounds = luxian.features["cameras"], level(luxian, "compound")
    three_no = of_kind(compounds, "three_no")
    owners = GridIndex.build(three_no.geometry, three_no["code"]).owners(
        shapely.get_x(cameras.geometry), shapely.get_y(cameras.geometry)
    )
    assert len(cameras) == 346
    assert (owners >= 0).all()
    assert [three_no["code"][owner] for owner in owners] == list(cameras["compound"])


def test_most_camera_sites_of_luxian_are_at_gates_or_wall_corners(luxian: Content) -> None:
    places = Counter(luxian.features["cameras"]["place"])
    assert (places["gate"] + places["wall_corner"]) / sum(places.values()) >= 0.6


@pytest.mark.parametrize("slug", SLUGS)
def test_camera_ids_are_valid_and_unique(slug: str) -> None:
    cameras = content(slug).features["cameras"]
    codes = list(cameras["code"])
    assert len(set(codes)) == len(codes)
    assert all(check_camera_id(code) == code for code in codes)
    assert all(code.startswith(content(slug).district.code) for code in codes)
    assert all(code[10:13] == kind for code, kind in zip(codes, cameras["kind"], strict=True))


@pytest.mark.parametrize("slug", SLUGS)
def test_most_camera_sites_work_and_some_do_not(slug: str) -> None:
    states = Counter(content(slug).features["cameras"]["state"])
    assert set(states) == {"online", "offline", "fault"}
    assert 0.88 < states["online"] / sum(states.values()) < 0.98


@pytest.mark.parametrize("slug", SLUGS)
def test_no_camera_stands_in_a_building(slug: str) -> None:
    generated = content(slug)
    cameras = generated.features["cameras"]
    _, distance = nearest(metres(generated, level(generated, "building").geometry), metres(generated, cameras.geometry))
    assert distance.min() > 0


def test_a_camera_at_a_door_looks_at_it_and_one_at_a_gate_through_it(luxian: Content) -> None:
    town = build("luxian", SEED)
    cameras = luxian.features["cameras"]
    for place, targets, at_most in (("entrance", town.entrances, 25.0), ("gate", town.gates, 140.0)):
        mine = cameras.take(np.flatnonzero(np.asarray(cameras["place"], dtype=object) == place))
        spots = metres(luxian, mine.geometry)
        marks = metres(luxian, targets.geometry)
        which, distance = nearest(marks, spots)
        assert distance.max() < 6.0
        towards = shapely.get_coordinates(marks[which]) - shapely.get_coordinates(spots)
        bearing = np.degrees(np.arctan2(towards[:, 0], towards[:, 1]))
        off = np.abs((np.asarray(mine["bearing"], dtype=float) - bearing + 180) % 360 - 180)
        assert off.max() <= at_most


@pytest.mark.parametrize("slug", SLUGS)
def test_points_are_tagged_with_the_area_that_the_locator_names(slug: str) -> None:
    generated = content(slug)
    locator = Locator.over(generated.district, generated.levels, generated.trees[MAIN_TREE])
    for collection in ("stations", "incidents", "cameras"):
        rows = generated.features[collection]
        for which in range(0, len(rows), max(1, len(rows) // 25)):
            (answer,) = locator.locate(rows.geometry[which].x, rows.geometry[which].y).trees
            owner = answer.responsible
            assert owner is not None
            assert (rows["responsible"][which], rows["path"][which]) == (owner.code, owner.path)


@pytest.mark.parametrize("slug", SLUGS)
def test_no_station_stands_on_a_carriageway_or_deep_in_a_building(slug: str) -> None:
    generated = content(slug)
    stations = metres(generated, generated.features["stations"].geometry)
    buildings = metres(generated, level(generated, "building").geometry)
    roads = generated.features["roads"]
    driven = of_kind(roads, "arterial", "collector", "lane")
    which, distance = nearest(metres(generated, driven.geometry), stations)
    half = np.asarray(driven["width_m"], dtype=float)[which] / 2
    assert (distance >= half - 0.05).all()
    which, distance = nearest(buildings, stations)
    depth = shapely.distance(shapely.boundary(buildings[which]), stations)
    assert depth[distance == 0].max(initial=0.0) <= 0.1


@pytest.mark.parametrize("slug", SLUGS)
def test_stations_have_names_functions_and_hours(slug: str) -> None:
    stations = content(slug).features["stations"]
    assert len(set(stations["code"])) == len(stations)
    assert len(set(stations["name"])) == len(stations)
    for name in ("name", "name_en", "functions", "opens"):
        assert all(stations[name])


@pytest.mark.parametrize("slug", SLUGS)
def test_parking_spaces_overlap_nothing(slug: str) -> None:
    generated = content(slug)
    spaces = metres(generated, of_kind(generated.features["assets"], "parking.car", "parking.two_wheeler").geometry)
    tree = shapely.STRtree(spaces)
    first, second = tree.query(spaces, predicate="intersects")
    assert shapely.area(shapely.intersection(spaces[first[first < second]], spaces[second[first < second]])).sum() == 0
    for others in (
        level(generated, "building").geometry,
        of_kind(generated.features["ground"], "structure", "water").geometry,
    ):
        solid = metres(generated, others)
        assert not len(shapely.STRtree(solid).query(spaces, predicate="intersects")[0])
    driven = of_kind(generated.features["roads"], "arterial", "collector", "lane", "drive")
    axes = metres(generated, driven.geometry)
    which, distance = nearest(axes, spaces)
    assert (distance >= np.asarray(driven["width_m"], dtype=float)[which] / 2 - 0.05).all()


def test_parking_spaces_have_the_size_of_a_car(luxian: Content) -> None:
    spaces = metres(luxian, of_kind(luxian.features["assets"], "parking.car").geometry)
    assert np.allclose(shapely.area(spaces), 2.4 * 5.3, atol=0.5)


@pytest.mark.parametrize("slug", SLUGS)
def test_incidents_lie_in_the_last_ninety_days_and_their_states_fit_their_age(slug: str) -> None:
    incidents = content(slug).features["incidents"]
    assert len(set(incidents["code"])) == len(incidents)
    for row in incidents.rows():
        assert NOW - timedelta(days=90) <= row["reported_at"] < NOW
        assert row["reported_at"] < row["due_at"]
        assert row["first_responsible"] == row["responsible"]
        assert row["first_edition"] == 1
        if row["state"] == IncidentState.CLOSED.value:
            assert row["reported_at"] < row["closed_at"] <= NOW
        else:
            assert row["closed_at"] is None
            assert NOW - row["reported_at"] < timedelta(days=14)


BEEN_THERE = {"on_site", "handled", "verified", "closed"}


@pytest.mark.parametrize("slug", SLUGS)
def test_somebody_was_where_the_state_says_so_after_the_report_and_before_the_closing(slug: str) -> None:
    for row in content(slug).features["incidents"].rows():
        assert (row["arrived_at"] is not None) is (row["state"] in BEEN_THERE)
        if row["arrived_at"] is not None:
            assert row["reported_at"] <= row["arrived_at"] <= (row["closed_at"] or NOW)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_one_of_twelve_weeks_has_reports_and_closings(slug: str) -> None:
    columns = IncidentColumns.of(in_bulk(content(slug).features["incidents"].rows(), COLUMNS))
    period = Period(date(2026, 9, 7), date(2026, 11, 24))
    weeks = figures(columns, np.ones(len(columns), dtype=bool), period, by_week(columns, period), NOW)
    whole = figures(columns, np.ones(len(columns), dtype=bool), period, together(columns), NOW)
    assert (weeks.reported[:-1] >= 20).all()
    assert (weeks.closed[:-1] >= 20).all()
    assert 0.02 < whole.overdue_share[0] < 0.15
    assert 0 < whole.response_median_s[0] < whole.closing_median_s[0]


@pytest.mark.parametrize("slug", SLUGS)
def test_thirty_to_a_hundred_incidents_are_open_and_some_of_them_overdue(slug: str) -> None:
    incidents = content(slug).features["incidents"]
    due = [
        due_at
        for due_at, state in zip(incidents["due_at"], incidents["state"], strict=True)
        if state != IncidentState.CLOSED.value
    ]
    overdue = sum(due_at < NOW for due_at in due)
    assert 30 <= len(due) <= 100
    assert 0 < overdue <= len(due) * 0.35


@pytest.mark.parametrize("slug", SLUGS)
def test_less_is_reported_at_night_than_by_day(slug: str) -> None:
    hours = Counter((at + timedelta(hours=8)).hour for at in content(slug).features["incidents"]["reported_at"])
    by_day, by_night = (sum(hours[hour] for hour in span) for span in (range(8, 18), range(6)))
    assert by_night * 4 < by_day


@pytest.mark.parametrize("slug", SLUGS)
def test_an_incident_carries_what_the_event_list_says_of_its_item(slug: str) -> None:
    for row in content(slug).features["incidents"].rows():
        item = EVENT_LIST.item(row["kind"])
        assert (row["name"], row["category"], row["priority"]) == (item.name.zh, item.category.value, item.priority)
        assert (row["department"], row["dispute"]) == (item.department.value, item.dispute)
        assert json.loads(row["extra"])["place"].keys() == {"zh", "en"}


def test_the_case_file_of_sunshine_riverbank_has_25_problems_of_7_categories() -> None:
    rows = content("tongliang").features["incidents"].rows()
    mine = [row for row in rows if json.loads(row["extra"])["place"]["zh"].startswith("阳光水岸")]
    assert len(mine) == 25
    assert len({row["category"] for row in mine}) == 7


def test_each_grid_of_luxian_has_exactly_one_full_time_worker(luxian: Content) -> None:
    workers = Counter(holder.area for holder in luxian.duty_holders if holder.post == "grid_worker" and holder.holder)
    assert workers == dict.fromkeys(level(luxian, "grid")["code"], 1)


@pytest.mark.parametrize("level_", ResponseLevel)
@pytest.mark.parametrize("slug", SLUGS)
def test_the_meeting_that_a_response_convenes_has_somebody_in_every_seat(slug: str, level_: ResponseLevel) -> None:
    generated = content(slug)
    meeting, *_ = convene(level_, list(generated.trees[MAIN_TREE].rows()), generated.duty_holders)
    assert meeting.seats
    assert all(seat.posts or seat.instead for seat in meeting.seats)
    # Gusu's community workers sit in its joint meeting; six posts are vacant
    assert sum(not seat.posts for seat in meeting.seats) == (6 if (slug, level_) == ("gusu", ResponseLevel.III) else 0)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_post_answers_for_an_area_of_the_main_tree_and_has_a_code_of_its_own(slug: str) -> None:
    generated = content(slug)
    areas = generated.trees[MAIN_TREE]
    paths = set(zip(areas["code"], areas["path"], strict=True))
    assert {(holder.area, holder.path) for holder in generated.duty_holders} <= paths
    assert len({holder.code for holder in generated.duty_holders}) == len(generated.duty_holders)


def test_each_legacy_tree_of_tongliang_is_a_coverage_and_the_trees_overlap() -> None:
    trees = {tree: areas for tree, areas in content("tongliang").trees.items() if tree != MAIN_TREE}
    assert set(trees) == {"legacy-public_order", "legacy-urban_management", "legacy-food_and_drugs"}
    grids = shapely.area(shapely.union_all(level(content("tongliang"), "grid").geometry))
    for areas in trees.values():
        assert shapely.coverage_is_valid(areas.geometry)
        assert shapely.is_valid(areas.geometry).all()
        assert shapely.area(areas.geometry).sum() == pytest.approx(grids, rel=1e-6)
    for one, other in itertools.combinations(trees.values(), 2):
        crossed = shapely.STRtree(one.geometry).query(other.geometry, predicate="overlaps")
        assert len(crossed[0]) > 50
