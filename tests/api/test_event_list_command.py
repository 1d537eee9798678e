"""`gridscape event-list` as a person uses it: show, change, load."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.commands.main import app
from fixtures.event_list import EVENT_LIST
from spatial.errors import BadFile, BadInput, NotFound
from spatial.store import open_store
from tests import small_town
from tests.contract.sample import with_districts


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    store.close()
    return path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["--lang", "en", "event-list", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_is_shown_changed_and_loaded_and_the_old_one_stays(town: Path, tmp_path: Path) -> None:
    assert "63 items" in run("show", "luxian", "--store", str(town))
    document = json.loads(run("show", "luxian", "--json", "--store", str(town)))
    document["version"] = "2027-1"
    document["items"] = document["items"][:5]
    (tmp_path / "list.json").write_text(json.dumps(document))
    said = run("load", "luxian", str(tmp_path / "list.json"), "--store", str(town))
    assert "version 2027-1, 5 items" in said
    store = open_store(town)
    found = store.event_list("luxian")
    assert found is not None
    assert len(found.items) == 5
    assert store.event_list("luxian", EVENT_LIST.version) == EVENT_LIST
    store.close()


def test_what_cannot_be_loaded_is_said_and_changes_nothing(town: Path, tmp_path: Path) -> None:
    for content, error in (("{", BadFile), ("[]", BadFile), ('{"version": "x"}', BadInput)):
        (tmp_path / "list.json").write_text(content)
        with pytest.raises(error):
            run("load", "luxian", str(tmp_path / "list.json"), "--store", str(town))
    with pytest.raises(BadFile):
        run("load", "luxian", str(tmp_path / "nothing.json"), "--store", str(town))
    with pytest.raises(NotFound):
        run("show", "tongliang", "--store", str(town))
    assert "63 items" in run("show", "luxian", "--store", str(town))


def test_the_list_that_comes_along_is_loaded_where_none_is_named_and_a_district_without_one_is_told_of(
    tmp_path: Path,
) -> None:
    path = tmp_path / "bare.gpkg"
    with_districts(open_store(path, create=True)).close()
    told = CliRunner().invoke(app, ["--lang", "en", "migrate", "--store", str(path)], catch_exceptions=False)
    assert "run gridscape event-list load luxian" in told.output
    assert "63 items" in run("load", "luxian", "--store", str(path))
    told = CliRunner().invoke(app, ["--lang", "en", "migrate", "--store", str(path)], catch_exceptions=False)
    assert "event-list load luxian" not in told.output
    with pytest.raises(NotFound):
        run("load", "nowhere", "--store", str(path))
