"""Incidents over HTTP: report, board, one whole, steps, and the stream that misses nothing and doubles nothing."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator

from api.app import create_app
from api.settings import Settings
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.incidents.responders import Responder
from spatial.store.protocol import Store
from tests import small_town
from tests.api.listener import Listener
from tests.api.serving import serving
from tests.sendable import with_workers
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, IN_VACANT_GRID, VACANT_GRID
from tests.waiting import until

LIGHT = "0502"


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def report(
    client: httpx.Client, key: str = "r1", place: tuple[float, float] = IN_FIRST_GRID, **more: Any
) -> httpx.Response:
    lon, lat = place
    body = {"lon": lon, "lat": lat, "kind": LIGHT, **more}
    return client.post("/incidents", json=body, headers={"Idempotency-Key": key})


def step(client: httpx.Client, code: str, version: int | None, key: str | None = None, **body: Any) -> httpx.Response:
    headers = {"Idempotency-Key": key or f"{code}-{version}-{body['act']}"}
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return client.post(f"/incidents/luxian/{code}/steps", json=body, headers=headers)


def test_a_report_is_answered_with_its_owner_its_route_and_what_is_next(desk: httpx.Client) -> None:
    answer = report(desk, note="第三盏")
    assert answer.status_code == 201
    told = answer.json()
    assert answer.headers["location"] == f"/incidents/luxian/{told['code']}"
    assert answer.headers["etag"] == '"1"'
    assert told["tag"]["owners"]["grid"] == FIRST_GRID
    assert told["route"]["holder"] == "王敏"
    assert "municipal works" in told["route"]["why"]["en"]
    assert [act["act"] for act in told["acts"]][:2] == ["file", "ask_return"]
    definition = desk.get("/api").json()
    schema = {"$ref": "#/components/schemas/IncidentReported", "components": definition["components"]}
    OAS31Validator(schema).validate(told)


def test_near_an_edge_the_candidates_come_with_the_answer(desk: httpx.Client) -> None:
    border = (small_town.WEST + small_town.SIDE / 4 - 0.00002, small_town.SOUTH + 0.005)
    told = report(desk, place=border, accuracy=20, confidence=0.95).json()
    assert told["tag"]["ambiguous"]
    assert {FIRST_GRID, VACANT_GRID} <= {one["code"] for one in told["tag"]["candidates"]}


def test_the_same_key_gets_the_same_answer_and_another_body_none(desk: httpx.Client) -> None:
    first = report(desk, "same")
    again = report(desk, "same")
    assert (again.status_code, again.json()) == (201, first.json())
    assert report(desk, "same", note="另一件").status_code == 422
    assert desk.get("/incidents").json()["matched"] == 3


def test_what_was_escalated_stands_on_the_board_of_the_centre_above(desk: httpx.Client) -> None:
    code = report(desk).json()["code"]
    community = "/510521/510521001/510521001001"
    assert desk.get("/incidents", params={"centre": community}).json()["matched"] == 0
    assert step(desk, code, 1, act="escalate", reason="涉及相邻网格").status_code == 200
    board = desk.get("/incidents", params={"centre": community}).json()
    assert [(row["code"], row["escalated_to"]) for row in board["incidents"]] == [(code, community)]
    assert desk.get("/incidents").json()["tally"]["escalated_to"] == {community: 1}
    whole = desk.get(f"/incidents/luxian/{code}").json()
    assert (whole["incident"]["escalated_to"], whole["command"]) == (community, community)
    assert desk.get("/incidents", params={"centre": "510521"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "status", "says"),
    [
        ({"kind": "9999"}, 400, "9999"),
        ({"lon": 0, "lat": 0}, 400, "No district"),
        ({"lon": 29.1, "lat": 105.3}, 400, "Longitude comes first"),
        ({"lat": "29"}, 400, "lat"),
        ({"owner": FIRST_GRID}, 400, "no field owner"),
        ({"priority": 1}, 400, "no field priority"),
        ({"note": "长" * 1001}, 400, "note"),
        ({"crs": "epsg:4326"}, 400, "crs"),
        ({"accuracy": -1}, 400, "accuracy"),
        ({"mediator": "legal_adviser"}, 400, "dispute"),
    ],
)
def test_what_cannot_be_reported_is_told(desk: httpx.Client, body: dict[str, Any], status: int, says: str) -> None:
    desk.headers["Accept-Language"] = "en"
    answer = (
        report(desk, **body) if not {"lon", "lat"} <= body.keys() else report(desk, place=(body["lon"], body["lat"]))
    )
    assert answer.status_code == status
    assert says in answer.json()["detail"]


def test_a_change_needs_its_key_and_a_step_its_version(desk: httpx.Client) -> None:
    lon, lat = IN_FIRST_GRID
    assert desk.post("/incidents", json={"lon": lon, "lat": lat, "kind": LIGHT}).status_code == 400
    code = report(desk).json()["code"]
    assert step(desk, code, None, act="file").status_code == 428
    assert step(desk, code, 7, act="file").status_code == 412
    assert step(desk, code, 1, act="close").status_code == 409
    assert step(desk, code, 1, act="file", reason="x" * 501).status_code == 400
    assert step(desk, "nothing", 1, act="file").status_code == 404
    assert step(desk, code, 1, act="ask_return").status_code == 400
    assert (
        desk.post(
            f"/incidents/luxian/{code}/steps",
            content=b"{",
            headers={"Idempotency-Key": "x", "If-Match": "1", "Content-Type": "application/json"},
        ).status_code
        == 400
    )


def test_from_report_to_closure_and_the_whole_of_it(desk: httpx.Client, own_town: Store) -> None:
    with_workers(own_town, field="康桥社区网格员")
    code = report(desk).json()["code"]
    version = 1
    for act, more in (
        ("file", {}),
        ("dispatch", {"responder": "field"}),
        ("arrive", {}),
        ("handle", {}),
        ("verify", {}),
        ("close", {}),
    ):
        answer = step(desk, code, version, act=act, **more)
        assert answer.status_code == 200, answer.text
        version = answer.json()["version"]
        assert answer.headers["etag"] == f'"{version}"'
    whole = desk.get(f"/incidents/luxian/{code}")
    told = whole.json()
    assert whole.headers["etag"] == '"7"'
    assert (told["incident"]["state"], told["incident"]["responder"]) == ("closed", "field")
    assert [line["act"] for line in told["history"]] == [
        "report", "file", "dispatch", "arrive", "handle", "verify", "close",
    ]  # fmt: skip
    assert [act["act"] for act in told["acts"]] == ["reopen", "note", "take_back"]
    assert told["item"]["name"]["en"] == "Street light out"
    assert FIRST_GRID in told["route"]["why"]["en"]


def test_who_is_told_of_has_a_name_where_the_account_has_one(own_town: Store, desk: httpx.Client) -> None:
    with own_town.write("test") as tx:
        tx.put_account(new_account("field", "康桥社区网格员", Role.WORKER, ("/510521/510521001/510521001001",)))
        tx.put_account(new_account("nameless", "", Role.WORKER, ("/510521",)))
    code = report(desk).json()["code"]
    assert desk.get(f"/incidents/luxian/{code}").json()["names"] == {}
    step(desk, code, 1, act="file")
    step(desk, code, 2, act="dispatch", responder="nameless")
    assert step(desk, code, 3, act="dispatch", responder="field").status_code == 200
    told = desk.get(f"/incidents/luxian/{code}").json()
    assert [line["actor"] for line in told["history"]] == ["demo"] * 4
    assert told["names"] == {"field": "康桥社区网格员", "nameless": "nameless"}  # and `demo` is no account


def test_the_holder_of_a_post_is_told_with_the_account_that_is_sent(desk: httpx.Client, own_town: Store) -> None:
    with_workers(own_town, wang="王敏")
    code = report(desk).json()["code"]
    step(desk, code, 1, act="file")
    route = desk.get(f"/incidents/luxian/{code}").json()["route"]
    assert (route["holder"], route["account"]) == ("王敏", None)
    post, *_ = small_town.duty_holders()
    with own_town.write("test") as tx:
        tx.put_duty_holders([replace(post, account="wang")])
    own_town.put_responder(Responder("wang", "luxian", "王敏", on_duty_since=datetime.now(UTC)))
    code = report(desk, "with an account").json()["code"]
    step(desk, code, 1, act="file")

    def routed() -> dict[str, Any]:
        route: dict[str, Any] = desk.get(f"/incidents/luxian/{code}").json()["route"]
        return route

    until(lambda: routed()["account"] is not None, "the account of the holder is not seen")
    route = routed()
    assert (route["holder"], route["account"]) == ("王敏", "wang")
    assert step(desk, code, 2, act="dispatch", responder="wang").status_code == 200


def test_moving_retags_and_says_so(desk: httpx.Client) -> None:
    code = report(desk).json()["code"]
    lon, lat = IN_VACANT_GRID
    moved = step(desk, code, 1, act="move", reason="在路对面", position={"lon": lon, "lat": lat})
    assert moved.json()["tag"]["owners"]["grid"] == VACANT_GRID
    told = desk.get(f"/incidents/luxian/{code}").json()
    assert (told["incident"]["responsible"], told["incident"]["lon"]) == (VACANT_GRID, lon)


def test_the_board_filters_and_sorts(desk: httpx.Client) -> None:
    first, second = (
        report(desk, "a").json()["code"],
        report(desk, "b", place=IN_VACANT_GRID, note="电线杆").json()["code"],
    )

    def codes(**asked: Any) -> list[str]:
        return [row["code"] for row in desk.get("/incidents", params=asked).json()["incidents"]]

    assert codes() == ["IN0002", "IN0001", first, second]
    assert codes(state=["reported"]) == ["IN0001", first, second]
    assert codes(clock="overdue") == ["IN0002", "IN0001"]
    assert codes(q="电线杆") == [second]
    assert codes(area=f"/510521/510521001/510521001001/{VACANT_GRID}") == [second]
    assert codes(department="municipal_works", category="facilities", limit=1) == [first]
    assert codes(priority=2) == ["IN0002"]
    assert codes(bbox=f"{IN_VACANT_GRID[0] - 0.001},29,{IN_VACANT_GRID[0] + 0.001},30") == [second]
    assert codes(offset=3) == [second]
    tally = desk.get("/incidents").json()["tally"]
    assert tally["clock"] == {"overdue": 2, "running": 2}
    assert tally["state"] == {"reported": 3, "dispatched": 1}
    assert desk.get("/incidents?state=lost").status_code == 400
    assert desk.get("/incidents?area=510521").status_code == 400


def test_possible_duplicates_are_offered_and_merged_by_a_person(desk: httpx.Client) -> None:
    first, second = report(desk, "a").json()["code"], report(desk, "b").json()["code"]
    (offered,) = desk.get(f"/incidents/luxian/{second}").json()["duplicates"]
    assert (offered["code"], offered["score"]) == (first, pytest.approx(0.8, abs=0.01))
    assert step(desk, second, 1, act="merge", reason="同一盏", into=first).status_code == 200
    told = desk.get(f"/incidents/luxian/{second}").json()
    assert (told["incident"]["state"], told["incident"]["merged_into"]) == ("closed", first)
    assert (told["merged"], desk.get(f"/incidents/luxian/{first}").json()["merged"]) == ([], [second])
    step(desk, second, 2, act="take_back")
    assert desk.get(f"/incidents/luxian/{first}").json()["merged"] == []


def test_a_stream_hears_everything_once_and_in_order(desk: httpx.Client) -> None:
    listener = Listener(str(desk.base_url), desk.get("/incidents").json()["event"])
    codes = [report(desk, f"k{number}").json()["code"] for number in range(5)]
    step(desk, codes[0], 1, act="file")
    told = listener.until(6)
    assert [(name, content["code"], content["act"]) for _, name, content in told] == [
        *(("incident", code, "report") for code in codes), ("incident", codes[0], "file"),
    ]  # fmt: skip
    assert [number for number, _, _ in told] == sorted({number for number, _, _ in told})
    assert told[-1][2]["incident"]["state"] == "filed"
    listener.stop()


def test_a_stream_that_comes_back_hears_what_it_missed_each_incident_once(desk: httpx.Client) -> None:
    begin = desk.get("/incidents").json()["event"]
    first = report(desk, "a").json()["code"]
    step(desk, first, 1, act="file")
    second = report(desk, "b").json()["code"]
    told = Listener(str(desk.base_url), begin).until(2)
    assert [(content["code"], content["incident"]["state"]) for _, _, content in told] == [
        (first, "filed"), (second, "reported"),
    ]  # fmt: skip
    nothing = Listener(str(desk.base_url), told[-1][0])
    report(desk, "c")
    assert [content["act"] for _, _, content in nothing.until(1)] == ["report"]


def test_what_other_processes_write_is_heard_too_and_many_at_once_mean_anew(
    desk: httpx.Client, own_town: Store
) -> None:
    listener = Listener(str(desk.base_url), desk.get("/incidents").json()["event"])
    with own_town.write("elsewhere") as tx:
        tx.update("incidents", "luxian", "IN0001", {"note": "改了"})
    ((_, name, content),) = listener.until(1)
    assert (name, content["incident"]["note"]) == ("incident", "改了")
    with own_town.write("elsewhere") as tx:
        tx.delete("incidents", "luxian", ["IN0001"])
    assert listener.until(2)[-1][1] == "gone"
    rows = small_town.features()["incidents"].take([1] * 150)
    with own_town.write("importer") as tx:
        tx.insert("incidents", rows.with_columns(code=[f"X{number}" for number in range(150)]))
    assert listener.until(3)[-1][1] == "anew"
    assert desk.get("/incidents").json()["matched"] == 151


def test_the_public_does_not_see_that_there_is_a_desk(own_town: Store) -> None:
    with serving(create_app(own_town)) as address, httpx.Client(base_url=address) as client:
        for answer in (
            client.get("/incidents"), client.get("/events"), client.get("/incidents/luxian/IN0001"), report(client),
            step(client, "IN0001", 0, act="file"),
        ):  # fmt: skip
            assert answer.status_code == 404


def test_who_is_near_by_the_street_and_which_cameras_bear_on_it(desk: httpx.Client, own_town: Store) -> None:
    x, y = IN_FIRST_GRID
    code = report(desk, place=(x + 0.0004, y)).json()["code"]
    nobody = desk.get(f"/incidents/luxian/{code}/near").json()
    assert nobody["responders"] == []
    assert desk.put("/position", json={"lon": x, "lat": y}).status_code == 400
    assert desk.put("/duty", json={"on_duty": True}).status_code == 400
    assert desk.put("/duty", json={"on_duty": True, "district": "luxian"}).json()["on_duty"]
    assert desk.put("/position", json={"lon": x + 0.005, "lat": y, "accuracy": 8.0}).status_code == 200
    told = desk.get(f"/incidents/luxian/{code}/near").json()
    (only,) = told["responders"]
    assert (only["account"], only["freshness"], only["busy"]) == ("demo", "fresh", 0)
    # along the street that runs east from the first grid
    assert only["way"]["metres"] == pytest.approx(0.0046 * 97_300, rel=0.05)
    assert only["way"]["seconds"] == pytest.approx(only["way"]["metres"] / 1.33, rel=0.02)
    assert told["stations"][0]["code"] == "ST001"
    assert told["cameras"] == []
    with own_town.write("tester") as tx:
        tx.update("cameras", "luxian", "51052100001310000001", {"field_of_view": 60.0, "range_m": 60.0})
    (camera,) = desk.get(f"/incidents/luxian/{code}/near?mode=driving").json()["cameras"]
    assert (camera["code"], camera["state"]) == ("51052100001310000001", "offline")
    assert not desk.put("/duty", json={"on_duty": False}).json()["on_duty"]
    assert desk.get(f"/incidents/luxian/{code}/near").json()["responders"] == []
    assert own_town.responder("demo").lon is None  # type: ignore[union-attr]
    assert desk.get("/incidents/luxian/nothing/near").status_code == 404
    assert desk.get(f"/incidents/luxian/{code}/near?mode=flying").status_code == 400


def test_nobody_comes_on_duty_beyond_their_area_or_for_a_department_that_is_none(
    desk: httpx.Client, own_town: Store
) -> None:
    headers = {"Authorization": f"Bearer {bounded_by(own_town, '/510521/510521001')}"}
    for body in ({"district": "tongliang"}, {"district": "nowhere"}, {"department": "whatever I like"}):
        assert desk.put("/duty", json={"on_duty": True, **body}, headers=headers).status_code == 400, body
    assert own_town.responder("street") is None
    on = {"on_duty": True, "department": "municipal_works"}
    assert desk.put("/duty", json=on, headers=headers).json()["district"] == "luxian"
    kept = own_town.responder("street")
    assert kept is not None
    assert (kept.path, kept.department) == ("/510521/510521001", "municipal_works")


def bounded_by(store: Store, path: str) -> str:
    """Return a token of a dispatcher whom an area bounds."""
    secret, token = new_token("street", "test", datetime.now(UTC), None, os.urandom)
    with store.write("test") as tx:
        tx.put_account(new_account("street", "", Role.DISPATCHER, (path,)))
        tx.put_token(token)
    return secret


def test_a_bounded_stream_hears_of_its_own_area_alone_also_of_what_it_missed(
    desk: httpx.Client, own_town: Store
) -> None:
    token = bounded_by(own_town, f"/510521/510521001/510521001001/{VACANT_GRID}")
    begin = desk.get("/incidents").json()["event"]
    listener = Listener(str(desk.base_url), begin, token)
    other = report(desk, "a").json()["code"]
    own = report(desk, "b", place=IN_VACANT_GRID).json()["code"]
    lon, lat = IN_FIRST_GRID
    step(desk, own, 1, act="move", reason="对面", position={"lon": lon, "lat": lat})
    told = listener.until(2)
    assert [(name, content["code"]) for _, name, content in told] == [("incident", own), ("gone", own)]
    # who was away while something left the area is not told which: it may never have seen it
    ((_, name, content),) = Listener(str(desk.base_url), begin, token).until(1)
    assert (name, set(content)) == ("anew", {"event"})
    back = {"lon": IN_VACANT_GRID[0], "lat": IN_VACANT_GRID[1]}
    since = desk.get("/incidents").json()["event"]
    step(desk, other, 1, act="file")
    step(desk, own, 2, act="move", reason="回来", position=back)
    told = Listener(str(desk.base_url), since, token).until(1)
    assert [(name, content["code"]) for _, name, content in told] == [("incident", own)]


def test_a_step_is_taken_back_once_and_what_it_changed_is_told_to_nobody(desk: httpx.Client) -> None:
    code = report(desk).json()["code"]
    filed = step(desk, code, 1, act="file").json()
    assert filed["take_back_until"] is not None
    assert "take_back" in [act["act"] for act in filed["acts"]]
    lon, lat = IN_VACANT_GRID
    moved = step(desk, code, 2, act="move", reason="在路对面", position={"lon": lon, "lat": lat}).json()
    told = desk.get(f"/incidents/luxian/{code}").json()
    assert told["take_back_until"][:23] == moved["take_back_until"][:23]
    assert [line["details"] for line in told["history"]][1:] == [{}, {}]
    back = step(desk, code, 3, act="take_back")
    assert (back.status_code, back.json()["state"], back.json()["take_back_until"]) == (200, "filed", None)
    after = desk.get(f"/incidents/luxian/{code}").json()
    assert (after["incident"]["responsible"], after["history"][-1]["details"]["act"]) == (FIRST_GRID, "move")
    assert "take_back" not in [act["act"] for act in after["acts"]]
    again = step(desk, code, 4, act="take_back", key="again")
    assert (again.status_code, again.json()["details"]["last"]["act"]) == (409, "take_back")
    stale = step(desk, code, 3, act="take_back", key="stale")
    assert (stale.status_code, stale.json()["details"]["last"]["act"]) == (412, "take_back")
