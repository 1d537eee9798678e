"""What who is bounded by an area reads of collections, tiles, searches and posts: their own, exactly."""

import os
from datetime import UTC, datetime
from typing import Any

import httpx
import mapbox_vector_tile
import pytest

from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.schema import COLLECTIONS
from spatial.store.protocol import Store
from spatial.vocabulary import Audience
from tests import small_town
from tests.api.scope.test_scope import CODES
from tests.api.scope.two_streets import IN_OTHER_GRID, OTHER_CAMERA, OTHER_GRID, OTHER_NOTE, OWN, OWN_NOTE
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, tile_at


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
