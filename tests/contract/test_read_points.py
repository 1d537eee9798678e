"""Reading in bulk: what the database lists by itself is what a plain reading finds, row by row."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from api.board_reading import BoardReading
from spatial.errors import BadParameter
from spatial.incidents.board import CLOSED_KEPT, Board, Filter
from spatial.incidents.board_rows import rows_of
from spatial.points import Points
from spatial.schema import COLLECTIONS, INCIDENTS, ColumnType
from spatial.store import bulk, open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from tests.contract.sample import full_rows, with_districts

NOW = datetime(2026, 11, 23, 8, 0, 0, 123000, tzinfo=UTC)
ROWS, SEED = 600, 12
TEXTS = ("路灯不亮", 'a "b" \\ c', "line\nand\ttab", "\x1f\x7f", "𠮷𠮷 ‘x’", "", None, None)
STATES = ("reported", "filed", "closed", "withdrawn", "suspended")


def incidents(count: int, seed: int = SEED) -> Table:
    """Return incidents with every kind of value, and of each column some that are missing."""
    random = np.random.default_rng(seed)

    def value(name: str, holds: ColumnType) -> Any:
        match holds:
            case ColumnType.TEXT:
                return TEXTS[random.integers(len(TEXTS))]
            case ColumnType.INTEGER:
                return None if random.random() < 0.3 else int(random.integers(-3, 9))
            case ColumnType.REAL:
                return None if random.random() < 0.3 else float(random.lognormal(3, 2))
            case ColumnType.BOOLEAN:
                return (None, True, False)[random.integers(3)]
            case ColumnType.TIME:
                age = timedelta(milliseconds=int(random.integers(-(10**8), 4 * 10**8)))
                return None if random.random() < 0.3 else NOW - age

    rows = []
    for number in range(count):
        row = {column.name: value(column.name, column.holds) for column in INCIDENTS.columns}
        row |= {"code": f"SJ-{number:04d}", "district": "luxian", "state": STATES[random.integers(len(STATES))]}
        row |= {"path": (None, "/1", "/1/2")[random.integers(3)], "mediator": None, "priority": number % 5 or None}
        place = shapely.Point(105 + random.normal(), 29 + random.normal())
        rows.append({**row, "geometry": None if random.random() < 0.1 else place})
    return Table.from_rows(rows, INCIDENTS.names)


def values_of(points: Points) -> dict[str, list[Any]]:
    """Return columns as `read` gives them."""
    found: dict[str, list[Any]] = {}
    for name, values in points.columns.items():
        if isinstance(values, np.ndarray) and values.dtype.kind == "M":
            assert values.dtype == np.dtype("datetime64[us]")
            found[name] = [None if at is None else at.replace(tzinfo=UTC) for at in values.tolist()]
        else:
            found[name] = list(values)
    return found


def agree(store: Store, query: Query = Query(), collection: str = "incidents") -> int:
    """Check that both ways of reading find the same, and return how many rows."""
    plain, quick = store.read(collection, query), store.read_points(collection, query)
    assert values_of(quick) == {name: list(values) for name, values in plain.columns.items()}
    places = np.stack((shapely.get_x(plain.geometry), shapely.get_y(plain.geometry)), axis=1)
    assert np.array_equal(quick.places, places, equal_nan=True)
    return len(quick)


@pytest.fixture
def filled(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return a store of each kind with incidents, some of which were removed again, listed a few at a time."""
    monkeypatch.setattr(bulk, "PAGE", 97)
    with with_districts(store).write("tester") as tx:
        tx.insert("incidents", incidents(ROWS))
    with store.write("tester") as tx:
        tx.delete("incidents", "luxian", [f"SJ-{number:04d}" for number in range(0, ROWS, 7)])
    return store


def test_both_ways_of_reading_find_the_same(filled: Store) -> None:
    left = ROWS - len(range(0, ROWS, 7))
    assert agree(filled) == left
    assert agree(filled, Query(columns=("path", "due_at", "accuracy_m"))) == left
    assert agree(filled, Query(columns=())) == left
    assert 0 < agree(filled, Query(equal={"state": ["filed", "closed"]}, district="luxian", paths=("/1/2",))) < left
    assert agree(filled, Query(equal={"state": "nothing"})) == 0
    assert agree(filled, Query(since=NOW - timedelta(hours=20), until=NOW)) > 0
    assert agree(filled, Query(box=(105, 28, 107, 29))) > 0


def test_pages_follow_each_other(filled: Store) -> None:
    keys = filled.read_points("incidents")["row"]
    for limit in (0, 1, 96, 97, 98, 194, 5000):
        assert agree(filled, Query(limit=limit, after=int(keys[50]))) == min(limit, len(keys) - 51)


def test_only_what_is_late_enough_is_found(filled: Store) -> None:
    since = NOW - timedelta(hours=5)
    found = filled.read("incidents", Query(from_time={"closed_at": since, "due_at": NOW - timedelta(days=3)}))
    whole = filled.read("incidents")
    times = zip(whole["code"], whole["closed_at"], whole["due_at"], strict=True)
    late = [code for code, at, due in times if at and due and at >= since and due >= NOW - timedelta(days=3)]
    assert late
    assert list(found["code"]) == late
    for wrong in ({"name": NOW}, {"nothing": NOW}, {"due_at": NOW.replace(tzinfo=None)}):
        with pytest.raises(BadParameter):
            filled.read("incidents", Query(from_time=wrong))


@pytest.mark.parametrize("collection", ["incidents", "stations", "cameras"])
def test_every_column_of_points_comes_back(store: Store, collection: str) -> None:
    with with_districts(store).write("tester") as tx:
        tx.insert(collection, full_rows(COLLECTIONS[collection]))
    assert agree(store, collection=collection) == 3


def test_an_empty_store_has_no_points_and_areas_are_none(store: Store) -> None:
    assert agree(with_districts(store)) == 0
    with pytest.raises(BadParameter):
        store.read_points("areas")


def test_the_board_that_is_read_in_bulk_is_the_board_of_all_rows(filled: Store) -> None:
    board, plain = BoardReading(filled, lambda: NOW).board(), Board()
    for row in rows_of(filled.read("incidents")):
        if row["state"] != "withdrawn" and (
            row["state"] != "closed" or (row["closed_at"] is not None and row["closed_at"] >= NOW - CLOSED_KEPT)
        ):
            plain.put(row)
    assert len(board) == len(plain) > 0
    for wanted in (Filter(), Filter(scope=("/1/2",)), Filter(text='"B"'), Filter(priorities=frozenset({2}))):
        mine, others = ({row["code"]: row for row in each.rows(each.select(wanted, NOW))} for each in (board, plain))
        assert mine == others
        assert mine


def test_what_another_program_wrote_is_read_as_it_stands(tmp_path: Path) -> None:
    store = with_districts(open_store(tmp_path / "town.gpkg", create=True))
    with store.write("tester") as tx:
        tx.insert("incidents", incidents(40))
    times = ("2026-11-23T08:00:00Z", "2026-11-23T16:00:00.5+08:00", "2026-11-23 08:00:00.123456", None)
    point = bytes.fromhex("47500001e6100000") + shapely.to_wkb(shapely.Point(105.5, 29.5), byte_order=0)
    boxed = bytes.fromhex("47500003e6100000") + np.array([7, 7, 8, 8], "<f8").tobytes()
    shapes = (point, boxed + shapely.to_wkb(shapely.Point(7, 8)), None)
    stranger = sqlite3.connect(tmp_path / "town.gpkg")
    for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):
        stranger.create_function(name, 1, lambda _: 1)
    for fid in range(1, 41):
        values = (times[fid % 4], shapes[fid % 3], fid)
        stranger.execute("UPDATE incidents SET due_at = ?, geom = ? WHERE fid = ?", values)
    stranger.commit()
    stranger.close()
    assert agree(store) == 40
    assert agree(store, Query(columns=("name",))) == 40
    store.close()
