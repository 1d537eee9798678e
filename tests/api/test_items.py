"""Features of collections: pages, boxes, times, filters and single ones."""

import httpx
import pytest

from api.parameters import LIMIT_DEFAULT
from spatial.schema import COLLECTIONS
from spatial.store.protocol import Store
from tests import small_town
from tests.api.conftest import LIGHTS


def pages(client: httpx.Client, address: str) -> list[dict]:
    """Follow the links `next` from an address and return the pages."""
    read = []
    following: str | None = address
    while following is not None:
        page = client.get(following).json()
        read.append(page)
        following = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return read


def codes(page: dict) -> list[str]:
    """Return the codes of the features of a page."""
    return [feature["id"] for feature in page["features"]]


@pytest.mark.parametrize("limit", [1000, 700, 2499, 2500, 10_000])
def test_following_next_reads_every_feature_once(limit: int, public: httpx.Client) -> None:
    read = pages(public, f"/collections/assets/items?limit={limit}")
    every = [code for page in read for code in codes(page)]
    assert every == [f"L{number:06d}" for number in range(LIGHTS)]
    assert {page["numberMatched"] for page in read} == {LIGHTS}
    assert all(page["numberReturned"] == len(page["features"]) <= limit for page in read)


def test_without_a_limit_a_page_holds_a_thousand(public: httpx.Client) -> None:
    assert public.get("/collections/assets/items").json()["numberReturned"] == LIMIT_DEFAULT


def test_the_link_next_keeps_the_filters(public: httpx.Client) -> None:
    read = pages(public, "/collections/areas/items?level=building&district=luxian&limit=10")
    assert len([code for page in read for code in codes(page)]) == small_town.BUILDINGS
    assert len(read) == 3


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_every_feature_has_the_four_columns_of_its_identity(collection: str, staff: httpx.Client) -> None:
    page = staff.get(f"/collections/{collection}/items").json()
    assert page["type"] == "FeatureCollection"
    for feature in page["features"]:
        assert {"code", "district", "name", "name_en"} <= set(feature["properties"])
        assert feature["id"] == feature["properties"]["code"]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("areas/items?level=grid", small_town.GRIDS + 1),
        ("areas/items?level=grid&district=luxian", small_town.GRIDS),
        ("areas/items?level=grid&level=street", small_town.GRIDS + small_town.STREETS + 2),
        (f"areas/items?tree={small_town.LEGACY}", 1),
        ("areas/items?code=510521", 1),
        ("areas/items?name=泸县", 1),
        ("areas/items?name_en=Luxian", 1),
        ("areas/items?kind=three_no", small_town.COMPOUNDS),
        ("areas/items?model=true", small_town.STREETS),
        ("compounds/items", small_town.COMPOUNDS),
        ("buildings/items", small_town.BUILDINGS),
        ("cameras/items?state=offline", 1),
        ("stations/items?kind=micro&kind=registration", 2),
        ("incidents/items?state=closed", 2),
        ("incidents/items?priority=1", 1),
        ("incidents/items?dispute=true", 1),
        ("roads/items?drivable=true", small_town.ROADS),
        ("roads/items?drivable=false", 0),
        ("assets/items?kind=light&limit=1", LIGHTS),
        ("areas/items?name=%27%20OR%201=1--", 0),
    ],
)
def test_columns_filter(asked: str, count: int, staff: httpx.Client) -> None:
    assert staff.get(f"/collections/{asked}").json()["numberMatched"] == count


@pytest.mark.parametrize("collection", sorted(COLLECTIONS))
def test_every_filterable_column_is_a_parameter(collection: str, staff: httpx.Client) -> None:
    samples = {"integer": "1", "boolean": "true", "text": "x", "real": "1.5"}
    for column in COLLECTIONS[collection].columns:
        if not column.filterable:
            continue
        value = next(iter(column.words)).value if column.words else samples[column.holds.value]
        answer = staff.get(f"/collections/{collection}/items", params={column.name: value})
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    ("box", "count"),
    [
        ("105.3365,29.1115,105.3370,29.1120", small_town.CAMERAS - small_town.CAMERAS),
        ("105.33705,29.1119,105.33725,29.1121", 2),
        ("105,29,106,30", small_town.CAMERAS),
        ("105,29,0,106,30,9", small_town.CAMERAS),
        ("105,29,-170,30", small_town.CAMERAS),
        ("170,29,-170,30", 0),
        ("-180,-90,180,90", small_town.CAMERAS),
    ],
)
def test_a_box_restricts_and_may_cross_the_antimeridian(box: str, count: int, staff: httpx.Client) -> None:
    assert staff.get(f"/collections/cameras/items?bbox={box}").json()["numberMatched"] == count


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("2026-11-13T01:31:00Z", 1),
        ("2026-11-13T09:31:00+08:00", 1),
        ("2026-11-13", 1),
        ("2026-11-03T01:31:00Z/..", 2),
        ("2026-11-03T01:31:01Z/..", 1),
        ("../2026-11-03T01:31:00Z", 3),
        ("/2026-11-03T01:31:00Z", 3),
        ("2026-10-14/2026-11-03", 3),
        ("2027-01-01/..", 0),
    ],
)
def test_an_instant_or_interval_restricts_what_has_a_time(when: str, count: int, public: httpx.Client) -> None:
    answer = public.get("/collections/incidents/items", params={"datetime": when})
    assert answer.json()["numberMatched"] == count


def test_a_time_does_not_restrict_what_has_none(public: httpx.Client) -> None:
    answer = public.get("/collections/stations/items", params={"datetime": "1999-01-01"})
    assert answer.json()["numberMatched"] == small_town.STATIONS


def test_one_feature_is_read_by_its_code(public: httpx.Client) -> None:
    answer = public.get(f"/collections/areas/items/{small_town.FIRST_GRID}")
    feature = answer.json()
    assert answer.headers["content-type"] == "application/geo+json"
    assert feature["id"] == small_town.FIRST_GRID
    assert feature["properties"]["level"] == "grid"
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert {link["rel"] for link in feature["links"]} == {"self", "collection"}


def test_an_area_of_another_tree_is_found_by_its_code(public: httpx.Client) -> None:
    assert public.get("/collections/areas/items/public_order-001").json()["properties"]["tree"] == small_town.LEGACY


def test_a_code_that_two_districts_have_needs_the_district(own_town: Store) -> None:
    from api.app import create_app
    from tests.api.serving import serving

    with own_town.write("test") as transaction:
        transaction.insert("stations", small_town.features("tongliang")["stations"])
    with serving(create_app(own_town)) as address:
        both = httpx.get(f"{address}/collections/stations/items/ST001", headers={"Accept-Language": "en"})
        one = httpx.get(f"{address}/collections/stations/items/ST001?district=tongliang")
    assert both.status_code == 400
    assert "?district=" in both.json()["remedy"]
    assert one.json()["properties"]["district"] == "tongliang"


def test_queryables_are_the_filterable_columns(public: httpx.Client) -> None:
    answer = public.get("/collections/stations/queryables")
    named = set(answer.json()["properties"]) - {"geometry"}
    assert answer.headers["content-type"] == "application/schema+json"
    assert named == {column.name for column in COLLECTIONS["stations"].columns if column.filterable}


def test_times_are_written_in_utc(public: httpx.Client) -> None:
    feature = public.get("/collections/incidents/items/IN0001").json()
    assert feature["properties"]["reported_at"] == "2026-11-13T01:31:00Z"
