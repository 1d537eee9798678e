"""Graded responses in a store: switched on, switched off with a report, without shape or text in the trail."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely

from spatial.errors import NotFound, Stale
from spatial.responses.convening import Convened, Seat
from spatial.responses.meetings import Meeting, ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.store import open_store, restore
from spatial.store.protocol import Store
from spatial.store.records import DutyHolder
from tests.contract.sample import LUXIAN, QIBIN, with_districts

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
STORM = Response(
    "luxian",
    "",
    ResponseLevel.II,
    ShapeKind.CIRCLE,
    shapely.box(105.3, 29.1, 105.4, 29.2),
    "/510521",
    "暴雨",
    AT,
    "wang",
)


def test_a_response_is_kept_and_numbered_within_its_year_and_district(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    with store.write("wang") as tx:
        first = tx.open_response(STORM)
        second = tx.open_response(replace(STORM, opened_at=AT + timedelta(hours=1)))
        other = tx.open_response(replace(STORM, district="qibin"))
    assert [each.code for each in (first, second, other)] == ["R2026-01", "R2026-02", "R2026-01"]
    assert store.responses("luxian") == [second, first]
    assert store.response("qibin", "R2026-01") == other == replace(STORM, district="qibin", code="R2026-01")
    assert len(store.responses()) == 3


def test_a_response_is_switched_off_once_with_its_report(store: Store) -> None:
    with_districts(store)
    with store.write("wang") as tx:
        seen = tx.open_response(STORM)
    with store.write("li") as tx:
        ended = tx.end_response(tx.response("luxian", seen.code), AT + timedelta(days=2), "li", "雨停，无伤亡")
    assert store.response("luxian", seen.code) == ended
    assert (ended.version, ended.active, ended.closed_by) == (2, False, "li")
    with pytest.raises(Stale), store.write("li") as tx:
        tx.end_response(seen, AT, "li", "x")


def test_the_trail_says_who_and_when_but_neither_where_nor_why(store: Store) -> None:
    with_districts(store)
    with store.write("wang") as tx:
        code = tx.open_response(STORM).code
        tx.end_response(tx.response("luxian", code), AT, "wang", "雨停")
    opened, ended = store.events()[-2:]
    assert [(each.action, each.collection, each.codes, each.actor) for each in (opened, ended)] == [
        ("open", "responses", (code,), "wang"), ("end", "responses", (code,), "wang"),
    ]  # fmt: skip
    assert "暴雨" not in repr((opened, ended))
    assert "雨停" not in repr((opened, ended))
    assert "105.3" not in repr(opened)
    assert store.verify_events() is None


def test_who_was_convened_is_kept_and_comes_along_in_a_copy(store: Store, tmp_path: Path) -> None:
    with_districts(store)
    posts = tuple(DutyHolder(f"P{n}", "luxian", "p", "510521", "/510521", name) for n, name in enumerate("王李"))
    seats = (Seat("/510521", "510521", "泸县", None, posts, 1), Seat("/510521/1", "1", None, None, (), 2, posts[:1]))
    convened = [Convened(Meeting.DISPATCH, seats[:1]), Convened(Meeting.JOINT, ()), Convened(Meeting.GRID, seats)]
    with store.write("wang") as tx:
        code = tx.open_response(STORM, convened).code
        assert tx.roster("luxian", code) == convened
        without = tx.open_response(STORM).code
    assert (store.roster("luxian", code), store.roster("luxian", without)) == (convened, None)
    assert "王" not in repr(store.events())
    for _ in store.backup(tmp_path / "copy.gpkg"):
        pass
    for _ in restore(tmp_path / "copy.gpkg", tmp_path / "back.gpkg"):
        pass
    restored = open_store(tmp_path / "back.gpkg")
    assert restored.roster("luxian", code) == convened
    restored.close()


def test_one_that_is_not_there_is_not_found(store: Store) -> None:
    with_districts(store)
    assert store.responses() == []
    with pytest.raises(NotFound):
        store.response("luxian", "R2026-01")
    with pytest.raises(NotFound):
        store.roster("luxian", "R2026-01")
    with pytest.raises(NotFound), store.write("wang") as tx:
        tx.open_response(replace(STORM, district="nowhere"))


def test_a_copy_has_the_ledger_too_and_a_cleared_district_takes_it_along(store: Store, tmp_path: Path) -> None:
    with_districts(store)
    with store.write("wang") as tx:
        tx.open_response(replace(STORM, closed_at=AT + timedelta(days=3), closed_by="wang", report="雨停"))
    for _ in store.backup(tmp_path / "copy.gpkg"):
        pass
    for _ in restore(tmp_path / "copy.gpkg", tmp_path / "back.gpkg"):
        pass
    restored = open_store(tmp_path / "back.gpkg")
    assert restored.responses() == store.responses()
    restored.close()
    with store.write("tester") as tx:
        tx.clear_district("luxian")
    assert store.responses() == []
