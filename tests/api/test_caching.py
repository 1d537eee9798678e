"""What may be kept, for how long, and how it is compressed."""

import gzip

import brotli
import httpx
import pytest

from api.app import create_app
from api.compression import Coding, accepted
from api.settings import Settings
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving

PAGE = "/collections/assets/items?limit=200"
TILE = f"/collections/areas/tiles/WebMercatorQuad/{small_town.tile_at(small_town.CENTRE, 12)}"


def stamped(client: httpx.Client, collection: str) -> str:
    """Return the address of tile 0/0/0 of a collection as its TileJSON gives it, with today's stamp."""
    described = client.get(f"/collections/{collection}/tiles/WebMercatorQuad?f=tilejson").json()
    return described["tiles"][0].format(z=0, x=0, y=0)


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        "/districts",
        "/layers",
        "/collections",
        "/collections/areas",
        "/collections/areas/queryables",
        f"/collections/areas/items/{small_town.FIRST_GRID}",
        "/styles/dark",
        "/styles/light/symbols.json",
        "/api",
        "/tileMatrixSets/WebMercatorQuad",
        TILE,
    ],
)
def test_what_the_caller_holds_is_not_sent_again(address: str, public: httpx.Client) -> None:
    first = public.get(address)
    again = public.get(address, headers={"If-None-Match": first.headers["etag"]})
    listed = public.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    other = public.get(address, headers={"If-None-Match": '"other"'})
    assert (first.status_code, again.status_code, listed.status_code, other.status_code) == (200, 304, 304, 200)
    assert again.content == b""
    assert again.headers["etag"] == first.headers["etag"]


def test_a_page_is_sent_again_once_a_row_has_changed(own_town: Store) -> None:
    with serving(create_app(own_town, Settings(refresh_s=0))) as address, httpx.Client(base_url=address) as client:
        first = client.get("/collections/stations/items")
        with own_town.write("test") as transaction:
            transaction.update("stations", "luxian", "ST001", {"name": "新名"})
        second = client.get("/collections/stations/items", headers={"If-None-Match": first.headers["etag"]})
    assert second.status_code == 200
    assert "新名" in second.text


def test_tiles_of_areas_under_their_edition_may_be_kept_for_a_year(public: httpx.Client, staff: httpx.Client) -> None:
    assert public.get(stamped(public, "areas")).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert staff.get(stamped(staff, "areas")).headers["cache-control"] == "private, max-age=31536000, immutable"


@pytest.mark.parametrize("version", ["", "?v=1", "?v=0000000000000000"])
def test_tiles_under_another_version_are_asked_for_anew(version: str, public: httpx.Client) -> None:
    answer = public.get(f"/collections/areas/tiles/WebMercatorQuad/0/0/0{version}")
    assert answer.headers["cache-control"] == "public, no-cache"


def test_tiles_of_incidents_are_always_asked_for_anew(public: httpx.Client) -> None:
    assert public.get(stamped(public, "incidents")).headers["cache-control"] == "public, no-cache"


def test_staff_and_public_have_different_addresses_for_tiles(public: httpx.Client, staff: httpx.Client) -> None:
    assert stamped(public, "areas").split("?")[1] != stamped(staff, "areas").split("?")[1]


def test_a_new_edition_gives_tiles_of_areas_new_addresses_and_leaves_the_others(own_town: Store) -> None:
    with serving(create_app(own_town, Settings(refresh_s=0))) as address, httpx.Client(base_url=address) as client:
        before = {name: stamped(client, name) for name in ("areas", "stations", "roads")}
        with own_town.write("test") as transaction:
            areas = small_town.luxian_areas()
            names = list(areas["name"])
            names[0] = "新泸县"
            transaction.publish("luxian", areas.with_columns(name=names))
        after = {name: stamped(client, name) for name in before}
        tile = client.get(after["areas"])
    assert before["areas"] != after["areas"]
    assert before["roads"] == after["roads"]
    assert "新泸县".encode() in tile.content


@pytest.mark.parametrize("address", [PAGE, TILE, "/styles/dark"])
@pytest.mark.parametrize(("coding", "undo"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_answers_are_compressed_in_what_the_caller_takes(
    address: str, coding: str, undo: object, public: httpx.Client
) -> None:
    with public.stream("GET", address, headers={"Accept-Encoding": coding}) as answer:
        raw = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == coding
        assert answer.headers["content-length"] == str(len(raw))
        assert "Accept-Encoding" in answer.headers["vary"]
    plain = public.get(address, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(raw) < len(plain.content)
    assert callable(undo)
    assert len(undo(raw)) == len(plain.content)


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br", Coding.BROTLI),
        ("gzip", Coding.GZIP),
        ("br;q=0, gzip;q=0.5", Coding.GZIP),
        ("br;q=nonsense", None),
        ("*", Coding.BROTLI),
        ("identity", None),
        ("", None),
    ],
)
def test_the_best_coding_that_the_caller_takes_is_chosen(header: str, coding: Coding | None) -> None:
    assert accepted(header) is coding


@pytest.mark.parametrize("address", [PAGE, TILE, "/", "/health", "/nothing"])
def test_head_says_what_get_would(address: str, public: httpx.Client) -> None:
    got, headed = public.get(address), public.head(address)
    assert headed.status_code == got.status_code
    assert headed.content == b""
    for name in ("content-type", "content-length", "etag", "cache-control"):
        if name == "content-length" and address == PAGE:
            continue  # its time stamp makes the compressed length vary by a byte
        assert headed.headers.get(name) == got.headers.get(name)


def test_an_empty_tile_has_no_content(public: httpx.Client) -> None:
    answer = public.get("/collections/areas/tiles/WebMercatorQuad/5/0/0")
    assert answer.status_code == 204
    assert answer.content == b""
