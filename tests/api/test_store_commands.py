"""`gridscape backup`, `restore` and `migrate`, started as a person starts them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from spatial.store import open_store
from tests.contract.sample import areas, stations, with_districts


def _gridscape(*arguments: str | Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from api.commands.main import run; run()", *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "GRIDSCAPE_LANG": language, "COLUMNS": "200"},
    )


@pytest.fixture
def filled(store_url: str) -> str:
    """Return the address of a store with one district, of each kind in turn."""
    store = with_districts(open_store(store_url, create=True))
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29), (106, 30)]))
        tx.publish("luxian", areas(["a", "b"]))
    store.close()
    return store_url


def test_a_store_is_backed_up_restored_and_up_to_date(filled: str, tmp_path: Path) -> None:
    copy, restored = tmp_path / "copies" / "monday.gpkg", tmp_path / "restored.gpkg"
    said = _gridscape("backup", copy, "--store", filled)
    assert (said.returncode, said.stderr) == (0, "")
    assert f"gridscape restore {copy}" in said.stdout
    said = _gridscape("restore", copy, "--store", restored, language="zh")
    assert (said.returncode, said.stderr) == (0, "")
    assert "已恢复 1 个区县" in said.stdout
    said = _gridscape("migrate", "--store", restored)
    assert (said.returncode, "up to date" in said.stdout) == (0, True)
    store, original = open_store(restored), open_store(filled)
    assert store.events() == original.events()
    assert (store.count("stations"), store.count("areas")) == (2, 2)
    store.close()
    original.close()


def test_what_cannot_be_is_said_in_one_line_in_the_readers_language(tmp_path: Path) -> None:
    place, copy = tmp_path / "store.gpkg", tmp_path / "copy.gpkg"
    store = with_districts(open_store(place, create=True))
    list(store.backup(copy))
    store.close()
    before = copy.read_bytes()
    for arguments, language, words in (
        (("backup", copy, "--store", place), "zh", "已存在"),
        (("restore", copy, "--store", place), "en", "not empty"),
        (("restore", tmp_path / "nowhere.gpkg", "--store", tmp_path / "x.gpkg"), "zh", "没有存储文件"),
        (("migrate", "--store", tmp_path / "nowhere.gpkg"), "en", "no store at"),
    ):
        said = _gridscape(*arguments, language=language)
        assert said.returncode == 2
        assert words in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1
    assert copy.read_bytes() == before
    assert not (tmp_path / "x.gpkg").exists()


@pytest.mark.parametrize("command", ["backup", "restore", "migrate"])
def test_the_help_of_each_has_an_example_and_both_languages(command: str) -> None:
    said = _gridscape(command, "--help")
    assert f"Example: gridscape {command}" in said.stdout
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said.stdout)
