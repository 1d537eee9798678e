"""Who is on duty and where: within an area and for as long as a position counts, and looking is noted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.incidents.responders import Responder
from spatial.store.protocol import Store
from tests.api.serving import serving
from tests.small_town import IN_FIRST_GRID

STREET = "/510521/510521001"


def person(account: str, age: timedelta, path: str | None = STREET) -> Responder:
    now = datetime.now(UTC)
    return Responder(account, "luxian", account.title(), None, path, now, *IN_FIRST_GRID, 9.0, now - age)


@pytest.fixture
def client(own_town: Store) -> Iterator[httpx.Client]:
    for one in (
        person("new", timedelta()),
        person("old", timedelta(minutes=20)),
        person("gone", timedelta(minutes=31)),
        person("elsewhere", timedelta(minutes=3), "/510521/510521002"),
        replace(person("unseen", timedelta()), lon=None, lat=None, seen_at=None),
        replace(person("home", timedelta()), on_duty_since=None),
    ):
        own_town.put_responder(one)
    app = create_app(own_town, Settings(open_demo=True))
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as opened:
        yield opened


def test_who_is_on_duty_is_told_with_how_old_their_position_is_and_who_is_gone_is_counted(client: httpx.Client) -> None:
    answer = client.get("/responders?district=luxian").raise_for_status()
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert (told["on_duty"], told["placed"]) == (5, 3)
    assert [(one["account"], one["freshness"]) for one in told["responders"]] == [
        ("new", "fresh"), ("elsewhere", "ageing"), ("old", "stale"),
    ]  # fmt: skip
    assert (told["responders"][0]["lon"], told["responders"][0]["lat"]) == IN_FIRST_GRID


def test_an_area_holds_those_who_are_bounded_by_it_or_below_it_and_a_limit_is_kept(client: httpx.Client) -> None:
    told = client.get(f"/responders?area={STREET}&limit=1").raise_for_status().json()
    assert (told["on_duty"], told["placed"]) == (4, 2)
    assert [one["account"] for one in told["responders"]] == ["new"]
    assert client.get("/responders").json()["on_duty"] == 5


def test_near_an_incident_stand_those_alone_whose_area_has_it(client: httpx.Client) -> None:
    told = client.get("/incidents/luxian/IN0001/near").raise_for_status().json()
    assert [one["account"] for one in told["responders"]] == ["new", "old"]


@pytest.mark.parametrize("asked", ["district=nowhere", "area=/510521/999999999", "area=/1"])
def test_what_is_not_there_is_404(client: httpx.Client, asked: str) -> None:
    assert client.get(f"/responders?{asked}").status_code == 404


def test_looking_is_noted_with_how_many_were_seen(own_town: Store) -> None:
    own_town.put_responder(person("new", timedelta()))
    app = create_app(own_town, Settings(open_demo=True))
    with serving(app) as address, httpx.Client(base_url=address, timeout=60) as client:
        client.get("/responders?district=luxian").raise_for_status()
        assert client.get("/responders?area=/510521/510521002").json()["responders"] == []  # nobody was seen
    noted = [tuple(rest) for _, *rest in own_town.access_log() if rest[1] == "responders"]
    assert noted == [("demo", "responders", "luxian", 1)]
