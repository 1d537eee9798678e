"""A played day keeps to the life of incidents, stays within bounds, and is the same each time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.load import ACTOR
from fixtures.play import Player, make_cast, refuse_real_work
from fixtures.play.player import MOST_OPEN
from fixtures.play.rhythm import DAY, FIRST_HOUR, LAST_HOUR, day_of, hour_of, lasts, reports_of
from fixtures.play.walkers import LONGEST_WAY
from spatial.accounts.account import new_account, within
from spatial.errors import GridscapeError, NotFound, Refused
from spatial.governance import Role
from spatial.incidents.life import DECISIONS, RULES, Act
from spatial.incidents.responders import Freshness, freshness
from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.vocabulary import IncidentState, Priority
from tests import played, small_town
from tests.played import BEGAN, MINUTE, play


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Return Luxian after a whole day of the play."""
    store = open_store(tmp_path_factory.mktemp("play") / "luxian.gpkg", create=True)
    played.fill(store)
    yield store
    store.close()


@pytest.fixture(scope="module")
def day(stage: Store) -> tuple[Player, list[GridscapeError], list[int]]:
    """Play a day and a half, and return how many were open after each minute too."""
    open_ones: list[int] = []
    player, mishaps = play(stage, 22.5, watched=lambda one: open_ones.append(len(one.followed)))
    return player, mishaps, open_ones


def test_nothing_that_the_cast_does_is_refused(day: tuple[Player, list[GridscapeError], list[int]]) -> None:
    assert day[1] == []


def test_so_many_stay_open_and_no_more(day: tuple[Player, list[GridscapeError], list[int]]) -> None:
    assert min(day[2]) > 10
    assert max(day[2]) <= MOST_OPEN


@pytest.mark.usefixtures("day")
def test_a_day_has_every_turn_that_a_life_can_take(stage: Store) -> None:
    acts = Counter(event.action for event in stage.events(0, 100_000) if event.collection == INCIDENTS.id)
    usual = (Act.REPORT, Act.FILE, Act.DISPATCH, Act.ARRIVE, Act.HANDLE, Act.VERIFY, Act.CLOSE)
    odd = (Act.ASK_RETURN, Act.ASK_SUSPENSION, Act.ASK_EXTENSION, Act.APPROVE, Act.DECLINE, Act.RESUME, Act.REWORK)
    assert all(acts[act.value] > 100 for act in usual), acts
    assert all(acts[act.value] for act in (*odd, Act.ESCALATE, Act.MERGE, Act.NOTE)), acts
    assert stage.verify_events() is None


@pytest.mark.usefixtures("day")
def test_every_step_is_by_an_account_of_its_role_in_its_area_and_decided_by_another(stage: Store) -> None:
    accounts = {account.login: account for account in stage.accounts()}
    rows = stage.read(INCIDENTS.id, Query("luxian", shapes=False))
    checked = 0
    for code, path in zip(rows["code"], rows["path"], strict=True):
        asked_by = None
        for kept in stage.steps("luxian", code):
            step, account = kept.step, accounts[kept.step.actor]
            assert account.demo
            assert account.role is step.role in RULES[step.act].roles
            assert not account.scope or within(path, account.scope)
            if step.act is Act.APPROVE:
                assert step.actor != asked_by
            asked_by = step.actor if RULES[step.act].asks else None if step.act in DECISIONS else asked_by
            checked += 1
    assert checked > 1500


@pytest.mark.usefixtures("day")
def test_who_is_sent_has_come_before_anything_is_done(stage: Store) -> None:
    rows = stage.read(INCIDENTS.id, Query("luxian", equal={"state": "closed"}, shapes=False))
    sent = [row for row in rows.rows() if row["responder"] is not None and row["merged_into"] is None]
    assert len(sent) > 50
    assert all(row["reported_at"] <= row["arrived_at"] <= row["closed_at"] for row in sent)


def test_the_cast_is_on_duty_and_tells_where_it_is(
    stage: Store, day: tuple[Player, list[GridscapeError], list[int]]
) -> None:
    player = day[0]
    told = stage.responders("luxian")
    assert len(told) >= 5
    ages = Counter(freshness(each.seen_at, player.now) for each in told)
    assert ages[Freshness.FRESH] > len(told) / 2
    assert all(5.0 <= (each.accuracy_m or 0) <= 13.0 for each in told)


def test_who_leaves_is_on_no_map(tmp_path: Path) -> None:
    with_duty = open_store(tmp_path / "duty.gpkg", create=True)
    played.fill(with_duty)
    player, _ = play(with_duty, 0.5)
    assert len(with_duty.responders()) > 5
    player.leave()
    assert with_duty.responders() == []
    with_duty.close()


def test_somebody_falls_silent_and_is_not_sent(tmp_path: Path) -> None:
    store = open_store(tmp_path / "silent.gpkg", create=True)
    played.fill(store)
    player, _ = play(store, 3.0)
    silent = [one for one in player.streets.walkers if one.silent_until is not None]
    assert 1 <= len(silent) <= 2
    logins = {one.member.account.login for one in silent}
    ages = [freshness(each.seen_at, player.now) for each in store.responders() if each.account in logins]
    assert ages
    assert all(age is not Freshness.FRESH for age in ages)
    store.close()


def test_a_step_that_somebody_else_takes_is_not_taken_from_them(tmp_path: Path) -> None:
    store = open_store(tmp_path / "others.gpkg", create=True)
    played.fill(store)
    player, _ = play(store, 0.1)
    code = next(
        code for code, one in player.followed.items() if store.case("luxian", code).case.state is IncidentState.REPORTED
    )
    admin = next(desk for desk in player.cast.desks if desk.login == "admin")
    outsider = replace(admin, login="demo")
    player.act(store.case("luxian", code), outsider, Act.FILE)
    player.followed[code].version -= 1  # as if it had been done elsewhere
    before = player.now
    for number in range(600):
        player.advance(before + timedelta(seconds=number / 6), player.played + MINUTE / 4)
    state = store.case("luxian", code).case.state
    assert state is IncidentState.FILED  # 100 seconds later it is still theirs to dispatch
    for number in range(600):
        player.advance(before + timedelta(seconds=100 + number / 2), player.played + MINUTE / 4)
    assert store.steps("luxian", code)[-1].number > 2
    store.close()


@given(st.floats(min_value=0, max_value=2000))
def test_a_day_of_the_play_has_the_hours_from_seven_to_ten(hours: float) -> None:
    at = timedelta(hours=hours)
    assert FIRST_HOUR <= hour_of(at) < LAST_HOUR
    assert day_of(at + DAY) == day_of(at) + 1


@given(st.integers(0, 20), st.integers(0, 2**32))
def test_reports_of_a_day_come_in_order_within_it(day: int, seed: int) -> None:
    found = reports_of(day, np.random.default_rng(seed))
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert all(day_of(one.at) == day for one in found)
    assert all(one.at >= timedelta() for one in found)
    if day == 0:
        assert found[0].at <= MINUTE


@given(st.sampled_from(IncidentState), st.sampled_from(Priority), st.integers(0, 2**32))
def test_every_state_lasts_some_time(state: IncidentState, priority: Priority, seed: int) -> None:
    assert timedelta() < lasts(state, priority, None, np.random.default_rng(seed)) < timedelta(days=3)


def test_nobody_walks_for_ever() -> None:
    assert timedelta(hours=1) > LONGEST_WAY


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Store]:
    store = open_store(tmp_path / "small.gpkg", create=True)
    small_town.fill(store)
    with store.write("test") as tx:
        tx.put_account(new_account("admin", "管理员", Role.ADMINISTRATOR, demo=True))
    yield store
    store.close()


def test_a_demo_is_played(demo: Store) -> None:
    refuse_real_work(demo)


def test_a_store_with_an_account_of_its_own_is_never_played(demo: Store) -> None:
    with demo.write("test") as tx:
        tx.put_account(new_account("li.qiang", "李强", Role.VIEWER, everywhere=True))
    with pytest.raises(Refused, match=r"li\.qiang"):
        refuse_real_work(demo)


def test_a_store_whose_demo_was_put_away_is_never_played(demo: Store) -> None:
    account = demo.accounts()[0]
    with demo.write("test") as tx:
        tx.put_account(replace(account, disabled=True))
    with pytest.raises(Refused, match="disabled"):
        refuse_real_work(demo)


def test_a_real_district_is_never_played(demo: Store) -> None:
    with demo.write("test") as tx:
        tx.put_district(replace(small_town.LUXIAN, slug="town", code="510522", synthetic=False), [])
    with pytest.raises(Refused, match="town"):
        refuse_real_work(demo)


def test_a_store_without_accounts_or_districts_is_never_played(tmp_path: Path) -> None:
    store = open_store(tmp_path / "empty.gpkg", create=True)
    with pytest.raises(Refused, match="no district"):
        refuse_real_work(store)
    small_town.fill(store)
    with pytest.raises(Refused, match="no account"):
        refuse_real_work(store)
    store.close()


def test_a_play_stops_as_soon_as_somebody_has_an_account(tmp_path: Path) -> None:
    store = open_store(tmp_path / "taken.gpkg", create=True)
    played.fill(store)
    player, _ = play(store, 0.2)
    with store.write("root") as tx:
        tx.put_account(new_account("li.qiang", "李强", Role.VIEWER, everywhere=True))
    last = store.events(0, 100_000)[-1].id
    with pytest.raises(Refused):
        player.advance(player.now + timedelta(seconds=5), player.played + MINUTE)
    assert store.events(last) == []
    store.close()


def test_the_cast_is_made_once(demo: Store) -> None:
    first = make_cast(demo, "luxian", ACTOR)
    last = demo.events(0, 100_000)[-1].id
    assert make_cast(demo, "luxian", ACTOR) == first
    assert demo.events(last) == []
    with pytest.raises(NotFound):
        make_cast(demo, "atlantis", ACTOR)


def test_the_cast_holds_its_posts_with_its_accounts(demo: Store) -> None:
    workers = [one.account for one in make_cast(demo, "luxian", ACTOR).field if one.department is None]
    linked = {post.account: post for post in demo.duty_holders("luxian") if post.account is not None}
    assert set(linked) == {worker.login for worker in workers}
    for worker in workers:
        post = linked[worker.login]
        assert (post.holder, post.path.rpartition("/")[0]) == (worker.name, *worker.scope)


def test_the_play_begins_in_the_morning() -> None:
    assert hour_of(timedelta()) == 8
    assert BEGAN.tzinfo is not None
