"""Clusters of incidents count everything once, and no one of them reaches across a boundary."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.cluster_answers import MOST_CLUSTERS, clusters_document
from spatial.incidents.board import Board, Filter
from spatial.incidents.clusters import MOST_HEAT, RULE, gather, heat, steps_at
from tests.small_town import NOW
from tests.unit.test_incident_board import FILTERS, ROWS

DEGREES = st.tuples(st.floats(-179.9, 179.9), st.floats(-85, 85))
NEAR = st.tuples(
    st.integers(0, 30).map(lambda step: 105.3 + step / 3000), st.integers(0, 30).map(lambda s: 29 + s / 3000)
)
ONE = st.tuples(st.one_of(NEAR, DEGREES), st.integers(0, 3), st.integers(0, 4), st.booleans())


@given(st.lists(ONE, max_size=60), st.integers(0, 22))
def test_groups_count_everything_once_within_one_area(incidents: list[tuple], zoom: int) -> None:
    places = np.array([each[0] for each in incidents], dtype=float).reshape(-1, 2)
    areas, priorities = (np.array([each[which] for each in incidents], dtype=np.intp) for which in (1, 2))
    overdue = np.array([each[3] for each in incidents], dtype=bool)
    found = gather(places, areas, priorities, overdue, zoom)
    assert found.counts.sum() == len(incidents) == found.priorities.sum()
    assert found.overdue.sum() == overdue.sum()
    for number in range(len(found)):
        within = found.of == number
        assert found.counts[number] == within.sum() > 0
        assert len(set(areas[within])) == 1
        west, south, east, north = found.boxes[number]
        assert (west, south) == tuple(places[within].min(axis=0))
        assert (east, north) == tuple(places[within].max(axis=0))
        assert west <= found.places[number, 0] <= east
        assert south <= found.places[number, 1] <= north
        assert within[found.first[number]]
        assert found.priorities[number].tolist() == [
            ((np.where(priorities == 0, 4, priorities) == each) & within).sum() for each in (1, 2, 3, 4)
        ]
        assert found.overdue[number] == (overdue & within).sum()


@given(st.lists(ROWS, max_size=40), FILTERS, st.integers(0, 22))
def test_a_map_is_told_what_the_filter_leaves(rows: list, chosen: Filter, zoom: int) -> None:
    board = Board()
    for each in rows:
        board.put(each)
    told = clusters_document(board, chosen, zoom, True, NOW, 0)
    kept = board.rows(board.select(chosen, NOW))
    assert told["matched"] == len(kept)
    assert sum(each["count"] for each in told["clusters"]) + len(told["incidents"]) == len(kept)
    assert sum(count for _, _, count in told["heat"]) == len(kept)
    assert all(sum(each["priorities"]) == each["count"] > 1 for each in told["clusters"])
    for each in told["clusters"]:
        path = each["path"]
        west, south, east, north = each["bbox"]
        inside = replace(chosen, areas=(*chosen.areas, path) if path else chosen.areas)
        members = [
            row
            for row in kept
            if west <= row["lon"] <= east and south <= row["lat"] <= north
            and _cut(row["path"], told["zoom"]) == path
        ]  # fmt: skip
        assert len(members) >= each["count"]
        assert len(board.select(inside, NOW)) >= each["count"]


def _cut(path: str | None, zoom: int) -> str | None:
    return None if path is None else "/".join(path.split("/")[: steps_at(zoom) + 1])


def test_those_that_share_a_point_stay_together_at_every_zoom() -> None:
    places = np.tile([105.3, 29.1], (14, 1))
    nothing = np.zeros(14, dtype=np.intp)
    for zoom in range(23):
        assert gather(places, nothing, nothing, nothing.astype(bool), zoom).counts.tolist() == [14]


def test_near_ones_come_apart_when_one_looks_closely() -> None:
    places = np.array([[105.3, 29.1], [105.3001, 29.1001]])
    nothing = np.zeros(2, dtype=np.intp)
    assert len(gather(places, nothing, nothing, nothing.astype(bool), 3)) == 1
    assert len(gather(places, nothing, nothing, nothing.astype(bool), RULE["apart_from_zoom"])) == 2


@pytest.mark.parametrize("zoom", [0, 9, 22])
def test_a_map_is_never_told_too_much(zoom: int) -> None:
    random = np.random.default_rng(1)
    places = np.stack((random.uniform(105, 106, 20_000), random.uniform(29, 30, 20_000)), axis=1)
    assert len(heat(places, zoom)[1]) <= MOST_HEAT
    assert heat(places, zoom)[1].sum() == 20_000


def test_where_there_would_be_too_many_it_gathers_for_a_lesser_zoom() -> None:
    board, (row,) = Board(), _one_row()
    random = np.random.default_rng(2)
    for number, (lon, lat) in enumerate(random.uniform((105, 29), (106, 30), (2 * MOST_CLUSTERS, 2)).tolist()):
        board.put({**row, "code": f"SJ-{number}", "lon": lon, "lat": lat})
    told = clusters_document(board, Filter(), 22, False, NOW, 7)
    assert len(told["clusters"]) + len(told["incidents"]) <= MOST_CLUSTERS
    assert told["zoom"] < 22
    assert "heat" not in told


def _one_row() -> list:
    from tests.unit.test_incident_board import row

    return [row(1)]
