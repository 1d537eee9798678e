"""`gridscape serve` and `gridscape locate` as a person starts them."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.commands.main import COMMANDS, app
from api.commands.serve import is_loopback, settings_of
from spatial.errors import BadFile, BadParameter, Refused
from spatial.store import open_store
from tests import small_town

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from api.commands.main import run; run()"]


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The file of a store with two small districts that nobody holds open."""
    path = tmp_path_factory.mktemp("served") / "town.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    store.close()
    return str(path)


def environment(language: str) -> dict[str, str]:
    """Return the variables of a terminal in a language."""
    return {**os.environ, "LANG": language, "LC_ALL": "", "LC_MESSAGES": "", "GRIDSCAPE_LANG": ""}


def gridscape(*arguments: str, language: str = "en_GB.UTF-8") -> subprocess.CompletedProcess[str]:
    """Run the command line to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(language),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@contextmanager
def served(*arguments: str, language: str = "en_GB.UTF-8") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the server and yield its process and the line in which it says where it is."""
    process = subprocess.Popen(
        [*COMMAND, "serve", *arguments], cwd=ROOT, env=environment(language), stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline()
    finally:
        process.kill()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()


def test_it_prints_its_address_once_it_answers_and_stops_when_told(town_file: str) -> None:
    with served("--store", town_file, "--port", "0", "--open-demo") as (process, said):
        assert said.startswith("Gridscape is ready: http://127.0.0.1:")
        address = said.split()[-1]
        assert httpx.get(f"{address}/health").json()["status"] == "ok"
        assert httpx.get(f"{address}/collections/cameras").status_code == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) == 0


def test_without_open_demo_cameras_are_not_there(town_file: str) -> None:
    with served("--store", town_file, "--port", "0", language="zh_CN.UTF-8") as (_, said):
        assert said.startswith("Gridscape 已就绪：http://127.0.0.1:")
        assert httpx.get(f"{said.split('：')[1].strip()}/collections/cameras").status_code == 404


def test_requests_that_run_are_answered_before_it_stops(town_file: str) -> None:
    with served("--store", town_file, "--port", "0") as (process, said):
        with httpx.Client(base_url=said.split()[-1]) as client:
            client.get("/health")
            with client.stream("GET", "/collections/areas/items") as answer:
                process.send_signal(signal.SIGTERM)
                assert len(answer.read()) > 10_000
        assert process.wait(timeout=15) == 0


def test_a_port_in_use_is_named_with_what_to_do(town_file: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        english = gridscape("serve", "--store", town_file, "--port", str(port))
        chinese = gridscape("serve", "--store", town_file, "--port", str(port), language="zh_CN.UTF-8")
    assert english.returncode == chinese.returncode == 2
    assert f"Port {port} is in use" in english.stderr
    assert f"--port {port + 1}" in english.stderr
    assert f"端口 {port} 已被占用" in chinese.stderr
    assert len(english.stderr.strip().splitlines()) == 1


def test_a_store_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    done = gridscape("serve", "--store", str(tmp_path / "none.gpkg"))
    assert done.returncode == 2
    assert "gridscape demo --store" in done.stderr
    assert not (tmp_path / "none.gpkg").exists()


def test_a_database_that_is_down_is_said_in_one_line() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    started = time.monotonic()
    done = gridscape("serve", "--store", f"postgresql://nobody:secret@127.0.0.1:{port}/none", "--port", "0")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret" not in done.stderr
    assert time.monotonic() - started < 30


def test_the_language_may_be_chosen_on_the_command_line(town_file: str) -> None:
    lon, lat = (str(number) for number in small_town.IN_FIRST_GRID)
    assert "专职网格员" in gridscape("--lang", "zh", "locate", lon, lat, "--store", town_file).stdout
    assert "Grid worker" in gridscape("--lang", "en", "locate", lon, lat, "--store", town_file).stdout


@pytest.mark.parametrize(("lon", "lat"), [("29.151", "105.376"), ("nan", "29"), ("181", "29")])
def test_a_position_that_cannot_be_meant_is_an_error(lon: str, lat: str, town_file: str) -> None:
    done = gridscape("locate", lon, lat, "--store", town_file)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "ongitude" in done.stderr


def test_western_and_southern_positions_may_be_asked(town_file: str) -> None:
    done = gridscape("locate", "-3.7", "-40.4", "--store", town_file)
    assert done.returncode == 0
    assert "none of the districts" in done.stdout


def test_help_names_every_command() -> None:
    text = gridscape("--help").stdout
    assert all(f" {name} " in text for name, _, _ in COMMANDS)


@pytest.mark.parametrize("name", [name for name, _, _ in COMMANDS])
def test_the_help_of_a_command_has_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    app([name, "--help"], standalone_mode=False)
    said = " ".join(capsys.readouterr().out.split())
    assert re.search(rf"Examples?: gridscape {name} ", said)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8"])
def test_loopback_is_known(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_an_open_demo_is_not_offered_to_others(host: str) -> None:
    with pytest.raises(Refused):
        settings_of(host, True, None, [], None)


def test_an_open_demo_has_no_public_address() -> None:
    with pytest.raises(Refused):
        settings_of("127.0.0.1", True, "https://map.example.org", [], None)


def test_listening_everywhere_needs_a_public_address() -> None:
    with pytest.raises(BadParameter):
        settings_of("0.0.0.0", False, None, [], None)
    settings = settings_of("0.0.0.0", False, "https://map.example.org/", [], None)
    assert settings.public_url == "https://map.example.org"


@pytest.mark.parametrize("address", ["map.example.org", "ftp://map.example.org", "https://", "https://x.org/?a=b"])
def test_a_public_address_must_be_one(address: str) -> None:
    with pytest.raises(BadParameter):
        settings_of("127.0.0.1", False, address, [], None)


def test_base_tiles_must_be_a_pmtiles_file_or_a_tile_address(tmp_path: Path) -> None:
    other = tmp_path / "base.pmtiles"
    other.write_bytes(b"SQLite format 3\x00")
    with pytest.raises(BadFile):
        settings_of("127.0.0.1", False, None, [], str(other))
    with pytest.raises(BadFile):
        settings_of("127.0.0.1", False, None, [], str(tmp_path / "none.pmtiles"))
    with pytest.raises(BadParameter):
        settings_of("127.0.0.1", False, None, [], "https://tiles.example.org/")
    address = "https://tiles.example.org/{z}/{x}/{y}.png"
    assert settings_of("127.0.0.1", False, None, [], address).base_tiles == address
