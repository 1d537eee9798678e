"""Graded responses over HTTP: looked at before, switched on, told to open streams, switched off with a report."""

import csv
import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
import shapely

from api.app import create_app
from api.settings import Settings
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.store.protocol import Store
from spatial.store.records import DutyHolder, Query
from spatial.vocabulary import Post
from tests import small_town
from tests.api.listener import Listener
from tests.api.serving import serving
from tests.small_town import IN_FIRST_GRID

STREET, OTHER = "/510521/510521001", "/510521/510521002"
ON: dict[str, Any] = {"district": "luxian", "level": 2, "area": STREET}
CIRCLE = {
    "district": "luxian",
    "level": 3,
    "circle": {"lon": IN_FIRST_GRID[0], "lat": IN_FIRST_GRID[1], "radius_m": 50},
}


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def switch_on(client: httpx.Client, key: str = "on", **more: Any) -> httpx.Response:
    return client.post("/responses", json={**ON, "reason": "暴雨红色预警", **more}, headers={"Idempotency-Key": key})


def switch_off(
    client: httpx.Client, code: str, version: int | None, key: str = "off", report: str = "雨停"
) -> httpx.Response:
    headers = {"Idempotency-Key": key, **({} if version is None else {"If-Match": f'"{version}"'})}
    return client.post(f"/responses/luxian/{code}/end", json={"report": report}, headers=headers)


def test_a_response_is_switched_on_counted_and_switched_off_with_a_report(desk: httpx.Client) -> None:
    before = desk.get("/responses").json()
    assert (before["responses"], before["ledger"]["activations"], before["may_switch"]) == ([], 0, True)
    on = switch_on(desk)
    assert on.status_code == 201
    told = on.json()
    assert (told["active"], told["days"], told["path"], told["area"]["name"]) == (True, 1, STREET, "玉蟾街道")
    assert told["meeting"] == "assessment"
    assert told["geometry"]["type"] == "MultiPolygon"
    off = switch_off(desk, told["code"], told["version"])
    assert off.status_code == 200
    assert (off.json()["active"], off.json()["report"], off.json()["geometry"]) == (False, "雨停", None)
    after = desk.get("/responses?district=luxian").json()
    assert (after["ledger"]["activations"], after["ledger"]["days"]) == (1, 1)
    assert [line["activations"] for line in after["ledger"]["by_level"]] == [0, 1, 0]
    assert desk.get("/responses?district=tongliang").json()["ledger"]["activations"] == 0


def test_the_same_key_switches_once_and_another_body_is_refused(desk: httpx.Client) -> None:
    assert switch_on(desk).json() == switch_on(desk).json()
    assert switch_on(desk, level=1).status_code == 422
    assert len(desk.get("/responses").json()["responses"]) == 1


def test_switching_off_needs_the_version_and_a_report_and_happens_once(desk: httpx.Client) -> None:
    code = switch_on(desk).json()["code"]
    assert switch_off(desk, code, None).status_code == 428
    assert switch_off(desk, code, 7).status_code == 412
    assert switch_off(desk, code, 1, "blank", " ").status_code == 400
    assert switch_off(desk, code, 1).status_code == 200
    assert switch_off(desk, code, 1, "again").status_code == 412
    assert switch_off(desk, code, 2, "still").status_code == 412
    assert switch_off(desk, "R1999-01", 1, "none").status_code == 404


def test_shapes_that_cannot_be_meant_are_refused_and_leave_nothing(desk: httpx.Client) -> None:
    lon, lat = IN_FIRST_GRID
    bow_tie = [[lon, lat], [lon + 0.01, lat + 0.01], [lon + 0.01, lat], [lon, lat + 0.01]]
    for shape, status in (
        ({"area": "/510521/999"}, 404),
        ({"area": None}, 400),
        ({"circle": {"lon": lon, "lat": lat, "radius_m": 50}}, 400),  # beside the area: two shapes
        ({"area": None, "circle": {"lon": lon, "lat": lat, "radius_m": 0}}, 400),
        ({"area": None, "circle": {"lon": 0, "lat": 0, "radius_m": 50}}, 400),
        ({"area": None, "polygon": bow_tie}, 400),
        ({"area": None, "polygon": [[lon, lat]] * 501}, 400),
        ({"reason": ""}, 400),
        ({"level": 4}, 400),
        ({"district": "nowhere"}, 404),
        ({"surprise": 1}, 400),
    ):
        assert switch_on(desk, **shape).status_code == status, shape
    assert desk.get("/responses").json()["responses"] == []


def test_the_preview_says_who_comes_and_what_lies_inside_and_keeps_nothing(desk: httpx.Client) -> None:
    seen = desk.post("/responses/preview", json=ON).json()
    assert [one["meeting"] for one in seen["convened"]] == ["assessment", "joint", "grid", "bench"]
    buildings = small_town.BUILDINGS // 2
    assert (seen["path"], seen["convened"][-1]["areas"], seen["households"]) == (STREET, buildings, 41 * buildings)
    circle = desk.post("/responses/preview", json=CIRCLE).json()
    assert circle["path"].startswith(f"{STREET}/")
    (grid,) = next(one for one in circle["convened"] if one["meeting"] == "grid")["seats"]
    assert [(post["holder"], post["post_name"]["en"]) for post in grid["posts"]] == [("王敏", "Grid worker")]
    assert desk.get("/responses").json()["responses"] == []


def test_what_lies_inside_is_what_the_board_has_open_there(desk: httpx.Client) -> None:
    lon, lat = IN_FIRST_GRID
    report = {"lon": lon, "lat": lat, "kind": "0502"}
    code = desk.post("/incidents", json=report, headers={"Idempotency-Key": "r"}).json()["code"]
    on = switch_on(desk, area=None, circle=CIRCLE["circle"]).json()
    assert code in desk.get(f"/responses/luxian/{on['code']}").json()["incidents"]
    away = switch_on(desk, "away", area=OTHER).json()
    assert code not in desk.get(f"/responses/luxian/{away['code']}").json()["incidents"]


def test_the_ledger_is_a_file_in_which_no_text_is_a_formula(desk: httpx.Client) -> None:
    switch_on(desk, reason="=HYPERLINK(1)")
    answer = desk.get("/responses/ledger.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["level"], row["days"], row["last_day"], row["reason"]) == ("2", "1", "", "'=HYPERLINK(1)")


def tokens_of(store: Store, **scopes: str) -> dict[str, dict[str, str]]:
    """Make a dispatcher of each area and return what each sends along to be known."""
    found = {}
    for login, path in scopes.items():
        secret, token = new_token(login, "test", datetime.now(UTC), None, os.urandom)
        found[login] = {"Authorization": f"Bearer {secret}"}
        with store.write("test") as tx:
            tx.put_account(new_account(login, "", Role.DISPATCHER, [path]))
            tx.put_token(token)
    return found


def test_who_answers_for_a_part_sees_what_reaches_into_it_but_nobody_of_the_rest(own_town: Store) -> None:
    known = tokens_of(own_town, own=STREET, other=OTHER)
    edge = small_town.WEST + small_town.SIDE / 2
    across = {"lon": edge, "lat": IN_FIRST_GRID[1] + 0.01, "radius_m": 300}
    beside = {"lon": edge - 0.01, "lat": IN_FIRST_GRID[1] + 0.01, "radius_m": 300}
    with (
        serving(create_app(own_town, Settings(open_demo=True))) as address,
        httpx.Client(base_url=address) as client,
    ):
        start = client.get("/incidents").json()["event"]
        own, other = (Listener(address, start, known[login]["Authorization"][7:]) for login in ("own", "other"))
        both = switch_on(client, "across", area=None, circle=across, level=1).json()["code"]
        west = switch_on(client, "beside", area=None, circle=beside).json()["code"]
        seen = {
            login: {
                one["code"]: one["may_end"] for one in client.get("/responses", headers=headers).json()["responses"]
            }
            for login, headers in known.items()
        }
        assert seen == {"own": {both: False, west: True}, "other": {both: False}}
        whole = client.get(f"/responses/luxian/{both}", headers=known["other"]).json()
        seats = [seat for meeting in whole["convened"] for seat in meeting["seats"]]
        assert seats
        assert all(f"{seat['path']}/".startswith(f"{OTHER}/") for seat in seats)
        assert client.get(f"/responses/luxian/{west}", headers=known["other"]).status_code == 404
        end = client.post(
            f"/responses/luxian/{both}/end",
            json={"report": "x"},
            headers={**known["other"], "Idempotency-Key": "not mine", "If-Match": '"1"'},
        )
        assert end.status_code == 404
        switch_off(client, both, 1)
        for each, codes in ((own, [both, west, both]), (other, [both, both])):
            each.until(len(codes))
            assert [message["code"] for _, _, message in each.told] == codes
            each.stop()


def test_who_convenes_is_told_who_is_convened_above_them(own_town: Store) -> None:
    known = tokens_of(own_town, own=STREET)
    centre = DutyHolder("P0", "luxian", Post.GRID_WORKER.value, "510521", "/510521", "周宏")
    with own_town.write("test") as tx:
        tx.put_duty_holders([centre])
    with serving(create_app(own_town)) as address, httpx.Client(base_url=address, headers=known["own"]) as client:
        told = client.post("/responses/preview", json={**ON, "level": 1}).json()
        dispatch, *_ = told["convened"]
        assert (dispatch["areas"], dispatch["posts"]) == (1, 1)
        assert dispatch["seats"][0]["posts"][0]["holder"] == "周宏"
        second = next(one for one in told["convened"] if one["meeting"] == "assessment")
        assert [post["holder"] for post in second["seats"][0]["instead"]] == ["周宏"]
        on = switch_on(client, level=1).json()
        assert client.get(f"/responses/luxian/{on['code']}").json()["convened"] == told["convened"]


def test_who_was_convened_is_told_whoever_holds_the_posts_since(own_town: Store, desk: httpx.Client) -> None:
    def holds(name: str | None) -> None:
        with own_town.write("test") as tx:
            tx.put_duty_holders(
                [DutyHolder("P0", "luxian", Post.GRID_WORKER.value, STREET.rpartition("/")[2], STREET, name)]
            )

    def told(code: str) -> tuple[list[Any], bool]:
        whole = desk.get(f"/responses/luxian/{code}").json()
        seats = [seat for one in whole["convened"] for seat in one["seats"] if seat["path"] == STREET]
        at = whole["convened_at"]
        assert at in (None, whole["response"]["opened_at"])
        return [(post["holder"], post["now"]) for seat in seats for post in seat["posts"]], at is not None

    holds("周宏")
    on = switch_on(desk).json()
    assert told(on["code"]) == ([("周宏", None)], True)
    holds("秦岚")
    assert told(on["code"]) == ([("周宏", {"holder": "秦岚"})], True)
    assert told(switch_on(desk, "second").json()["code"]) == ([("秦岚", None)], True)
    holds(None)
    assert told(on["code"]) == ([("周宏", {"holder": None})], True)
    switch_off(desk, on["code"], on["version"])
    assert told(on["code"]) == ([("周宏", None)], True)
    # one of before it was kept: while it is on, those who hold the posts come
    holds("秦岚")
    shape = own_town.read("areas", Query(district="luxian", tree="main", equal={"path": STREET})).geometry[0]
    with own_town.write("test") as tx:
        old = tx.open_response(
            Response("luxian", "", ResponseLevel.II, ShapeKind.AREA, shape, STREET, "暴雨", small_town.NOW, "tester")
        )
    assert told(old.code) == ([("秦岚", None)], False)
    switch_off(desk, old.code, old.version, "old")
    assert told(old.code) == ([], False)


def test_of_an_area_no_neighbour_comes_who_shares_a_strip_of_ground(own_town: Store, desk: httpx.Client) -> None:
    areas = own_town.read("areas", Query(district="luxian", tree="main", equal={"path": STREET}))
    wider = shapely.buffer(areas.geometry[0], 0.005)
    with own_town.write("test") as tx:
        on = tx.open_response(
            Response("luxian", "", ResponseLevel.II, ShapeKind.AREA, wider, STREET, "暴雨", small_town.NOW, "tester")
        )
    told = desk.get(f"/responses/luxian/{on.code}").json()["convened"]
    assert told == desk.post("/responses/preview", json=ON).json()["convened"]
    assert [seat["path"] for seat in told[0]["seats"]] == [STREET]


def test_open_streams_hear_of_it_within_their_area_alone(own_town: Store) -> None:
    known = tokens_of(own_town, own=STREET, other=OTHER)
    tokens = {login: headers["Authorization"][7:] for login, headers in known.items()}
    with serving(create_app(own_town)) as address, httpx.Client(base_url=address) as client:
        client.headers["Authorization"] = f"Bearer {tokens['own']}"
        start = client.get("/incidents").json()["event"]
        own, other = (Listener(address, start, tokens[login]) for login in ("own", "other"))
        code = switch_on(client).json()["code"]
        assert switch_off(client, code, 1).status_code == 200
        own.until(2)
        assert [(name, told["code"], told["act"]) for _, name, told in own.told] == [
            ("response", code, "open"), ("response", code, "end"),
        ]  # fmt: skip
        late = Listener(address, start, tokens["own"])
        late.until(2)
        assert [told["act"] for _, _, told in late.told] == ["open", "end"]
        assert other.told == []
        for each in (own, other, late):
            each.stop()
