"""Role × route × area: whoever is bounded by an area sees nothing of what is for staff beyond it, by any route.

The table below is the test: an operation that it does not list fails, and so does one that answers otherwise.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
import mapbox_vector_tile
import pytest
import shapely

from api.app import create_app, declared_operations
from api.operations import Operation
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.incidents.pictures import picture_of
from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.schema import COLLECTIONS
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import DutyHolder
from spatial.table import Table
from spatial.vocabulary import Audience, Post
from tests import small_town
from tests.api.serving import serving
from tests.api.test_audience import OF_A_COLLECTION, owner_of
from tests.photographs import photo_bytes
from tests.small_town import FIRST_GRID, IN_FIRST_BUILDING, IN_FIRST_GRID, tile_at

OPERATIONS = declared_operations().declared
OWN, OTHER = "/510521/510521001", "/510521/510521002"
OTHER_GRID = "510521002001001"
OTHER_PATH = f"{OTHER}/510521002001/{OTHER_GRID}"
IN_OTHER_GRID = (small_town.WEST + small_town.SIDE / 2 + 0.001, small_town.SOUTH + 0.001)
OWN_CAMERA, OTHER_CAMERA = "51052100001310000001", "51052100001319999999"
OWN_NOTE, OTHER_NOTE = "自家的说明", "别家的说明"
SECRETS = (OTHER_CAMERA, OTHER_NOTE, "赵别家", "secret gate")
"""What stands in the store beyond the area of those who are bounded, and is for staff."""

KEYS = {"Idempotency-Key": "k1", "If-Match": '"99"'}


@dataclass(frozen=True)
class Asked:
    """How an operation is asked in one's own area and in another's, and with which status it answers.

    `everyone`: the public is answered too, with `public`. `tells`: those whom nothing bounds read something of
    SECRETS in the other area's answer, so that its absence means something. `refuses`: roles that are answered 403.
    """

    own: str
    other: str
    status: int = 200
    beyond: int = 200
    public: int = 200
    whole: int | None = None
    tells: bool = False
    body: dict[str, Any] | None = None
    beyond_body: dict[str, Any] | None = None
    picture: bytes | None = None
    refuses: frozenset[Role] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)


def everybody(path: str, other: str | None = None, **more: Any) -> Asked:
    return Asked(path, other or path, **more)


def _at(place: tuple[float, float], zoom: int = 16) -> str:
    return tile_at(place, zoom)


READERS = frozenset({Role.VIEWER, Role.PLANNER})
"""They change nothing of incidents."""

SWITCH_NOTHING = READERS | {Role.WORKER}
"""They switch no graded response."""

(_lon, _lat), (_lon2, _lat2) = IN_FIRST_GRID, IN_OTHER_GRID
_report = {"lon": _lon, "lat": _lat, "kind": "no-such-item"}
_step = {"act": "note", "reason": "x"}

TABLE: dict[str, Asked] = {
    "getLandingPage": everybody("/"),
    "getHealth": everybody("/health"),
    "getConformance": everybody("/conformance"),
    "getDefinition": everybody("/api"),
    "getSession": everybody("/session"),
    "signIn": everybody("/session", body={"login": "x", "password": "y"}, status=401, beyond=401, public=401),
    "signOut": everybody("/session"),
    "getDemo": everybody("/demo", status=404, beyond=404, public=404),
    "setDemo": everybody("/demo", body={"speed": 30, "paused": True}, status=404, beyond=404, public=404),
    "listDistricts": everybody("/districts"),
    "listLayers": everybody("/layers"),
    "locate": everybody(f"/locate?lon={_lon}&lat={_lat}", f"/locate?lon={_lon2}&lat={_lat2}", tells=True),
    "locateColumns": everybody(
        "/locate", body={"lon": [_lon], "lat": [_lat]}, beyond_body={"lon": [_lon2], "lat": [_lat2]}
    ),
    "search": everybody(f"/search?q={OWN_CAMERA}", f"/search?q={OTHER_CAMERA}", tells=True),
    "listCollections": everybody("/collections"),
    "listTileMatrixSets": everybody("/tileMatrixSets"),
    "getWebMercatorQuad": everybody("/tileMatrixSets/WebMercatorQuad"),
    "getStyle": everybody("/styles/dark"),
    "getSymbols": everybody("/styles/dark/symbols.json"),
    "getBaseFile": everybody("/base/tiles.pmtiles", status=404, beyond=404, public=404),
    "getBaseTile": everybody("/base/0/0/0", status=404, beyond=404, public=404),
    "getFile": everybody("/no-such-file", status=404, beyond=404, public=404),
    "unknownCollection": everybody("/collections/nothing", status=404, beyond=404, public=404),
    "unknownCollectionBelow": everybody("/collections/nothing/x", status=404, beyond=404, public=404),
    "incidents": everybody("/incidents", f"/incidents?area={OTHER}", public=404, tells=True),
    "incidentClusters": everybody(
        "/incidents/clusters?zoom=17", f"/incidents/clusters?zoom=17&area={OTHER}", public=404, tells=True
    ),
    "incidentStatistics": Asked("/incidents/statistics", f"/incidents/statistics?area={OTHER}", 200, 404, 404),
    "incident": Asked("/incidents/luxian/IN0001", "/incidents/luxian/IN0099", 200, 404, 404, tells=True),
    "reportIncident": Asked(
        "/incidents", "/incidents", 400, 403, 404, 400,
        body=_report, beyond_body={**_report, "lon": _lon2, "lat": _lat2}, refuses=READERS, headers=KEYS,
    ),
    "near": Asked("/incidents/luxian/IN0001/near", "/incidents/luxian/IN0099/near", 200, 404, 404),
    "operationsMap": Asked(
        f"/operations-map/luxian/{FIRST_GRID}?f=png&dpi=72", f"/operations-map/luxian/{OTHER_GRID}?f=png&dpi=72",
        200, 404, 404,
    ),
    "setDuty": everybody("/duty", body={"on_duty": False, "district": "luxian"}, public=404, refuses=READERS),
    "setPosition": everybody(
        "/position", body={"lon": _lon, "lat": _lat}, status=400, beyond=400, public=404, refuses=READERS
    ),
    "stepIncident": Asked(
        "/incidents/luxian/IN0001/steps", "/incidents/luxian/IN0099/steps", 412, 404, 404, 412,
        body=_step, headers=KEYS,
    ),
    "photos": Asked("/incidents/luxian/IN0098/photos", "/incidents/luxian/IN0099/photos", 200, 404, 404),
    "photo": Asked("/incidents/luxian/IN0098/photos/1", "/incidents/luxian/IN0099/photos/1", 200, 404, 404),
    "responses": Asked("/responses", "/responses", public=404, tells=True),
    "responsesLedger": Asked("/responses/ledger.csv", "/responses/ledger.csv", public=404, tells=True),
    "response": Asked("/responses/luxian/R2026-01", "/responses/luxian/R2026-02", 200, 404, 404, tells=True),
    "previewResponse": Asked(
        "/responses/preview", "/responses/preview", 200, 404, 404,
        body={"district": "luxian", "level": 2, "area": OWN},
        beyond_body={"district": "luxian", "level": 2, "area": OTHER}, refuses=SWITCH_NOTHING, tells=True,
    ),
    "switchOnResponse": Asked(
        "/responses", "/responses", 400, 404, 404, 400,
        body={"district": "luxian", "level": 2, "area": OWN, "reason": " "},
        beyond_body={"district": "luxian", "level": 2, "area": OTHER, "reason": " "},
        refuses=SWITCH_NOTHING, headers=KEYS,
    ),
    "switchOffResponse": Asked(
        "/responses/luxian/R2026-01/end", "/responses/luxian/R2026-02/end", 412, 404, 404, 412,
        body={"report": "x"}, refuses=SWITCH_NOTHING, headers=KEYS,
    ),
    "addPhoto": Asked(
        "/incidents/luxian/IN0098/photos", "/incidents/luxian/IN0099/photos", 400, 404, 404, 400,
        picture=b"no picture", refuses=READERS, headers={**KEYS, "Content-Type": "image/jpeg"},
    ),
    "events": everybody("/events", public=404),
    "eventList": everybody("/districts/luxian/event-list"),
}  # fmt: skip
"""Every operation that belongs to no collection."""

CODES = {
    "areas": (FIRST_GRID, OTHER_GRID),
    "compounds": (f"{FIRST_GRID}001", f"{OTHER_GRID}001"),
    "buildings": (f"{FIRST_GRID}001001", f"{OTHER_GRID}001001"),
    "cameras": (OWN_CAMERA, OTHER_CAMERA),
    "stations": ("ST001", "ST099"),
    "incidents": ("IN0001", "IN0099"),
    "roads": ("RD001", "RD002"),
    "assets": ("A1", "A2"),
    "ground": ("G1", "G2"),
}


PLACES = {
    "compounds": (IN_FIRST_BUILDING, (IN_FIRST_BUILDING[0] + small_town.SIDE / 2, IN_FIRST_BUILDING[1])),
    "buildings": (IN_FIRST_BUILDING, (IN_FIRST_BUILDING[0] + small_town.SIDE / 2, IN_FIRST_BUILDING[1])),
    "roads": (IN_FIRST_GRID, IN_FIRST_GRID),
}
"""Where the tiles of a collection hold something, if not in the corners of the two streets."""

WITH_SECRETS = ("cameras", "incidents")


def of_collection(operation: Operation) -> Asked:
    """Return how an operation on a collection is asked; raises KeyError for one that no rule here speaks of."""
    collection = owner_of(operation)
    assert collection is not None
    identifier = operation.path.split("/")[2]
    rule = operation.id.replace(identifier.title(), "{}")
    if rule not in OF_A_COLLECTION:
        raise KeyError(operation.id)
    for_staff = COLLECTIONS[collection].audience is Audience.STAFF
    public = 404 if for_staff else 200
    if rule == "get{}Item":
        own, other = (f"/collections/{identifier}/items/{code}" for code in CODES[collection])
        return Asked(own, other, 200, 404 if for_staff else 200, public, 200, tells=collection in WITH_SECRETS)
    if rule == "get{}Tile":
        tiles = f"/collections/{identifier}/tiles/WebMercatorQuad/"
        own, other = (tiles + _at(place) for place in PLACES.get(collection, (IN_FIRST_GRID, IN_OTHER_GRID)))
        return Asked(own, other, 200, 204 if for_staff else 200, public, 200, tells=for_staff)
    tells = rule == "list{}" and collection in WITH_SECRETS
    path = operation.path + ("?limit=10000" if rule == "list{}" else "")
    return Asked(path, path, public=public, tells=tells)


def asked_of(operation: Operation) -> Asked:
    """Return how an operation is asked; raises KeyError for one that stands in no table."""
    return TABLE[operation.id] if owner_of(operation) is None else of_collection(operation)


def _more() -> list[tuple[str, Table]]:
    """Return what lies in the other street, and what the small town lacks in the first."""
    there, here = shapely.Point(*IN_OTHER_GRID), shapely.Point(*IN_FIRST_GRID)
    tag = {"district": "luxian", "responsible": OTHER_GRID, "path": OTHER_PATH}
    own = {"district": "luxian", "responsible": FIRST_GRID, "path": f"{OWN}/510521001001/{FIRST_GRID}"}
    square = shapely.box(_lon, _lat, _lon2 + 0.001, _lat2 + 0.001)
    untagged = {"district": "luxian", "name": "n", "name_en": "n"}
    when = {"state": "reported", "priority": 2, "reported_at": small_town.NOW, "kind": "0502", "category": "facilities"}
    return [
        ("cameras", Table.from_rows([
            {"code": OTHER_CAMERA, "name": "别家大门", "name_en": "secret gate", "kind": "131", "state": "online",
             "bearing": 90.0, "field_of_view": 60.0, "range_m": 50.0, "geometry": there, **tag},
        ])),
        ("stations", Table.from_rows([
            {"code": "ST099", "name": "别家站", "name_en": "Other", "kind": "micro", "geometry": there, **tag}])),
        ("incidents", Table.from_rows([
            {"code": "IN0098", "name": "甲", "name_en": "a", "note": OWN_NOTE, "responder": "me", "geometry": here,
             **when, **own},
            {"code": "IN0099", "name": "乙", "name_en": "b", "note": OTHER_NOTE, "responder": "them",
             "geometry": there, **when, **tag},
        ])),
        ("assets", Table.from_rows([
            {"code": "A1", "kind": "light", "geometry": here, **own, "name": "灯", "name_en": "Light"},
            {"code": "A2", "kind": "light", "geometry": there, **tag, "name": "灯", "name_en": "Light"},
        ])),
        ("ground", Table.from_rows([
            {"code": "G1", "kind": "green", "geometry": square, **untagged},
            {"code": "G2", "kind": "green", "geometry": square, **untagged},
        ])),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("scope") / "town.gpkg", create=True)
    small_town.fill(opened, _more())
    with opened.write("test") as tx:
        for path in (OWN, OTHER):
            tx.open_response(
                Response(
                    "luxian", "", ResponseLevel.II, ShapeKind.AREA, small_town.luxian_areas().geometry[0], path,
                    OWN_NOTE if path == OWN else OTHER_NOTE, small_town.NOW, "tester",
                )
            )  # fmt: skip
        for code in ("IN0098", "IN0099"):
            tx.add_photo("luxian", code, picture_of(photo_bytes()), small_town.NOW)
        tx.put_duty_holders([DutyHolder("P9", "luxian", Post.GRID_WORKER.value, OTHER_GRID, OTHER_PATH, "赵别家")])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with serving(create_app(store)) as at:
        yield at


@pytest.fixture(scope="module")
def clients(store: Store, address: str) -> Iterator[dict[tuple[Role, tuple[str, ...]], httpx.Client]]:
    """Somebody in each role, once bounded by the first street and once by nothing."""
    made = {}
    for role in Role:
        for scope in ((OWN,), ()):
            login = f"{role.value}-{len(scope)}"
            secret, token = new_token(login, "test", datetime.now(UTC), None, os.urandom)
            with store.write("test") as tx:
                tx.put_account(new_account(login, "", role, scope, everywhere=not scope))
                tx.put_token(token)
            made[role, scope] = httpx.Client(
                base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60
            )
    yield made
    for client in made.values():
        client.close()


@pytest.fixture(scope="module")
def bounded(clients: dict[tuple[Role, tuple[str, ...]], httpx.Client]) -> httpx.Client:
    return clients[Role.DISPATCHER, (OWN,)]


@pytest.fixture(scope="module")
def whole(clients: dict[tuple[Role, tuple[str, ...]], httpx.Client]) -> httpx.Client:
    return clients[Role.DISPATCHER, ()]


@pytest.fixture(scope="module")
def public(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def ask(client: httpx.Client, operation: Operation, asked: Asked, *, beyond: bool) -> tuple[int, str]:
    """Return the status and the whole text of an answer; of a stream the status alone."""
    body = asked.beyond_body or asked.body if beyond else asked.body
    where = asked.other if beyond else asked.own
    with client.stream(operation.method, where, json=body, content=asked.picture, headers=asked.headers) as answer:
        if answer.headers.get("content-type", "").startswith("text/event-stream"):
            return answer.status_code, ""
        return answer.status_code, answer.read().decode("utf-8", "replace")


def test_the_table_lists_every_operation_and_no_other() -> None:
    for operation in OPERATIONS:
        asked_of(operation)
    assert {operation.id for operation in OPERATIONS if owner_of(operation) is None} == set(TABLE)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.id)
def test_role_by_route_by_area(
    operation: Operation,
    clients: dict[tuple[Role, tuple[str, ...]], httpx.Client],
    public: httpx.Client,
) -> None:
    asked = asked_of(operation)
    for beyond in (False, True):
        status, text = ask(public, operation, asked, beyond=beyond)
        assert status == asked.public, "the public"
        assert not [secret for secret in SECRETS if secret in _beside_what_was_asked(text, asked)]
    for (role, scope), client in clients.items():
        if operation.id == "signIn" and (role is not Role.VIEWER or not scope):
            continue  # who signs in is nobody yet; more of them are slowed down
        status, text = ask(client, operation, asked, beyond=False)
        refused = role in asked.refuses
        assert status == (403 if refused else asked.status), f"{role} in their own area"
        if scope:
            assert not [secret for secret in SECRETS if secret in text], f"{role} in their own area"
        status, text = ask(client, operation, asked, beyond=True)
        said = _beside_what_was_asked(text, asked)
        found = [secret for secret in SECRETS if secret in said]
        if scope:
            assert status == (403 if refused else asked.beyond), f"{role} beyond their area"
            assert not found, f"{role} beyond their area"
        else:
            assert status == (403 if refused else asked.whole or asked.status), f"{role} whom nothing bounds"
            assert bool(found) is (asked.tells and not refused), f"{role} whom nothing bounds"


def _beside_what_was_asked(text: str, asked: Asked) -> str:
    """Return an answer without the code that the question named itself."""
    return text.replace(OTHER_CAMERA, "") if OTHER_CAMERA in asked.other and '"status":404' in text else text


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.audience is Audience.STAFF], ids=lambda operation: operation.id
)
def test_a_wrong_token_opens_nothing(operation: Operation, address: str) -> None:
    asked = asked_of(operation)
    with httpx.Client(base_url=address, headers={"Authorization": "Bearer wrong"}) as client:
        assert ask(client, operation, asked, beyond=False)[0] == 401


@pytest.mark.parametrize(
    "collection", [name for name, known in COLLECTIONS.items() if known.audience is Audience.STAFF]
)
def test_what_lies_beyond_looks_like_what_is_not_there(collection: str, bounded: httpx.Client) -> None:
    other = bounded.get(f"/collections/{collection}/items/{CODES[collection][1]}")
    absent = bounded.get(f"/collections/{collection}/items/none")
    assert other.status_code == absent.status_code == 404
    assert other.text.replace(CODES[collection][1], "none") == absent.text


def properties_of(client: httpx.Client, address: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each["properties"] for each in client.get(address).json()["features"]}


def test_a_page_is_exact_within_and_as_for_the_public_beyond(
    bounded: httpx.Client, whole: httpx.Client, public: httpx.Client
) -> None:
    address = "/collections/areas/items?level=grid&district=luxian"
    mixed, exact, rounded = (properties_of(client, address) for client in (bounded, whole, public))
    assert len(mixed) == small_town.GRIDS
    for code, properties in mixed.items():
        assert properties == (exact if code.startswith("510521001") else rounded)[code]
    assert (mixed[FIRST_GRID]["households"], mixed[OTHER_GRID]["households"]) == (413, 415)
    item = bounded.get(f"/collections/areas/items/{OTHER_GRID}").json()["properties"]
    assert item["households"] == 415


def test_notes_of_incidents_are_told_within_alone(bounded: httpx.Client, whole: httpx.Client) -> None:
    told = properties_of(bounded, "/collections/incidents/items")
    assert told["IN0098"]["note"] == OWN_NOTE
    assert "note" not in told["IN0099"]
    assert properties_of(whole, "/collections/incidents/items")["IN0099"]["note"] == OTHER_NOTE


def test_nobody_finds_out_by_asking_for_it(bounded: httpx.Client, whole: httpx.Client, public: httpx.Client) -> None:
    address = "/collections/incidents/items?responder="
    assert set(properties_of(bounded, address + "me")) == {"IN0098"}
    assert properties_of(bounded, address + "them") == {}
    assert bounded.get(address + "them").json()["numberMatched"] == 0
    assert set(properties_of(whole, address + "them")) == {"IN0099"}
    assert public.get(address + "them").status_code == 400
    assert "responder" not in public.get("/collections/incidents/queryables").json()["properties"]


def test_counts_extents_and_searches_end_at_the_border(bounded: httpx.Client, whole: httpx.Client) -> None:
    address = "/collections/cameras"
    assert bounded.get(f"{address}/items?limit=1").json()["numberMatched"] == small_town.CAMERAS
    assert whole.get(f"{address}/items?limit=1").json()["numberMatched"] == small_town.CAMERAS + 1
    east = [client.get(address).json()["extent"]["spatial"]["bbox"][0][2] for client in (bounded, whole)]
    assert east[0] < IN_OTHER_GRID[0] <= east[1] + 1e-9
    for text, found in (("大门", {False}), ("gate", {False})):
        codes = {hit["code"] for hit in bounded.get("/search", params={"q": text}).json()["hits"]}
        assert {code == OTHER_CAMERA for code in codes} == found
    assert bounded.get("/search", params={"q": "别家站"}).json()["hits"]  # stations are for everybody

    def cameras(client: httpx.Client) -> int:
        layers = client.get("/layers?district=luxian").json()["layers"]
        return sum(int(layer["count"]) for layer in layers if layer["id"] == "cameras")

    assert (cameras(bounded), cameras(whole)) == (small_town.CAMERAS, small_town.CAMERAS + 1)


def camera_points(client: httpx.Client, zoom: int) -> int:
    """Return how many cameras the tile of a zoom that holds both streets speaks of, gathered ones counted."""
    answer = client.get(f"/collections/cameras/tiles/WebMercatorQuad/{tile_at(IN_FIRST_GRID, zoom)}")
    layer = mapbox_vector_tile.decode(answer.content).get("cameras", {"features": []})
    return sum(int(each["properties"].get("count", 1)) for each in layer["features"])


def test_tiles_of_what_is_for_staff_hold_what_lies_within_alone(bounded: httpx.Client, whole: httpx.Client) -> None:
    for _ in range(2):  # the second time from memory, which they do not share
        assert camera_points(whole, 8) == small_town.CAMERAS + 1
        assert camera_points(bounded, 8) == small_town.CAMERAS


def test_tiles_of_what_is_for_everybody_are_everybodys(
    bounded: httpx.Client, whole: httpx.Client, public: httpx.Client
) -> None:
    address = f"/collections/areas/tiles/WebMercatorQuad/{tile_at(small_town.IN_FIRST_BUILDING, 16)}"
    assert bounded.get(address).content == public.get(address).content != whole.get(address).content
    assert bounded.get(address).headers["cache-control"].startswith("private")


def test_addresses_of_tiles_are_others_where_the_tiles_are(
    bounded: httpx.Client, whole: httpx.Client, public: httpx.Client
) -> None:
    def stamp(client: httpx.Client, collection: str) -> str:
        said = client.get(f"/collections/{collection}/tiles/WebMercatorQuad?f=tilejson").json()["tiles"][0]
        return str(said).rpartition("v=")[2]

    assert stamp(bounded, "cameras") != stamp(whole, "cameras")
    assert stamp(bounded, "areas") == stamp(public, "areas") != stamp(whole, "areas")
    sources = bounded.get("/styles/dark").json()["sources"]
    assert f"v={stamp(bounded, 'cameras')}" in str(sources)


def test_what_one_holds_is_not_what_another_may_keep(bounded: httpx.Client, whole: httpx.Client) -> None:
    for address in ("/collections/cameras/items", "/collections/areas/items", "/layers", "/collections/cameras"):
        held = whole.get(address).headers["etag"]
        assert whole.get(address, headers={"If-None-Match": held}).status_code == 304
        assert bounded.get(address, headers={"If-None-Match": held}).status_code == 200


def test_posts_are_named_within_alone(bounded: httpx.Client, whole: httpx.Client, public: httpx.Client) -> None:
    def owners(client: httpx.Client, place: tuple[float, float]) -> dict[str, Any]:
        told = client.get("/locate", params={"lon": place[0], "lat": place[1]}).json()["trees"][0]
        return {"reason": told["reason"]["zh"], **{each["level"]: each for each in told["owners"]}}

    inside = owners(bounded, IN_FIRST_GRID)
    assert [each["holder"] for each in inside["grid"]["duty_holders"]] == ["王敏"]
    assert "王敏" in inside["reason"]
    assert "duty_holders" not in inside["district"]
    beyond = owners(bounded, IN_OTHER_GRID)
    assert beyond == owners(public, IN_OTHER_GRID)
    assert "赵别家" in owners(whole, IN_OTHER_GRID)["reason"]


def test_a_holder_above_the_area_is_not_named(store: Store, address: str) -> None:
    path = f"{OWN}/510521001001/{small_town.VACANT_GRID}"
    secret, token = new_token("grid-worker", "test", datetime.now(UTC), None, os.urandom)
    with store.write("test") as tx:
        tx.put_account(new_account("grid-worker", "", Role.WORKER, [path]))
        tx.put_token(token)
    lon, lat = small_town.IN_VACANT_GRID
    said = httpx.get(
        f"{address}/locate", params={"lon": lon, "lat": lat}, headers={"Authorization": f"Bearer {secret}"}
    ).text
    assert "duty_holders" in said
    assert "李强" not in said  # of the community above


def test_a_path_that_only_begins_alike_is_another_area(store: Store, address: str) -> None:
    secret, token = new_token("almost", "test", datetime.now(UTC), None, os.urandom)
    with store.write("test") as tx:
        tx.put_account(new_account("almost", "", Role.VIEWER, ["/510521/51052100"]))
        tx.put_token(token)
    headers = {"Authorization": f"Bearer {secret}"}
    assert httpx.get(f"{address}/collections/cameras/items", headers=headers).json()["numberMatched"] == 0
