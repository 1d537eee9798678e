"""`gridscape tag` as a person meets it: a process that says what it did, and that may be killed at any moment."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest

from spatial.crs import Datum, convert
from spatial.store import open_store
from tests import small_town
from tests.server import COMMAND, ROOT


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town, to be read only."""
    path = tmp_path_factory.mktemp("town") / "town.gpkg"
    opened = open_store(path, create=True)
    small_town.fill(opened)
    opened.close()
    return path


def reports(path: Path, count: int, datum: Datum = Datum.WGS84) -> Path:
    rng = np.random.default_rng(2)
    side = small_town.SIDE
    at = convert(
        rng.uniform(small_town.WEST, small_town.WEST + side, count),
        rng.uniform(small_town.SOUTH, small_town.SOUTH + side, count),
        Datum.WGS84,
        datum,
    )
    pyarrow.parquet.write_table(pyarrow.table({"id": np.arange(count), "x": at[0], "y": at[1]}), path)
    return path


def command(store: Path, *arguments: object, language: str = "en") -> list[str]:
    return [*COMMAND, "--lang", language, "tag", *map(str, arguments), "--store", str(store)]


def run(store: Path, *arguments: object, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(store, *arguments, language=language), cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_it_says_that_what_went_in_came_out_and_warns_of_the_datum(store: Path, tmp_path: Path) -> None:
    source = reports(tmp_path / "reports.parquet", 3000, Datum.GCJ02)
    target = tmp_path / "tagged.parquet"
    done = run(store, source, target, "--lon", "x", "--lat", "y")
    assert done.returncode == 0, done.stderr
    assert "3,000 rows in = 3,000 tagged + 0 rejected" in done.stdout
    assert "look like GCJ02, not WGS84" in done.stderr
    again = run(store, source, target, "--crs", "gcj02", "--force", language="zh")
    assert again.returncode == 0, again.stderr
    assert "坐标更像" not in again.stderr
    assert set(pyarrow.parquet.read_table(target)["district"].to_pylist()) == {"luxian"}


def test_it_never_overwrites_unasked_and_exits_with_2(store: Path, tmp_path: Path) -> None:
    source = reports(tmp_path / "reports.parquet", 10)
    (tmp_path / "tagged.csv").write_text("mine")
    done = run(store, source, tmp_path / "tagged.csv")
    assert done.returncode == 2
    assert "--force" in done.stderr
    assert (tmp_path / "tagged.csv").read_text() == "mine"


@contextmanager
def at_work(store: Path, source: Path, target: Path, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Give a process that is in the middle of tagging a file."""
    process = subprocess.Popen(
        command(store, source, target, *arguments),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not any(path.stat().st_size for path in target.parent.glob(f".{target.name}.*/{target.stem}*")):
            assert process.poll() is None, "it ended before it was in the middle"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        yield process
    finally:
        process.kill()
        process.communicate()


def hidden(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.name.startswith(".")]


def readers(folder: Path) -> list[str]:
    """Return the processes that read files for somebody, by their command line."""
    listed = subprocess.run(["ps", "-ww", "-eo", "args="], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines() if f"read_worker stream {folder}" in line]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("suffix", [".parquet", ".gpkg", ".csv", ".geojson"])
def test_told_to_stop_it_cleans_up_at_once_and_says_so(
    store: Path, tmp_path: Path, number: signal.Signals, suffix: str
) -> None:
    source = reports(tmp_path / "reports.parquet", 1_000_000)
    target = tmp_path / f"tagged{suffix}"
    target.write_text("of an earlier run")
    with at_work(store, source, target, "--crs", "bd09", "--force") as process:
        os.kill(process.pid, number)
        began = time.monotonic()
        _, said = process.communicate(timeout=60)
        assert time.monotonic() - began < 10
    assert process.returncode == 128 + number
    name = "Ctrl-C" if number is signal.SIGINT else number.name
    assert said == f"✗ Stopped by {name}: {target} was not written, and what was half done is removed\n"
    assert {path.name for path in tmp_path.iterdir()} == {"reports.parquet", target.name}
    assert target.read_text() == "of an earlier run"


def test_told_to_stop_while_another_process_reads_it_ends_both(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    source = reports(tmp_path / "reports.parquet", 600_000)
    assert run(store, source, tmp_path / "reports.gpkg").returncode == 0
    (tmp_path / "out").mkdir()
    with at_work(store, tmp_path / "reports.gpkg", tmp_path / "out/tagged.gpkg", "--prefix", "t_") as process:
        assert len(readers(tmp_path / "temporary")) == 1
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) == 130
    assert readers(tmp_path / "temporary") == []
    assert list((tmp_path / "out").iterdir()) == list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_what_a_killed_run_left_is_removed_by_the_next_and_what_a_living_one_writes_is_not(
    store: Path, tmp_path: Path, suffix: str
) -> None:
    source = reports(tmp_path / "reports.parquet", 1_000_000)
    few = reports(tmp_path / "few.parquet", 10)
    strange = tmp_path / ".tagged.parquet.of-somebody-else.part"
    strange.mkdir()
    with at_work(store, source, tmp_path / f"killed{suffix}") as process:
        process.kill()
        process.wait()
    (left,) = set(hidden(tmp_path)) - {strange}
    with at_work(store, source, tmp_path / f"alive{suffix}") as process:
        assert left not in hidden(tmp_path)
        (held,) = set(hidden(tmp_path)) - {strange}
        os.kill(process.pid, signal.SIGSTOP)  # it lives, however long it is silent
        assert run(store, few, tmp_path / "tagged.csv").returncode == 0
        assert set(hidden(tmp_path)) == {held, strange}
        os.kill(process.pid, signal.SIGCONT)
        assert process.wait(120) == 0
    assert hidden(tmp_path) == [strange]
    assert sorted(path.name for path in tmp_path.iterdir() if path not in (source, few, strange)) == [
        f"alive{suffix}",
        "tagged.csv",
    ]
