"""Responders in a store: who is on duty, where they were last, and nothing of it in the trail or in a copy."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from spatial.incidents.responders import Responder
from spatial.store import open_store, restore
from spatial.store.protocol import Store
from tests.contract.sample import LUXIAN, QIBIN, with_districts

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ANNA = Responder("anna", "luxian", "李敏", "sanitation", "/510521", AT, 105.37, 29.15, 8.5, AT)


def test_who_is_on_duty_is_kept_and_who_is_not_is_left_out(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    before = store.events()
    store.put_responder(ANNA)
    store.put_responder(replace(ANNA, account="bert", district="qibin"))
    store.put_responder(replace(ANNA, account="cora", on_duty_since=None))
    assert [each.account for each in store.responders()] == ["anna", "bert"]
    assert store.responders("luxian") == [ANNA]
    moved = replace(ANNA, lon=105.38, seen_at=AT + timedelta(minutes=1))
    store.put_responder(moved)
    assert store.responder("anna") == moved
    assert store.responder("nobody") is None
    assert store.events() == before


def test_positions_are_erased_when_they_are_due_and_the_duty_stays(store: Store) -> None:
    with_districts(store)
    store.put_responder(ANNA)
    store.put_responder(replace(ANNA, account="bert", seen_at=AT + timedelta(hours=2)))
    assert store.forget_positions(AT + timedelta(hours=1)) == 1
    assert store.responder("anna") == replace(ANNA, lon=None, lat=None, accuracy_m=None, seen_at=None)
    assert [each.account for each in store.responders()] == ["anna", "bert"]


def test_a_copy_does_not_know_where_anybody_was(store: Store, tmp_path: Path) -> None:
    with_districts(store)
    store.put_responder(ANNA)
    for _ in store.backup(tmp_path / "copy.gpkg"):
        pass
    for _ in restore(tmp_path / "copy.gpkg", tmp_path / "back.gpkg"):
        pass
    restored = open_store(tmp_path / "back.gpkg")
    assert restored.responders() == []
    restored.close()
    assert store.responders() == [ANNA]


def test_a_district_that_is_cleared_takes_its_responders_along(store: Store) -> None:
    with_districts(store)
    store.put_responder(ANNA)
    with store.write("tester") as tx:
        tx.clear_district("luxian")
    assert store.responder("anna") is None
