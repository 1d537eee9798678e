"""Who may see what: every operation, asked by the public and by staff."""

import json

import httpx
import pytest

from api.app import create_app, declared_operations
from api.operations import Operation
from spatial.schema import COLLECTIONS
from spatial.store.protocol import Store
from spatial.vocabulary import Audience
from tests import small_town

OPERATIONS = declared_operations().declared

OPEN = {
    "getLandingPage",
    "getHealth",
    "getSession",
    "signIn",
    "signOut",
    "getConformance",
    "getDefinition",
    "listDistricts",
    "listLayers",
    "locate",
    "locateColumns",
    "search",
    "eventList",
    "listCollections",
    "listTileMatrixSets",
    "getWebMercatorQuad",
    "getStyle",
    "getSymbols",
    "getBaseFile",
    "getBaseTile",
    "getFile",
    "unknownCollection",
    "unknownCollectionBelow",
}
"""The operations that are for everybody and belong to no collection; each has its own tests of what it shows."""

OF_INCIDENTS = {
    "incidents",
    "incidentClusters",
    "incidentStatistics",
    "reportIncident",
    "incident",
    "stepIncident",
    "near",
    "events",
    "operationsMap",
    "responders",
    "setDuty",
    "setPosition",
    "responses",
    "responsesLedger",
    "previewResponse",
    "switchOnResponse",
    "response",
    "switchOffResponse",
    "photos",
    "photo",
    "addPhoto",
}
"""What dispatchers and workers do; tests/api/test_incidents.py asks those that write and the stream."""

OF_A_DEMO = {"getDemo", "setDemo"}
"""How fast a demo plays; tests/api/test_demo_play.py asks them where one does."""

ASKED_ELSEWHERE = OF_A_DEMO | {
    "reportIncident", "stepIncident", "events", "signIn", "setDuty", "setPosition", "photo", "addPhoto",
    "previewResponse", "switchOnResponse", "response", "switchOffResponse",
}  # fmt: skip

OF_A_COLLECTION = (
    "describe{}",
    "list{}",
    "get{}Item",
    "get{}Queryables",
    "list{}Tilesets",
    "get{}Tileset",
    "get{}Tile",
)


def owner_of(operation: Operation) -> str | None:
    """Return the collection that an operation reads, None for one that belongs to none."""
    steps = operation.path.split("/")
    if steps[1] != "collections" or len(steps) < 3 or steps[2].startswith("{"):
        return None
    return "stations" if steps[2] == "circles" else steps[2]


def answer_of(client: httpx.Client, operation: Operation, accept: str = "*/*") -> httpx.Response:
    """Ask an operation in the small town, in its own method."""
    if operation.method == "GET":
        return client.get(address_of(operation), headers={"Accept": accept})
    lon, lat = small_town.IN_FIRST_GRID
    posted = {"locateColumns": {"lon": [lon, 0.0], "lat": [lat, 0.0]}}
    return client.request(operation.method, address_of(operation), json=posted.get(operation.id))


def address_of(operation: Operation) -> str:
    """Return an address that the operation answers in the small town."""
    steps = {"tileMatrix": "0", "tileRow": "0", "tileCol": "0", "theme": "dark", "collection": "nothing", "rest": "x"}
    collection = owner_of(operation)
    codes = {
        "areas": small_town.FIRST_GRID,
        "compounds": f"{small_town.FIRST_GRID}001",
        "buildings": f"{small_town.FIRST_GRID}001001",
        "cameras": "51052100001310000001",
        "stations": "ST001",
        "incidents": "IN0001",
        "roads": "RD001",
        "assets": "L000000",
        "ground": "G001",
    }
    if operation.id in ("incident", "near", "eventList", "photos"):
        return operation.path.format(district="luxian", code="IN0001")
    if operation.id == "operationsMap":
        return operation.path.format(district="luxian", code=small_town.FIRST_GRID)
    path = operation.path.replace("{code}", codes.get(collection or "", ""))
    path = path.replace("{rest:path}", "x").replace("{path:path}", "no-such-file")
    path = path.format(**steps)
    lon, lat = small_town.IN_FIRST_GRID
    asked = {
        "locate": f"?lon={lon}&lat={lat}",
        "search": "?q=康桥",
        "incidentClusters": "?zoom=14&heat=true",
    }
    return path + asked.get(operation.id, "")


def test_every_operation_has_an_audience_that_this_test_knows() -> None:
    of_collections = {name.format(collection.title()) for name in OF_A_COLLECTION for collection in COLLECTIONS}
    of_circles = {"listCirclesTilesets", "getCirclesTileset", "getCirclesTile"}
    assert {operation.id for operation in OPERATIONS} <= OPEN | OF_INCIDENTS | OF_A_DEMO | of_collections | of_circles


def test_the_application_has_no_route_beside_the_operations(town: Store) -> None:
    paths = {getattr(route, "path", None) for route in create_app(town).routes}
    assert paths == {operation.path for operation in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_an_operation_on_a_collection_has_the_audience_of_the_collection(operation: Operation) -> None:
    collection = owner_of(operation)
    expected = Audience.PUBLIC if collection is None else COLLECTIONS[collection].audience
    if operation.id in OF_INCIDENTS | OF_A_DEMO:
        expected = Audience.STAFF
    assert operation.audience is expected


@pytest.mark.parametrize(
    "operation",
    [each for each in OPERATIONS if each.audience is Audience.STAFF and each.id not in ASKED_ELSEWHERE],
    ids=lambda operation: operation.id,
)
def test_what_is_for_staff_looks_to_the_public_as_if_it_were_not_there(
    operation: Operation, public: httpx.Client, staff: httpx.Client
) -> None:
    seen = staff.get(address_of(operation))
    hidden = public.get(address_of(operation))
    absent = public.get(address_of(operation).replace("/cameras", "/nothing"))
    assert seen.status_code in (200, 204)
    assert hidden.status_code == absent.status_code == 404
    assert hidden.json()["type"] == absent.json()["type"]
    assert hidden.json()["remedy"] == absent.json()["remedy"]


@pytest.mark.parametrize(
    "operation",
    [
        each
        for each in OPERATIONS
        if each.audience is Audience.PUBLIC and not each.id.startswith("unknown") and each.id not in ASKED_ELSEWHERE
    ],
    ids=lambda operation: operation.id,
)
def test_nothing_of_cameras_and_duty_holders_is_in_what_the_public_reads(
    operation: Operation, public: httpx.Client
) -> None:
    answer = answer_of(public, operation)
    said = answer.text
    assert answer.status_code < 500
    assert "camera" not in said.lower()
    assert "duty_holders" not in said
    assert "王敏" not in said


def test_the_public_reads_counts_of_people_rounded_to_five(public: httpx.Client, staff: httpx.Client) -> None:
    address = f"/collections/areas/items/{small_town.FIRST_GRID}"
    exact, rounded = staff.get(address).json()["properties"], public.get(address).json()["properties"]
    assert (exact["households"], exact["elderly_alone"]) == (413, 12)
    assert (rounded["households"], rounded["elderly_alone"]) == (415, 10)


def test_staff_may_not_find_in_a_shared_cache_what_is_theirs(staff: httpx.Client) -> None:
    for address in ("/collections/cameras/items", "/collections/areas/items", "/districts"):
        assert staff.get(address).headers["cache-control"].startswith("private")


def test_the_public_does_not_find_cameras_by_code_or_name(public: httpx.Client, staff: httpx.Client) -> None:
    for text in ("51052100001310000001", "大门"):
        assert public.get("/search", params={"q": text}).json()["hits"] == []
        assert staff.get("/search", params={"q": text}).json()["hits"]


def test_looks_at_cameras_and_duty_holders_are_in_the_access_log(own_town: Store) -> None:
    from api.settings import Settings
    from tests.api.serving import serving

    lon, lat = small_town.IN_FIRST_GRID
    with serving(create_app(own_town, Settings(open_demo=True))) as address:
        httpx.get(f"{address}/collections/cameras/items")
        httpx.get(f"{address}/locate", params={"lon": lon, "lat": lat})
        httpx.get(f"{address}/collections/stations/items")
    noted = {(actor, what, district, count) for _, actor, what, district, count in own_town.access_log()}
    assert noted == {("demo", "cameras", "luxian", small_town.CAMERAS), ("demo", "duty_holders", "luxian", 1)}


def test_the_definition_for_the_public_does_not_speak_of_cameras(public: httpx.Client, staff: httpx.Client) -> None:
    assert "Cameras" not in json.dumps(public.get("/api").json())
    assert "/collections/cameras/items" in staff.get("/api").json()["paths"]
