"""A demo that plays beside the server: who may steer it, and that it begins and ends with the server."""

import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.commands.main import app
from api.commands.playing import ThreadedPlay
from api.settings import Settings
from spatial.accounts.account import new_account
from spatial.accounts.passwords import hashed
from spatial.governance import Role
from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.store.protocol import Store
from tests import played, small_town
from tests.api.serving import serving
from tests.server import Server
from tests.waiting import until

PATIENCE_S = 60


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(tmp_path_factory.mktemp("demo") / "luxian.gpkg", create=True)
    played.fill(store)
    with store.write("test") as tx:
        for login in ("admin", "centre"):
            tx.put_password(login, hashed("lanterns", lambda count: bytes(count)))
    yield store
    store.close()


@pytest.fixture
def play(demo: Store) -> ThreadedPlay:
    return ThreadedPlay(demo, ["luxian"], 1, 120)


@pytest.fixture
def client(demo: Store, play: ThreadedPlay) -> Iterator[httpx.Client]:
    with (
        serving(create_app(demo, Settings(open_demo=True), play)) as address,
        httpx.Client(base_url=address, timeout=30) as asking,
    ):
        yield asking


def until_more(store: Store, before: int) -> None:
    until(lambda: store.count(INCIDENTS.id) > before, "nothing was reported", PATIENCE_S)


def until_moments(play: ThreadedPlay, count: int) -> None:
    """Wait until some moments of a play have gone by."""
    least = play.moments + count
    until(lambda: play.moments >= least, "time stands still", PATIENCE_S)


def test_incidents_arrive_by_themselves_and_stop_when_paused(
    client: httpx.Client, demo: Store, play: ThreadedPlay
) -> None:
    assert client.get("/session").json()["playing"] is True
    until_more(demo, demo.count(INCIDENTS.id))
    paused = client.put("/demo", json={"speed": 120, "paused": True})
    assert paused.json() == {
        "speed": 120,
        "paused": True,
        "ended": False,
        "districts": ["luxian"],
        "speeds": [1, 10, 30, 120],
    }
    last = demo.events(0, 100_000)[-1].id
    until_moments(play, 3)
    assert demo.events(last) == []
    assert client.put("/demo", json={"speed": 120, "paused": False}).json()["paused"] is False
    until_more(demo, demo.count(INCIDENTS.id))


def test_the_board_hears_of_it(client: httpx.Client) -> None:
    def listed() -> set[str]:
        return {row["code"] for row in client.get("/incidents?district=luxian").json()["incidents"]}

    seen = listed()
    until(lambda: bool(listed() - seen), "nothing new on the board", PATIENCE_S)


@pytest.mark.parametrize("body", [{"speed": 0, "paused": False}, {"speed": 30}, {"speed": 241, "paused": False}])
def test_a_speed_that_is_none_is_refused(client: httpx.Client, body: dict[str, object]) -> None:
    assert client.put("/demo", json=body).status_code == 400


@pytest.mark.parametrize("login", ["admin", "centre"])
def test_who_has_signed_in_does_not_steer_it(client: httpx.Client, login: str) -> None:
    said = client.post("/session", json={"login": login, "password": "lanterns"}).json()
    assert said["playing"] is False
    assert client.get("/demo").status_code == 404
    headers = {"X-CSRF-Token": said["csrf"]}
    assert client.put("/demo", json={"speed": 1, "paused": True}, headers=headers).status_code == 404


def test_where_nothing_plays_there_is_nothing_to_steer(staff: httpx.Client) -> None:
    assert staff.get("/session").json()["playing"] is False
    assert staff.get("/demo").status_code == 404
    assert staff.put("/demo", json={"speed": 1, "paused": True}).status_code == 404


def test_it_ends_with_the_server(demo: Store) -> None:
    play = ThreadedPlay(demo, ["luxian"], 1, 120)
    with serving(create_app(demo, Settings(open_demo=True), play)):
        until_more(demo, demo.count(INCIDENTS.id))
        assert any(thread.name == "play" for thread in threading.enumerate())
    assert not any(thread.name == "play" for thread in threading.enumerate())
    assert demo.responders() == []
    last = demo.events(0, 100_000)[-1].id
    assert demo.verify_events() is None
    assert demo.events(last) == []


def test_it_ends_by_itself_where_the_store_becomes_somebodys(tmp_path: Path) -> None:
    store = open_store(tmp_path / "luxian.gpkg", create=True)
    played.fill(store)
    play = ThreadedPlay(store, ["luxian"], 1, 120)
    with serving(create_app(store, Settings(open_demo=True), play)) as address:
        until_more(store, store.count(INCIDENTS.id))
        with store.write("root") as tx:
            tx.put_account(new_account("li.qiang", "李强", Role.VIEWER, everywhere=True))
        until(lambda: play.state().ended, "it plays on", PATIENCE_S)
        assert httpx.get(f"{address}/demo").json()["ended"] is True
    store.close()


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """A store of synthetic districts that somebody works with."""
    path = tmp_path / "real.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    with store.write("test") as tx:
        tx.put_account(new_account("li.qiang", "李强", Role.ADMINISTRATOR))
    store.close()
    return path


@pytest.mark.parametrize(
    "arguments", [["play"], ["serve", "--port", "0", "--open-demo", "--play", "30"]], ids=["play", "serve"]
)
def test_a_store_that_somebody_works_with_is_refused(real: Path, arguments: list[str]) -> None:
    before = real.read_bytes()
    name, *more = arguments
    result = CliRunner().invoke(app, [name, "--store", str(real), *more], env={"GRIDSCAPE_LANG": "en"})
    assert result.exit_code != 0
    assert "no demo" in str(result.exception)
    assert real.read_bytes() == before


def test_an_open_demo_over_it_is_served_and_stands_still(real: Path) -> None:
    server = Server(real)
    server.no_play = False
    server.start()
    try:
        assert httpx.get(f"{server.address}/demo").status_code == 404
    finally:
        server.stop()


def test_only_an_open_demo_plays(real: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--store", str(real), "--port", "0", "--play", "30"])
    assert "Only an open demo plays" in str(result.exception)
