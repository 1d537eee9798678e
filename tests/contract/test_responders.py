"""Responders in a store: who is on duty, where they were last, and nothing of it in the trail or in a copy."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest

from spatial.accounts.account import new_account
from spatial.errors import NotFound
from spatial.governance import Role
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


def test_a_position_under_way_is_not_kept_of_who_went_off_duty_meanwhile(store: Store) -> None:
    with_districts(store)
    assert store.put_duty(ANNA) == replace(ANNA, lon=None, lat=None, accuracy_m=None, seen_at=None)
    assert store.put_position("anna", 105.37, 29.15, 8.5, AT) == ANNA
    off = store.put_duty(replace(ANNA, on_duty_since=None))
    assert off == replace(ANNA, on_duty_since=None, lon=None, lat=None, accuracy_m=None, seen_at=None)
    assert store.put_position("anna", 105.38, 29.16, 8.5, AT) is None
    assert store.put_position("nobody", 105.38, 29.16, 8.5, AT) is None
    assert store.responder("anna") == off


def test_who_comes_on_duty_again_is_on_it_since_then_and_where_they_were(store: Store) -> None:
    with_districts(store, LUXIAN, QIBIN)
    store.put_responder(ANNA)
    later = replace(ANNA, district="qibin", department=None, on_duty_since=AT + timedelta(hours=1), lon=1.0, lat=2.0)
    assert store.put_duty(later) == replace(ANNA, district="qibin", department=None)
    for put in (store.put_duty, store.put_responder):
        with pytest.raises(NotFound):
            put(replace(ANNA, district="atlantis"))


def test_duty_and_position_of_many_at_once_leave_no_position_off_duty(store: Store) -> None:
    with_districts(store)
    store.put_duty(ANNA)
    together = Barrier(2)

    def tell() -> None:
        together.wait()
        for number in range(40):
            store.put_position("anna", 105.0 + number / 1000, 29.15, None, AT)

    teller = Thread(target=tell)
    teller.start()
    together.wait()
    store.put_duty(replace(ANNA, on_duty_since=None))
    teller.join()
    assert store.responder("anna") == replace(
        ANNA, on_duty_since=None, lon=None, lat=None, accuracy_m=None, seen_at=None
    )


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"disabled": True}, False),
        ({"role": Role.VIEWER}, False),
        ({"scope": ("/510521/510521002",)}, False),
        ({"name": "李小敏"}, True),
    ],
    ids=["disabled", "of another role", "of another area", "of another name"],
)
def test_whose_account_changes_what_they_may_is_off_duty_in_the_same_step(
    store: Store, change: dict[str, object], stays: bool
) -> None:
    with_districts(store)
    account = new_account("anna", "李敏", Role.WORKER, ["/510521"])
    for each in (account, replace(account, login="bert")):
        with store.write("admin") as tx:
            tx.put_account(each)
        store.put_responder(replace(ANNA, account=each.login))
    with store.write("admin") as tx:
        tx.put_account(replace(account, **change))
    assert ("anna" in {each.account for each in store.responders()}) is stays
    kept = store.responder("anna")
    assert kept is not None
    assert (kept.seen_at is not None) is stays
    assert store.responder("bert") == replace(ANNA, account="bert")


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
