"""`gridscape tag` as a person meets it: a process that says what it did, and that may be killed at any moment."""

import os
import signal
import subprocess
import time
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("suffix", [".parquet", ".gpkg"])
def test_killed_halfway_it_leaves_nothing_half(
    store: Path, tmp_path: Path, number: signal.Signals, suffix: str
) -> None:
    source = reports(tmp_path / "reports.parquet", 1_000_000)
    process = subprocess.Popen(
        command(store, source, tmp_path / f"tagged{suffix}", "--crs", "bd09"),
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 60
        while not any(path.stat().st_size for path in tmp_path.glob(f".tagged{suffix}.*/tagged*")):
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < deadline
            time.sleep(0.01)
        os.kill(process.pid, number)
        assert process.wait(60) != 0
    finally:
        process.kill()
        process.wait()
    left = {path.name for path in tmp_path.iterdir()}
    # only a kill that no process can hear leaves its hidden folder behind
    hidden = {name for name in left if name.startswith(".")}
    assert left - hidden == {"reports.parquet"}
    assert not hidden or number is signal.SIGKILL
