"""`gridscape import`, started as a person starts it, on files in which nothing is right."""

import csv
import os
import subprocess
from pathlib import Path

import pytest

from spatial.store import open_store
from tests import small_town
from tests.server import COMMAND, ROOT

CAMERAS = """code,name,lon,lat
5105210000131000001,a digit short,105.376,29.151
51052100001310000012,twice,105.376,29.151
51052100001310000012,twice,105.377,29.151
51052100001310000013,nowhere,NaN,29.15
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    store.close()
    return path


def imported(file: Path, town: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "import", str(file), "--as", "cameras", "--district", "luxian", "--store", str(town), *more],
        cwd=ROOT,
        env={**os.environ, "GRIDSCAPE_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_where_no_row_goes_in_each_has_its_reason_in_the_rejects_and_the_store_is_as_it_was(
    tmp_path: Path, town: Path
) -> None:
    file = tmp_path / "cameras.csv"
    file.write_text(CAMERAS, encoding="utf-8")
    said = imported(file, town)
    assert said.returncode == 2
    assert "None of 4 rows can go in; row 1: A camera id has 20 digits" in said.stderr
    with (tmp_path / "cameras.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as rejects:
        rows = list(csv.DictReader(rejects))
    assert [(row["row"], row["line"]) for row in rows] == [("1", "2"), ("2", "3"), ("3", "4"), ("4", "5")]
    assert "19 characters" in rows[0]["reason_en"]
    assert "rows 2, 3" in rows[1]["reason_en"]
    assert "not finite" in rows[3]["reason_en"]
    store = open_store(town)
    assert store.count("cameras") == small_town.CAMERAS
    store.close()


def test_a_dry_run_of_such_a_file_leaves_no_file_behind(tmp_path: Path, town: Path) -> None:
    file = tmp_path / "cameras.csv"
    file.write_text(CAMERAS, encoding="utf-8")
    assert imported(file, town, "--dry-run").returncode == 2
    assert not (tmp_path / "cameras.csv.rejected.csv").exists()
