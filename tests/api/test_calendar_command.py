"""`gridscape calendar` as a person uses it: show, look at what would change, load; and the notice that one runs out."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from api.app import create_app
from api.commands.main import app
from fixtures.calendar import CALENDAR, CALENDAR_DOCUMENT
from spatial.errors import BadFile, BadInput, NotFound
from spatial.store import open_store
from tests import small_town
from tests.api.serving import serving


@pytest.fixture
def town(tmp_path: Path) -> Path:
    path = tmp_path / "town.gpkg"
    store = open_store(path, create=True)
    small_town.fill(store)
    with store.write("test") as tx:
        tx.put_calendar("luxian", CALENDAR_DOCUMENT)
    store.close()
    return path


def run(*arguments: str, language: str = "en") -> str:
    result = CliRunner().invoke(app, ["--lang", language, *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def in_force(town: Path) -> object:
    store = open_store(town)
    found = store.calendar("luxian")
    store.close()
    return found


def test_it_is_shown_looked_at_and_loaded(town: Path, tmp_path: Path) -> None:
    assert "2026-10-01..2026-10-07" in run("calendar", "show", "luxian", "--store", str(town))
    document = json.loads(run("calendar", "show", "luxian", "--json", "--store", str(town)))
    document["holidays"] += ["2027-01-01", "2027-01-02", "2027-01-03"]
    document["holidays"].remove("2026-09-26")
    document["workdays"].append("2027-01-09")
    document["hours"][0][0] = "09:00"
    (tmp_path / "calendar.json").write_text(json.dumps(document))
    asked = ("calendar", "load", "luxian", str(tmp_path / "calendar.json"), "--store", str(town))
    looked = run(*asked, "--dry-run")
    assert "+ Holidays: 2027-01-01..2027-01-03" in looked
    assert "- Holidays: 2026-09-26" in looked
    assert "+ Days worked instead: 2027-01-09" in looked
    assert 'Hours: [["08:30","12:00"],["14:00","17:30"]] → [["09:00","12:00"],["14:00","17:30"]]' in looked
    assert "Weekdays" not in looked
    assert in_force(town) == CALENDAR
    assert "+ Holidays: 2027-01-01..2027-01-03" in run(*asked)
    store = open_store(town)
    assert not store.calendar("luxian").works(date(2027, 1, 1))
    assert store.calendar("luxian").works(date(2027, 1, 9))
    before = len(store.events())
    assert "no change" in run(*asked)
    assert len(store.events()) == before
    store.close()


def test_what_cannot_be_loaded_is_said_and_changes_nothing(town: Path, tmp_path: Path) -> None:
    for content, error in (("{", BadFile), ("[]", BadFile), ('{"hours": []}', BadInput)):
        (tmp_path / "calendar.json").write_text(content)
        with pytest.raises(error):
            run("calendar", "load", "luxian", str(tmp_path / "calendar.json"), "--store", str(town))
    for command in ("show", "load"):
        with pytest.raises(NotFound):
            run("calendar", command, "nowhere", "--store", str(town))
    assert in_force(town) == CALENDAR


def test_whoever_starts_or_watches_the_server_is_told_that_a_calendar_runs_out(town: Path, tmp_path: Path) -> None:
    told = run("migrate", "--store", str(town))
    assert "lists no day after 2026-10-10" in told
    assert "gridscape calendar load luxian FILE" in told
    assert "只列到 2026-10-10" in run("migrate", "--store", str(town), language="zh")
    reaches = datetime.now(UTC).date() + timedelta(days=60)
    document = {**CALENDAR_DOCUMENT, "holidays": [reaches.isoformat()]}
    (tmp_path / "calendar.json").write_text(json.dumps(document))
    run("calendar", "load", "luxian", str(tmp_path / "calendar.json"), "--store", str(town))
    assert "load luxian FILE" not in run("migrate", "--store", str(town))
    store = open_store(town)
    with serving(create_app(store)) as address:
        known = {each["district"]: each for each in httpx.get(f"{address}/health").json()["calendars"]}
    store.close()
    assert known["luxian"] == {"district": "luxian", "listed_until": reaches.isoformat(), "runs_out": False}
    other = next(each for slug, each in known.items() if slug != "luxian")
    assert (other["listed_until"], other["runs_out"]) == (None, True)
