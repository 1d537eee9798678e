"""`gridscape stats` counts what is there."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.main import app
from api.commands.stats import kind_name
from fixtures.count import KINDS
from fixtures.load import write
from fixtures.town import SEED
from spatial.store import open_store
from tests.districts import content


@pytest.fixture(scope="module")
def luxian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stats") / "luxian.gpkg"
    store = open_store(path, create=True)
    write(store, content("luxian"), SEED)
    store.close()
    return path


def stats(path: Path, *arguments: str) -> str:
    answer = CliRunner().invoke(app, ["stats", "--store", str(path), *arguments], env={"COLUMNS": "120"})
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def row_of(table: str, words: str) -> str:
    return next(line for line in table.splitlines() if words in line)


def test_the_table_shows_figures_beside_the_counts(luxian: Path) -> None:
    line = row_of(stats(luxian), "Camera sites")
    assert "346" in line
    assert "exact" in line
    assert "✓" in line


def test_one_camera_less_is_counted_as_345_and_marked(luxian: Path) -> None:
    store = open_store(luxian)
    code = store.read("cameras")["code"][0]
    with store.write("test") as transaction:
        assert transaction.delete("cameras", "luxian", [code]) == 1
    store.close()
    assert json.loads(stats(luxian, "--json"))["luxian"]["camera"] == 345
    line = row_of(stats(luxian), "Camera sites")
    assert "345" in line
    assert "346" in line
    assert "✗" in line


def test_the_json_has_every_kind_as_a_number(luxian: Path) -> None:
    counted = json.loads(stats(luxian, "--json"))
    assert list(counted) == ["luxian"]
    assert list(counted["luxian"]) == list(KINDS)
    assert counted["luxian"]["area.grid"] == 17
    assert counted["luxian"]["duty.unit_leader"] == 384


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_is_counted_has_a_name_in_both_languages(kind: str) -> None:
    assert kind_name(kind).zh
    assert kind_name(kind).en
