"""Who and what is near over HTTP: the quickest of all in one's area, and cameras that look far."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import shapely

from api.app import create_app
from api.settings import Settings
from spatial.governance import Role
from spatial.incidents.responders import Responder
from spatial.store.protocol import Store
from spatial.table import Table
from tests.api.serving import serving
from tests.api.test_incidents import bounded_by, report, step
from tests.sendable import with_workers
from tests.small_town import FIRST_GRID, IN_FIRST_GRID

STREET, OTHER = "/510521/510521001", "/510521/510521002"
X, Y = IN_FIRST_GRID


def on_duty(store: Store, account: str, lon: float, path: str = STREET, minutes: float = 1) -> None:
    now = datetime.now(UTC)
    seen = now - timedelta(minutes=minutes)
    store.put_responder(Responder(account, "luxian", account, None, path, now, lon, Y, 9.0, seen))


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def test_others_and_the_gone_take_no_place_of_who_is_further_away(desk: httpx.Client, own_town: Store) -> None:
    for number in range(60):
        on_duty(own_town, f"theirs{number}", X + 0.0001 + number * 1e-6, OTHER)
        on_duty(own_town, f"gone{number}", X + 0.0002 + number * 1e-6, minutes=45)
    on_duty(own_town, "mine", X + 0.01)
    code = report(desk).json()["code"]
    headers = {"Authorization": f"Bearer {bounded_by(own_town, STREET)}"}
    told = desk.get(f"/incidents/luxian/{code}/near", headers=headers).json()
    assert [one["account"] for one in told["responders"]] == ["mine"]


def test_where_nobody_is_those_at_work_are_told_whom_a_step_would_take(desk: httpx.Client, own_town: Store) -> None:
    with_workers(own_town, STREET, ming="陈明", zoe="周艺", away="吴刚", gone="郑洁", reader="王磊")
    for number, login in enumerate(("ming", "ming", "zoe", "away", "gone", "reader")):
        code = report(desk, f"busy{number}").json()["code"]
        version = step(desk, code, 1, act="file").json()["version"]
        assert step(desk, code, version, act="dispatch", responder=login).status_code == 200
    kept = {each.login: each for each in own_town.accounts_named(["away", "gone", "reader"])}
    with own_town.write("test") as tx:
        tx.put_account(replace(kept["away"], scope=(OTHER,)))
        tx.put_account(replace(kept["gone"], disabled=True))
        tx.put_account(replace(kept["reader"], role=Role.VIEWER))
    code = report(desk, "new").json()["code"]
    near = f"/incidents/luxian/{code}/near"
    assert desk.get(near).json()["at_work"] == [
        {"account": "zoe", "name": "周艺", "busy": 1},
        {"account": "ming", "name": "陈明", "busy": 2},
    ]
    version = step(desk, code, 1, act="file").json()["version"]
    for login in ("away", "gone", "reader"):
        assert step(desk, code, version, key=login, act="dispatch", responder=login).status_code == 400
    assert step(desk, code, version, act="dispatch", responder="zoe").status_code == 200


def test_a_camera_that_looks_far_bears_on_a_place_far_away(desk: httpx.Client, own_town: Store) -> None:
    def camera(number: int, west_m: float, range_m: float) -> dict[str, object]:
        return {
            "code": f"FAR{number}", "district": "luxian", "kind": "131", "state": "online", "bearing": 90.0,
            "field_of_view": 60.0, "range_m": range_m, "responsible": FIRST_GRID,
            "path": f"{STREET}/510521001001/{FIRST_GRID}", "geometry": shapely.Point(X - west_m / 97_230, Y),
        }  # fmt: skip

    with own_town.write("test") as tx:
        tx.insert("cameras", Table.from_rows([camera(1, 148, 150), camera(2, 2_980, 3_000), camera(3, 3_020, 3_000)]))
    code = report(desk).json()["code"]
    told = desk.get(f"/incidents/luxian/{code}/near").json()["cameras"]
    assert [one["code"] for one in told] == ["FAR1", "FAR2"]
    with own_town.write("test") as tx:
        tx.update("cameras", "luxian", "FAR3", {"range_m": 4_000.0})
    told = desk.get(f"/incidents/luxian/{code}/near").json()["cameras"]
    assert [one["code"] for one in told] == ["FAR1", "FAR2", "FAR3"]
