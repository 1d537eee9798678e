"""Role × route × area: whoever is bounded by an area sees nothing of what is for staff beyond it, by any route.

The table below is the test: an operation that it does not list fails, and so does one that answers otherwise.
"""

from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from starlette.routing import Route

from api.app import create_app, declared_operations
from api.operations import Operation
from spatial.governance import Role
from spatial.schema import COLLECTIONS
from spatial.store.protocol import Store
from spatial.vocabulary import Audience
from tests import small_town
from tests.api.scope.two_streets import IN_OTHER_GRID, OTHER, OTHER_CAMERA, OTHER_GRID, OWN, OWN_CAMERA, SECRETS
from tests.api.test_audience import OF_A_COLLECTION, owner_of
from tests.small_town import FIRST_GRID, IN_FIRST_BUILDING, IN_FIRST_GRID, tile_at

OPERATIONS = declared_operations().declared
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
    "near": Asked("/incidents/luxian/IN0001/near", "/incidents/luxian/IN0099/near", 200, 404, 404, tells=True),
    "operationsMap": Asked(
        f"/operations-map/luxian/{FIRST_GRID}?f=png&dpi=72", f"/operations-map/luxian/{OTHER_GRID}?f=png&dpi=72",
        200, 404, 404,
    ),
    "responders": Asked("/responders", f"/responders?area={OTHER}", 200, 404, 404, tells=True),
    "setDuty": everybody("/duty", body={"on_duty": False, "district": "luxian"}, public=404, refuses=READERS),
    "setPosition": everybody(
        "/position", body={"lon": _lon, "lat": _lat}, status=400, beyond=400, public=404, refuses=READERS
    ),
    "stepIncident": Asked(
        "/incidents/luxian/IN0001/steps", "/incidents/luxian/IN0099/steps", 412, 404, 404, 412,
        body=_step, refuses=READERS, headers=KEYS,
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


def test_the_application_has_no_route_beside_the_declared_operations(town: Store) -> None:
    app = create_app(town)
    bound = [(route.path, route.methods) if isinstance(route, Route) else route for route in app.routes]
    assert bound == [(each.path, {"GET", "HEAD"} if each.method == "GET" else {each.method}) for each in OPERATIONS]


def test_whatever_staff_may_change_names_the_roles_that_may() -> None:
    changes = {each.id for each in OPERATIONS if each.changes and each.audience is Audience.STAFF}
    assert {each.id for each in OPERATIONS if each.roles is not None} == changes


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
