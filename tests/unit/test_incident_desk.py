"""The desk: a report is tagged, routed and answered; steps are taken once, by one person."""

from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import shapely

from fixtures.event_list import EVENT_LIST
from spatial.accounts.account import new_account
from spatial.datums import Datum, convert
from spatial.errors import BadCode, BadInput, BadParameter, Conflict, GridscapeError, KeyReused, Refused, Stale
from spatial.governance import Mediator, Role
from spatial.incidents.answers import Key
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.duplicates import NEAR_M, Reported, compare, possible_duplicates, text_likeness
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import Report
from spatial.incidents.routing import by_roster, route
from spatial.incidents.steps import Given, Person
from spatial.incidents.tag import Position, Tag
from spatial.levels import MAIN_TREE
from spatial.locate import Locator, TreeAnswer
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, IN_VACANT_GRID, NOW, VACANT_GRID

DESK, FIELD = Person("desk", Role.DISPATCHER), Person("field", Role.WORKER)
LIGHT, FIRE_LANE, LEAK_DISPUTE = "0502", "0101", "0301"


@pytest.fixture
def store(town_store: Store) -> Store:
    return town_store


@pytest.fixture
def locator(store: Store) -> Locator:
    return Locator.of(store).with_posts(store.duty_holders())


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code, "version": stored.version, "state": stored.case.state.value}


def at(place: tuple[float, float], **more: Any) -> Position:
    return Position(*place, **more)


def row_of(store: Store, code: str) -> dict[str, Any]:
    (row,) = store.read("incidents", Query(equal={"code": code})).rows()
    return row


def test_a_report_is_tagged_with_its_owner_its_edition_and_what_is_promised(store: Store, locator: Locator) -> None:
    status, answer = report(store, locator, Report(at(IN_FIRST_GRID), LIGHT, "第三盏"), FIELD, NOW, told)
    assert (status, answer) == (201, {"code": "SJ-20261123-0001", "version": 1, "state": "reported"})
    row = row_of(store, answer["code"])
    assert (row["responsible"], row["first_responsible"], row["first_edition"]) == (FIRST_GRID, FIRST_GRID, 1)
    assert row["path"].endswith(f"/{FIRST_GRID}")
    assert (row["department"], row["category"], row["note"]) == ("municipal_works", "facilities", "第三盏")
    # Monday 09:31: one working day to be there, three to close
    assert row["arrive_by"] == NOW + timedelta(days=1)
    assert row["due_at"] == NOW + timedelta(days=3)
    stored = store.case("luxian", answer["code"])
    assert stored.case.working
    assert stored.tag["owners"]["grid"] == FIRST_GRID
    assert stored.tag["edition"] == 1


def test_near_an_edge_the_candidates_are_kept_and_another_datum_is_undone(store: Store, locator: Locator) -> None:
    border = small_town.WEST + small_town.SIDE / 4
    lons, lats = convert([border - 0.00002], [small_town.SOUTH + 0.005], Datum.WGS84, Datum.GCJ02)
    position = Position(float(lons[0]), float(lats[0]), Datum.GCJ02, accuracy_m=20.0)
    _, answer = report(store, locator, Report(position, LIGHT), FIELD, NOW, told)
    stored, row = store.case("luxian", answer["code"]), row_of(store, answer["code"])
    assert stored.tag["ambiguous"]
    assert {one["code"] for one in stored.tag["candidates"]} >= {FIRST_GRID, VACANT_GRID}
    assert stored.tag["given"] == [lons[0], lats[0]]
    assert (row["datum"], row["responsible"]) == ("gcj02", FIRST_GRID)
    assert row["geometry"].distance(shapely.Point(border - 0.00002, small_town.SOUTH + 0.005)) < 1e-7


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"kind": "9999"}, BadCode),
        ({"position": Position(0, 0)}, BadParameter),
        ({"position": Position(29.1, 105.3)}, GridscapeError),
        ({"note": "长" * 1001}, BadInput),
        ({"floor": 400}, BadInput),
        ({"mediator": Mediator.LEGAL_ADVISER}, BadInput),
    ],
)
def test_what_cannot_be_reported_is_refused_and_nothing_is_kept(
    store: Store, locator: Locator, change: dict[str, Any], error: type[Exception]
) -> None:
    before = store.count("incidents"), store.events()
    with pytest.raises(error):
        report(store, locator, replace(Report(at(IN_FIRST_GRID), LIGHT), **change), FIELD, NOW, told)
    assert (store.count("incidents"), store.events()) == before


def test_a_dispute_may_choose_its_mediator(store: Store, locator: Locator) -> None:
    mediated = Report(at(IN_FIRST_GRID), LEAK_DISPUTE, mediator=Mediator.COMMUNITY_JUDGE, floor=3, staircase=2)
    _, answer = report(store, locator, mediated, FIELD, NOW, told)
    row = row_of(store, answer["code"])
    assert (row["dispute"], row["mediator"], row["floor"], row["staircase"]) == (True, "community_judge", 3, 2)


def test_who_only_looks_reports_nothing(store: Store, locator: Locator) -> None:
    for role in (Role.VIEWER, Role.PLANNER):
        with pytest.raises(Refused):
            report(store, locator, Report(at(IN_FIRST_GRID), LIGHT), Person("eyes", role), NOW, told)


def test_a_district_without_an_event_list_takes_no_reports(store: Store, locator: Locator) -> None:
    with pytest.raises(Conflict):
        report(store, locator, Report(Position(106.05, 29.84), LIGHT), FIELD, NOW, told)


def test_the_same_key_gets_the_same_answer_and_another_request_none(store: Store, locator: Locator) -> None:
    asked = Report(at(IN_FIRST_GRID), LIGHT)
    key = Key.of("k1", "report", asked.kind)
    first = report(store, locator, asked, FIELD, NOW, told, key)
    assert report(store, locator, asked, FIELD, NOW + timedelta(hours=1), told, key) == first
    assert store.count("incidents") == small_town.INCIDENTS + 1
    with pytest.raises(KeyReused):
        report(store, locator, asked, FIELD, NOW, told, Key.of("k1", "report", "else"))
    assert report(store, locator, asked, DESK, NOW, told, key)[1]["code"] != first[1]["code"]


def test_moving_an_incident_retags_it_and_says_so(store: Store, locator: Locator) -> None:
    _, answer = report(store, locator, Report(at(IN_FIRST_GRID), LIGHT), FIELD, NOW, told)
    wanted = Wanted(Act.MOVE, "在路对面", position=at(IN_VACANT_GRID), version=1)
    act(store, locator, "luxian", answer["code"], wanted, FIELD, NOW, told)
    row, stored = row_of(store, answer["code"]), store.case("luxian", answer["code"])
    assert (row["responsible"], row["first_responsible"]) == (VACANT_GRID, FIRST_GRID)
    assert stored.tag["owners"]["grid"] == VACANT_GRID
    assert stored.path == row["path"]
    assert [line.step.act for line in store.steps("luxian", answer["code"])] == [Act.REPORT, Act.MOVE]
    for position in (None, Position(106.05, 29.84)):
        again = Wanted(Act.MOVE, "再", position=position)
        with pytest.raises(GridscapeError):
            act(store, locator, "luxian", answer["code"], again, FIELD, NOW, told)


def test_only_one_of_many_that_race_for_a_step_takes_it(store: Store, locator: Locator) -> None:
    _, answer = report(store, locator, Report(at(IN_FIRST_GRID), FIRE_LANE), FIELD, NOW, told)
    together, ended = Barrier(16), []

    def race(number: int) -> None:
        wanted = Wanted(Act.FILE, version=1)
        together.wait()
        try:
            ended.append(
                act(store, locator, "luxian", answer["code"], wanted, Person(f"d{number}", DESK.role), NOW, told)
            )
        except Stale as late:
            ended.append(late.details["last"]["act"])

    threads = [Thread(target=race, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, ended))[:1] == ["(200, {'code': 'SJ-20261123-0001', 'version': 2, 'state': 'filed'})"]
    assert ended.count("file") == 15
    assert len(store.steps("luxian", answer["code"])) == 2


def test_a_step_that_is_not_next_and_a_role_that_may_not_are_refused(store: Store, locator: Locator) -> None:
    _, answer = report(store, locator, Report(at(IN_FIRST_GRID), LIGHT), FIELD, NOW, told)
    for act_, who, error in ((Act.CLOSE, DESK, Conflict), (Act.FILE, FIELD, Refused)):
        with pytest.raises(error):
            act(store, locator, "luxian", answer["code"], Wanted(act_), who, NOW, told)


def test_a_duplicate_is_merged_into_one_that_is_open_and_another(store: Store, locator: Locator) -> None:
    codes = [report(store, locator, Report(at(IN_FIRST_GRID), LIGHT), FIELD, NOW, told)[1]["code"] for _ in range(2)]
    for into, error in ((codes[0], BadInput), ("nothing", BadInput), ("IN0003", Conflict)):
        merge = Wanted(Act.MERGE, "同一盏", Given(into=into))
        with pytest.raises(error):
            act(store, locator, "luxian", codes[0], merge, DESK, NOW, told)
    act(store, locator, "luxian", codes[0], Wanted(Act.MERGE, "同一盏", Given(into=codes[1])), DESK, NOW, told)
    row = row_of(store, codes[0])
    assert (row["state"], row["merged_into"], row["closed_at"]) == ("closed", codes[1], NOW)


def main_tree(locator: Locator, place: tuple[float, float]) -> TreeAnswer:
    return next(tree for tree in locator.locate(*place).trees if tree.tree == MAIN_TREE)


def test_the_route_climbs_where_a_post_is_vacant_or_off_duty_and_says_why(locator: Locator) -> None:
    item = EVENT_LIST.item(LIGHT)
    here = route(item, main_tree(locator, IN_FIRST_GRID))
    assert here.holder is not None
    assert here.holder.holder == "王敏"
    assert here.why.en == f"Street light out → municipal works; grid {FIRST_GRID}; grid worker 王敏"
    vacant = route(item, main_tree(locator, IN_VACANT_GRID))
    assert vacant.holder is not None
    assert vacant.holder.holder == "李强"
    assert "its post of grid worker is vacant, so part-time grid worker 李强 of Community 1" in vacant.why.en
    assert "专职网格员空缺，由康桥社区的兼职网格员李强负责" in vacant.why.zh
    off = route(item, main_tree(locator, IN_FIRST_GRID), lambda holder: holder.holder != "王敏")
    assert off.holder is not None
    assert off.holder.holder == "李强"
    assert "its grid worker is off duty" in off.why.en
    nobody = route(item, main_tree(locator, IN_FIRST_GRID), lambda holder: holder.holder is None)
    assert nobody.holder is None
    assert "nobody above is there" in nobody.why.en
    assert route(item, None).area is None


def test_whose_holder_is_named_is_said_where_the_grid_has_no_post(locator: Locator) -> None:
    answer = main_tree(locator, IN_FIRST_GRID)
    bare = replace(
        answer, owners=tuple(replace(one, posts=()) if one.code == FIRST_GRID else one for one in answer.owners)
    )
    bare = replace(bare, responsible=next(one for one in bare.owners if one.code == FIRST_GRID))
    item = EVENT_LIST.item(LIGHT)
    found = route(item, bare)
    assert found.why.en.endswith(f"grid {FIRST_GRID}; it has no post, so part-time grid worker 李强 of Community 1")
    assert found.why.zh.endswith(f"网格 {FIRST_GRID}；未设岗位，由康桥社区的兼职网格员李强负责")
    nobody = route(item, replace(bare, owners=tuple(replace(one, posts=()) for one in bare.owners)))
    assert nobody.why.en.endswith(f"grid {FIRST_GRID}; it has no post, and nobody above is there")


def test_by_a_roster_who_has_an_account_and_is_not_on_it_is_off_duty(store: Store) -> None:
    held = store.duty_holders("luxian")[0]
    assert by_roster(set())(held)
    worker = replace(held, account="w1")
    assert not by_roster({("tongliang", "w1"), ("luxian", "w2")})(worker)
    assert by_roster({("luxian", "w1")})(worker)


def test_reports_that_are_near_alike_and_recent_are_offered_and_others_are_not() -> None:
    one = Reported("a", 105.0, 29.0, NOW, LIGHT, "facilities", "第三盏路灯不亮")
    same = replace(one, code="b", lon=105.0002, at=NOW - timedelta(hours=2))
    alike = replace(one, code="c", kind="0503", note="路灯旁第三盏不亮", at=NOW - timedelta(minutes=5))
    far = replace(one, code="d", lat=29.0 + 1.01 * NEAR_M / 111_320)
    old = replace(one, code="e", at=NOW - timedelta(days=8))
    other = replace(one, code="f", kind=FIRE_LANE, category="public_safety", note="消防通道被堵")
    found = possible_duplicates(one, [one, same, alike, far, old, other])
    assert [each.code for each in found] == ["b", "c"]
    assert found[0].why.en == "the same item, 19 m away, 2 h apart"
    assert compare(one, replace(one, code="z")).score == pytest.approx(1.0)  # type: ignore[union-attr]
    assert (text_likeness("路灯不亮", "路灯不亮"), text_likeness("ab", "xy"), text_likeness(None, "")) == (
        1.0,
        0.0,
        0.0,
    )


@pytest.mark.parametrize(
    ("login", "sent"),
    [
        ("near", True),
        ("everywhere", True),
        ("colleague", True),
        ("desk", True),  # who sends may go
        ("beyond", False),
        ("disabled", False),
        ("planner", False),
        ("王敏", False),
        ("nobody", False),
    ],
)
def test_only_whom_an_account_lets_go_there_is_sent(store: Store, locator: Locator, login: str, sent: bool) -> None:
    grid = f"/510521/510521001/510521001001/{FIRST_GRID}"
    with store.write("test") as tx:
        tx.put_account(new_account("near", "", Role.WORKER, [grid]))
        tx.put_account(new_account("everywhere", "", Role.WORKER, everywhere=True))
        tx.put_account(new_account("colleague", "", Role.DISPATCHER, ["/510521/510521001"]))
        tx.put_account(new_account("beyond", "", Role.WORKER, [grid.replace(FIRST_GRID, VACANT_GRID)]))
        tx.put_account(replace(new_account("disabled", "", Role.WORKER, [grid]), disabled=True))
        tx.put_account(new_account("planner", "", Role.PLANNER, [grid]))
    code = report(store, locator, Report(at(IN_FIRST_GRID), LIGHT), FIELD, NOW, told)[1]["code"]
    act(store, locator, "luxian", code, Wanted(Act.FILE), DESK, NOW, told)
    wanted = Wanted(Act.DISPATCH, given=Given(login))
    if sent:
        act(store, locator, "luxian", code, wanted, DESK, NOW, told)
        assert row_of(store, code)["responder"] == login
        return
    before = row_of(store, code), store.events()
    with pytest.raises(BadInput, match=f"{login} cannot be sent here"):
        act(store, locator, "luxian", code, wanted, DESK, NOW, told)
    assert (row_of(store, code), store.events()) == before
