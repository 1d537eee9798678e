"""Incidents of the fixtures are told relative to the present: most within their limits, some about to run out."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fixtures.present import RUN_OUT_SOON, STALE_AFTER, at_present, bring_to_present
from fixtures.town import NOW
from spatial.governance import Role
from spatial.incidents.clocks import ClockState, clock_of
from spatial.incidents.desk import Wanted, act
from spatial.incidents.life import Act
from spatial.incidents.steps import Person
from spatial.locate import Locator
from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.store.records import Query
from spatial.table import Table
from tests import played
from tests.districts import content


def clocks(incidents: Table, now: datetime) -> Counter[ClockState]:
    return Counter(
        clock_of(row["reported_at"], row["due_at"], now, suspended=row["state"] == "suspended").state
        for row in incidents.rows()
        if row["closed_at"] is None
    )


@settings(max_examples=15)
@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400)))
def test_at_any_present_few_are_overdue_and_some_run_out_soon(later: timedelta) -> None:
    now = NOW + later
    told = at_present(content("luxian").features["incidents"], NOW, now)
    stands = clocks(told, now)
    assert stands[ClockState.OVERDUE] <= 3
    assert stands[ClockState.RUNNING_OUT] >= 4
    assert max(told["reported_at"]) <= now
    assert len(set(told["code"])) == len(told)
    for row in told.rows():
        if row["arrived_at"] is not None:
            assert row["reported_at"] <= row["arrived_at"] <= (row["closed_at"] or now)
    soon = [
        row
        for row in told.rows()
        if row["closed_at"] is None and timedelta() < row["due_at"] - now <= timedelta(hours=1)
    ]
    assert len(soon) >= len(RUN_OUT_SOON) - 2


def test_what_is_closed_keeps_its_hour_and_how_long_it_took() -> None:
    before = content("luxian").features["incidents"]
    after = at_present(before, NOW, NOW + timedelta(days=100, hours=5))
    took = [
        sorted(row["closed_at"] - row["reported_at"] for row in t.rows() if row["closed_at"]) for t in (before, after)
    ]
    hours = [Counter(row["reported_at"].hour for row in t.rows() if row["closed_at"]) for t in (before, after)]
    assert took[0] == took[1]
    assert hours[0] == hours[1]


@pytest.mark.parametrize("days", [0, 30])
def test_a_stale_demo_is_told_anew_once_and_what_was_touched_stays(tmp_path: Path, days: int) -> None:
    store = open_store(tmp_path / "luxian.gpkg", create=True)
    played.fill(store)
    code = store.read(INCIDENTS.id, Query("luxian", equal={"state": "reported"}, shapes=False))["code"][0]
    told = lambda stored, _tag, _item: {"version": stored.version}  # noqa: E731
    act(store, Locator.of(store), "luxian", code, Wanted(Act.FILE), Person("centre", Role.DISPATCHER), NOW, told)
    before = store.read(INCIDENTS.id, Query("luxian", equal={"code": code})).columns
    count, now = store.count(INCIDENTS.id), NOW + timedelta(days=days)
    changed = bring_to_present(store, now, "fixtures")
    assert changed == (count - 1 if days else 0)
    assert store.count(INCIDENTS.id) == count
    assert store.read(INCIDENTS.id, Query("luxian", equal={"code": code})).columns == before
    assert bring_to_present(store, now + STALE_AFTER / 2, "fixtures") == 0
    assert store.verify_events() is None
    store.close()


def test_each_has_the_history_that_led_to_its_state(tmp_path: Path) -> None:
    store = open_store(tmp_path / "luxian.gpkg", create=True)
    played.fill(store)
    now = NOW + timedelta(days=30)
    bring_to_present(store, now, "fixtures")
    histories = store.histories("luxian")
    acts: Counter[Act] = Counter()
    for row in store.read(INCIDENTS.id, Query("luxian", shapes=False)).rows():
        steps = [line.step for line in histories[row["code"]]]
        assert [step.at for step in steps] == sorted(step.at for step in steps)
        assert row["reported_at"] == steps[0].at <= steps[-1].at <= now
        assert steps[-1].after.value == row["state"]
        arrivals = [step.at for step in steps if step.act is Act.ARRIVE]
        assert row["arrived_at"] == (arrivals[-1] if arrivals else None)
        assert row["closed_at"] == (steps[-1].at if steps[-1].act is Act.CLOSE else None)
        stored = store.case("luxian", row["code"])
        assert (stored.version, stored.case.due_at) == (len(steps), row["due_at"])
        assert (stored.case.left is not None) == (row["state"] == "suspended")
        acts.update(step.act for step in steps)
    assert acts[Act.REOPEN] > 0 < acts[Act.REWORK]
    # what was made up can be made up again, what somebody did not
    assert bring_to_present(store, now + timedelta(days=2), "fixtures") == len(histories)
    assert store.verify_events() is None
    store.close()
