"""`gridscape demo` makes districts, once, and leaves no half-made file behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.main import app
from fixtures.load import Step, load
from fixtures.town import SEED
from spatial.errors import NotFound
from spatial.levels import MAIN_TREE
from spatial.store import open_store
from tests.districts import content

ROOT = Path(__file__).resolve().parents[2]


def demo(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["demo", "--store", str(path), *arguments], env={"GRIDSCAPE_LANG": "en"})


def test_a_district_is_made_once_and_again_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "data" / "new.gpkg"
    first = demo(path, "--district", "luxian")
    assert first.exit_code == 0, first.output
    assert "synthetic" in first.output
    assert [one.name for one in path.parent.iterdir()] == ["new.gpkg"]
    store = open_store(path)
    revision = store.revision("cameras")
    assert store.count("cameras") == 346
    assert "nothing was changed" in demo(path, "--district", "luxian").output
    assert store.revision("cameras") == revision
    assert demo(path, "--district", "luxian", "--again").exit_code == 0
    assert store.revision("cameras") > revision
    assert store.count("cameras") == 346
    store.close()


def test_what_is_written_is_what_was_generated(tmp_path: Path) -> None:
    store = open_store(tmp_path / "luxian.gpkg", create=True)
    steps: list[tuple[str, Step]] = []
    load(store, ["luxian"], progress=lambda slug, step: steps.append((slug, step)), processes=1)
    generated = content("luxian")
    assert steps == [("luxian", Step.GENERATING), ("luxian", Step.WRITING), ("luxian", Step.WRITTEN)]
    assert store.count("areas") == len(generated.trees[MAIN_TREE])
    for collection, rows in generated.features.items():
        assert store.count(collection) == len(rows)
    assert len(store.duty_holders("luxian")) == len(generated.duty_holders)
    assert f"seed {SEED}" in store.editions("luxian")[0].note
    store.close()


def test_an_unknown_district_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    store = open_store(tmp_path / "empty.gpkg", create=True)
    with pytest.raises(NotFound):
        load(store, ["luxian", "atlantis"])
    assert store.districts() == []
    store.close()


def test_the_command_names_the_districts_when_it_is_asked_for_another(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from api.commands.main import run; run()", "demo", "--district", "atlantis"]
    environment = {**os.environ, "GRIDSCAPE_LANG": "en", "PYTHONPATH": str(ROOT)}
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "luxian, qibin, gusu, tongliang, liujiang" in answer.stderr
    assert not list(tmp_path.iterdir())
