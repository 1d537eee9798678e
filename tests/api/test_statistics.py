"""Statistics over HTTP: what they count, in which form, for whom, and that they are never older than the question."""

import csv
import io
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pyarrow
import pytest
import shapely
from openapi_schema_validator import OAS31Validator
from pyarrow import parquet

from api.app import create_app
from api.settings import Settings
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.incidents.statistics import NAMES
from spatial.schema import INCIDENTS
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.table import Table
from tests import small_town
from tests.api.serving import serving
from tests.small_town import FIRST_GRID, IN_FIRST_GRID

GRID_PATH = f"/510521/510521001/510521001001/{FIRST_GRID}"
ELSEWHERE = "/510521/510521002/510521002001/510521002001001"
LONG_AGO = datetime(2020, 3, 2, tzinfo=UTC)  # a Monday, 08:00 in the districts
SPAN = {"from": "2020-03-02", "to": "2020-03-16"}
HOUR = timedelta(hours=1)


def case(code: str, hours: float, path: str | None = GRID_PATH, **more: Any) -> dict[str, Any]:
    """Return an incident that was reported so many hours after the Monday began, and is open where it is not said."""
    reported = LONG_AGO + hours * HOUR
    return {
        "code": code, "district": "luxian", "name": "灯", "kind": "0502", "category": "facilities", "state": "filed",
        "department": "police", "priority": 3, "reported_at": reported, "due_at": reported + 24 * HOUR, "path": path,
        "geometry": shapely.Point(*IN_FIRST_GRID), **more,
    }  # fmt: skip


def closed(code: str, hours: float, took: float, arrived: float | None = None, **more: Any) -> dict[str, Any]:
    reported = LONG_AGO + hours * HOUR
    at = None if arrived is None else reported + arrived * HOUR
    return case(code, hours, state="closed", arrived_at=at, closed_at=reported + took * HOUR, **more)


CASES = (
    closed("S1", 1, 10, 0.5),
    closed("S2", 2, 30, 1.5, category="disputes", department=None),
    closed("S3", 3, 20, path=ELSEWHERE),
    case("S4", 7 * 24 + 4, path="/510521/510521001"),
    closed("S5", 7 * 24 + 5, 1, merged_into="S4", kind="9999"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened, [("incidents", Table.from_rows(CASES))])
    yield opened
    opened.close()


@pytest.fixture
def desk(store: Store) -> Iterator[httpx.Client]:
    with serving(create_app(store, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def asked(client: httpx.Client, **parameters: Any) -> Any:
    answer = client.get("/incidents/statistics", params={**SPAN, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def reported(document: Any) -> dict[str | None, int]:
    return {line["key"]: line["figures"]["reported"] for line in document["groups"]}


def test_the_whole_is_told_with_its_weeks_and_what_is_not_known(desk: httpx.Client) -> None:
    told = asked(desk)
    total = told["total"]
    assert (total["reported"], total["merged"], total["closed"], total["open_now"]) == (5, 1, 3, 1)
    assert (total["response_known"], total["response_unknown"], total["response_median_s"]) == (2, 2, 3600)
    assert (total["closing_median_s"], total["overdue"], total["overdue_of"]) == (20 * 3600, 2, 4)
    assert told["total_before"]["reported"] == 0
    assert told["known_since"] == "2020-03-02"
    assert told["total_before"]["response_median_s"] is None
    assert [(week["code"], week["figures"]["reported"]) for week in told["weeks"]] == [("2020-W10", 3), ("2020-W11", 2)]
    assert told["period"] == {"first_day": "2020-03-02", "last_day": "2020-03-15", "days": 14}
    assert told["period_before"]["first_day"] == "2020-02-17"


def test_an_answer_is_what_its_schema_says(desk: httpx.Client) -> None:
    definition = desk.get("/api").json()
    schema = {"$ref": "#/components/schemas/IncidentStatistics", "components": definition["components"]}
    for by in ("area", "category", "department", "week", "item"):
        OAS31Validator(schema).validate(asked(desk, by=by))


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, {"/510521": 5}),
        ({"district": "luxian"}, {"/510521/510521001": 4, "/510521/510521002": 1}),
        ({"area": "/510521/510521001"}, {"/510521/510521001/510521001001": 3, None: 1}),
        ({"level": "grid"}, {GRID_PATH: 3, ELSEWHERE: 1, None: 1}),
        ({"by": "category"}, {"disputes": 1, "facilities": 4}),
        ({"by": "department"}, {"police": 4, None: 1}),
        ({"by": "item"}, {"0502": 4, "9999": 1}),
        ({"by": "week"}, {"2020-03-02": 3, "2020-03-09": 2}),
        ({"by": "week", "item": "9999"}, {"2020-03-02": 0, "2020-03-09": 1}),
        ({"by": "category", "department": "police", "category": "facilities"}, {"facilities": 4}),
        ({"by": "category", "district": "tongliang"}, {}),
    ],
)
def test_what_is_asked_for_is_counted(
    desk: httpx.Client, parameters: dict[str, str], expected: dict[str | None, int]
) -> None:
    assert reported(asked(desk, **parameters)) == expected


def test_groups_carry_their_names_and_the_area_below_the_chosen_one(desk: httpx.Client) -> None:
    told = asked(desk, area="/510521/510521001")
    assert told["level"] == "community"
    named, none = told["groups"]
    assert (named["name"]["zh"], named["code"], named["district"]) == ("康桥社区", "510521001001", "luxian")
    assert none["name"]["en"] == "In no area of this level"
    assert told["levels"] == ["community", "grid", "compound"]
    assert [(area["level"], area["name"]) for area in told["chain"]] == [("district", "泸县"), ("street", "玉蟾街道")]
    assert asked(desk, by="item")["groups"][1]["name"]["zh"] == "9999"
    assert asked(desk, by="category")["groups"][0]["name"]["en"] == "Disputes"


@pytest.mark.parametrize("accept", ["text/csv", "application/vnd.apache.parquet"])
def test_a_file_holds_the_lines_of_the_answer(desk: httpx.Client, accept: str) -> None:
    told = asked(desk, by="department")
    form = "csv" if accept == "text/csv" else "parquet"
    by_accept = desk.get("/incidents/statistics", params={**SPAN, "by": "department"}, headers={"Accept": accept})
    answer = desk.get("/incidents/statistics", params={**SPAN, "by": "department", "f": form})
    assert by_accept.headers["content-type"] == answer.headers["content-type"]
    assert f"incidents-by-department-2020-03-02-2020-03-15.{form}" in answer.headers["content-disposition"]
    if form == "csv":
        lines: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        read = [{name: None if line[name] == "" else float(line[name]) for name in NAMES} for line in lines]
    else:
        table = parquet.read_table(io.BytesIO(answer.content))
        assert table.schema.field("reported").type == pyarrow.int64()
        lines = table.to_pylist()
        assert lines[0]["first_day"] == date(2020, 3, 2)
        read = [{name: line[name] for name in NAMES} for line in lines]
    assert [line["name"] for line in lines] == [group["name"]["zh"] for group in told["groups"]]
    assert read == [group["figures"] for group in told["groups"]]


def test_what_another_server_writes_is_counted_at_once(desk: httpx.Client, store: Store) -> None:
    assert asked(desk)["total"]["reported"] == 5
    other = open_store(store.url)
    with other.write("other") as tx:
        tx.insert(INCIDENTS.id, Table.from_rows([case("S6", 50)]))
    assert asked(desk)["total"]["reported"] == 6
    with other.write("other") as tx:
        tx.delete(INCIDENTS.id, "luxian", ["S6"])
    assert asked(desk)["total"]["reported"] == 5
    other.close()


def test_without_a_period_twelve_weeks_are_told(desk: httpx.Client) -> None:
    told = desk.get("/incidents/statistics").json()
    assert len(told["weeks"]) == 12
    assert date.fromisoformat(told["period"]["first_day"]).weekday() == 0


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ("by=colour", 400, "area, category, department, week, item"),
        ("level=building", 400, "street"),
        ("from=2020-13-01", 400, "2026-11-01"),
        ("from=0001-01-01", 400, "2026-11-01"),
        ("from=2020-03-02&to=2020-03-02", 400, "later than"),
        ("from=2199-01-01", 400, "still to come"),
        ("item=%3Cb%3E", 400, "0502"),
        ("area=510521", 400, "Write a path"),
        ("area=/510521/none", 404, "no area /510521/none"),
        ("district=nowhere", 404, "luxian"),
        ("week=3", 400, "week"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(desk: httpx.Client, query: str, status: int, says: str) -> None:
    answer = desk.get(f"/incidents/statistics?{query}", headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert says in answer.text


def test_whoever_is_bounded_counts_what_lies_within_alone(store: Store) -> None:
    secret, token = new_token("street", "test", datetime.now(UTC), None, os.urandom)
    with store.write("test") as tx:
        tx.put_account(new_account("street", "", Role.VIEWER, ["/510521/510521002"]))
        tx.put_token(token)
    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
    with serving(create_app(store)) as address, httpx.Client(base_url=address, headers=headers) as client:
        told = asked(client)
        assert told["level"] == "community"
        assert reported(told) == {"/510521/510521002/510521002001": 1}
        assert sum(week["figures"]["reported"] for week in told["weeks"]) == told["total"]["reported"] == 1
        for form in ("csv", "parquet"):
            answer = client.get("/incidents/statistics", params={**SPAN, "f": form, "level": "grid"})
            assert FIRST_GRID.encode() not in answer.content
        told = asked(client, area=ELSEWHERE)
        assert [area["level"] for area in told["chain"]] == ["street", "community", "grid"]
        for beyond in ("area=/510521/510521001", "area=/510521", "district=tongliang"):
            assert client.get(f"/incidents/statistics?{beyond}").status_code == 404
        # what lies beyond looks like what is not there
        there, absent = (
            client.get(f"/incidents/statistics?area=/510521/{code}") for code in ("510521001", "none12345")
        )
        assert there.text.replace("510521001", "none12345") == absent.text
        assert httpx.get(f"{address}/incidents/statistics").status_code == 404
