"""Graded response: the meetings, the days of the ledger, the shapes, who is convened."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from spatial.crs import to_metres
from spatial.errors import BadGeometry, BadParameter
from spatial.responses.convening import convene
from spatial.responses.ledger import DISTRICT_ZONE, days, ledger, span
from spatial.responses.meetings import ASSEMBLES, CONVENES, Meeting, ResponseLevel, cascade
from spatial.responses.response import Response, ShapeKind
from spatial.responses.shapes import MOST_VERTICES, circle, drawn, inside, smallest_around, touched
from spatial.store.records import DutyHolder
from spatial.table import Table

SQUARE = shapely.box(105.3, 29.1, 105.4, 29.2)
times = st.datetimes(datetime(2022, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware


def response(opened: datetime, closed: datetime | None, level: ResponseLevel = ResponseLevel.II) -> Response:
    return Response("luxian", "R", level, ShapeKind.DRAWN, SQUARE, "/510521", "x", opened, "w", closed_at=closed)


def test_every_level_convenes_a_meeting_and_the_roster_runs_down_to_the_building() -> None:
    assert set(CONVENES) == set(ResponseLevel)
    assert set(ASSEMBLES) == set(Meeting)
    assert [len(cascade(level)) for level in ResponseLevel] == [5, 4, 3]
    assert all(cascade(level)[-1] is Meeting.BENCH for level in ResponseLevel)


def test_both_ends_count_in_the_days_of_the_district() -> None:
    # 23:30 and 00:30 in Shanghai: an hour apart, and two days
    opened = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
    assert days(response(opened, opened), opened) == 1
    assert days(response(opened, opened + timedelta(hours=1)), opened) == 2
    assert days(response(opened, None), opened + timedelta(days=2)) == 3


@given(st.lists(st.tuples(times, st.timedeltas(timedelta(0), timedelta(days=900)), st.sampled_from(ResponseLevel))))
def test_the_ledger_adds_up_by_level_and_by_year(given: list[tuple[datetime, timedelta, ResponseLevel]]) -> None:
    now = datetime(2030, 1, 1, tzinfo=UTC)
    responses = [response(opened, opened + long, level) for opened, long, level in given]
    found = ledger(responses, now)
    assert found.total.activations == len(responses)
    counted = 0
    for each in responses:
        first, last = span(each, now)
        day = first
        while day <= last:
            counted, day = counted + 1, day + timedelta(days=1)
    assert found.total.days == counted
    for lines in (found.by_level, found.by_year):
        assert sum(line.days for line in lines.values()) == counted
        assert sum(line.activations for line in lines.values()) == len(responses)


@given(times, st.timedeltas(timedelta(0), timedelta(days=400)), st.timedeltas(timedelta(0), timedelta(days=400)))
def test_one_that_is_on_counts_as_if_it_ended_now(opened: datetime, first: timedelta, more: timedelta) -> None:
    now = opened + first
    assert days(response(opened, None), now) == days(response(opened, now), now + more)
    assert span(response(opened, None), now)[1] == now.astimezone(DISTRICT_ZONE).date()


@given(st.floats(105, 106), st.floats(28, 30), st.floats(10, 50_000))
def test_a_circle_is_one_in_metres(lon: float, lat: float, radius_m: float) -> None:
    made = to_metres(np.array([circle(lon, lat, radius_m, 4544), shapely.Point(lon, lat)], dtype=object), 4544)
    away = shapely.distance(shapely.points(shapely.get_coordinates(made[0])), made[1])
    assert np.allclose(away, radius_m, rtol=0, atol=1e-3)


def test_shapes_that_cannot_be_meant_are_refused() -> None:
    for radius_m in (0.0, -5.0, 1e9, float("nan")):
        with pytest.raises(BadParameter):
            circle(105.3, 29.1, radius_m, 4544)
    bow_tie = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.0)]
    for ring in (bow_tie, bow_tie[:2], [(0.0, 0.0)] * 5, [(0.0, 0.0, 1.0)] * 4, bow_tie * MOST_VERTICES):
        with pytest.raises(BadGeometry):
            drawn(ring)
    assert drawn(list(SQUARE.exterior.coords)).equals(SQUARE)


def areas() -> Table:
    shapes = [shapely.box(0, 0, 4, 4), shapely.box(0, 0, 2, 4), shapely.box(2, 0, 4, 4), shapely.box(0, 0, 1, 1)]
    columns = {
        "path": ["/d", "/d/a", "/d/b", "/d/a/1"],
        "code": ["d", "a", "b", "1"],
        "level": ["district", "street", "street", "community"],
        "name": ["区", "甲", "乙", "一"],
        "name_en": ["D", "A", "B", "1"],
    }
    return Table(np.array(shapes, dtype=object), columns)


def test_a_shape_belongs_to_the_smallest_area_around_it_and_an_edge_is_no_touch() -> None:
    def around(shape: shapely.Geometry) -> tuple[list[str], str]:
        found = touched(shape, areas())
        return [row["path"] for row in found], smallest_around(found, "/d")

    assert around(shapely.box(0, 0, 2, 4)) == (["/d", "/d/a", "/d/a/1"], "/d/a")
    assert around(shapely.box(0.2, 0.2, 0.4, 0.4)) == (["/d", "/d/a", "/d/a/1"], "/d/a/1")
    assert around(shapely.box(1.5, 2, 2.5, 3)) == (["/d", "/d/a", "/d/b"], "/d")
    assert around(shapely.box(9, 9, 10, 10)) == ([], "/d")


def test_what_lies_inside_is_decided_as_areas_own_points() -> None:
    assert inside(SQUARE, [105.3, 105.4, 105.35, 105.2], [29.1, 29.2, 29.15, 29.15]).tolist()[2:] == [True, False]


def test_a_vacancy_climbs_to_the_nearest_area_with_a_holder() -> None:
    def post(area: str, path: str, holder: str | None) -> DutyHolder:
        return DutyHolder(f"P{path}{holder}", "luxian", "grid_worker", area, path, holder)

    found = touched(shapely.box(0.1, 0.1, 3, 3), areas())
    street = post("a", "/d/a", "李")
    joint, *_ = convene(ResponseLevel.III, found, [street, post("1", "/d/a/1", None)])
    assert [(each.code, each.posts, each.vacant, each.instead) for each in joint.seats] == [("1", (), 1, (street,))]
    top, second, *_ = convene(ResponseLevel.I, found, [street])
    assert [(each.code, each.posts, each.instead) for each in (*top.seats, *second.seats)] == [
        ("d", (), ()), ("a", (street,), ()), ("b", (), ()),
    ]  # fmt: skip
