"""A base map that the operator brings: a PMTiles file or a tile address."""

import gzip
import struct
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.pmtiles import BaseTiles, tile_number
from api.settings import Settings
from spatial.errors import BadFile
from spatial.store.protocol import Store
from tests.api.serving import serving

PNG, MVT = 2, 1


def varint(number: int) -> bytes:
    """Return a number in groups of seven bits, the lowest first."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def directory(entries: list[tuple[int, int, int, int]]) -> bytes:
    """Return a directory of (tile, offset, length, run), compressed."""
    last, deltas = 0, []
    for tile, *_ in entries:
        deltas.append(tile - last)
        last = tile
    columns = [deltas, [run for *_, run in entries], [length for _, _, length, _ in entries]]
    columns.append([offset + 1 for _, offset, _, _ in entries])
    return gzip.compress(varint(len(entries)) + b"".join(varint(n) for column in columns for n in column), mtime=0)


def pmtiles(path: Path, tile_type: int, tiles: dict[tuple[int, int, int], bytes], layers: tuple[str, ...] = ()) -> Path:
    """Write a small PMTiles file whose tiles lie in one leaf directory."""
    data, entries = b"", []
    for key in sorted(tiles, key=lambda key: tile_number(*key)):
        body = gzip.compress(tiles[key], mtime=0)
        entries.append((tile_number(*key), len(data), len(body), 1))
        data += body
    leaf = directory(entries)
    root = directory([(0, 0, len(leaf), 0)])
    described = ", ".join(f'{{"id": "{name}", "fields": {{}}}}' for name in layers)
    metadata = gzip.compress(f'{{"vector_layers": [{described}]}}'.encode(), mtime=0)
    places, at = [], 127
    for part in (root, metadata, leaf, data):
        places += [at, len(part)]
        at += len(part)
    head = struct.pack(
        "<7sB11Q6B", b"PMTiles", 3, *places, len(tiles), len(tiles), len(tiles), 1, 2, 2, tile_type, 0, 3
    )
    path.write_bytes(head.ljust(127, b"\0") + root + metadata + leaf + data)
    return path


@pytest.fixture
def images(tmp_path: Path) -> Path:
    """A file with two image tiles."""
    return pmtiles(tmp_path / "base.pmtiles", PNG, {(0, 0, 0): b"whole world", (3, 6, 3): b"east"})


def test_places_on_the_curve_are_those_of_the_specification() -> None:
    known = {(0, 0, 0): 0, (1, 0, 0): 1, (1, 0, 1): 2, (1, 1, 1): 3, (1, 1, 0): 4, (2, 0, 0): 5}
    assert {tile: tile_number(*tile) for tile in known} == known
    assert tile_number(12, 3423, 1763) == 19078479


@pytest.mark.parametrize("zoom", range(6))
def test_every_tile_has_a_place_of_its_own(zoom: int) -> None:
    side = 1 << zoom
    places = sorted(tile_number(zoom, x, y) for x in range(side) for y in range(side))
    first = (side * side - 1) // 3
    assert places == list(range(first, first + side * side))


def test_tiles_are_found_through_leaf_directories(images: Path) -> None:
    tiles = BaseTiles(images)
    assert tiles.tile(0, 0, 0) == b"whole world"
    assert tiles.tile(3, 6, 3) == b"east"
    assert tiles.tile(3, 0, 0) is None
    tiles.close()


def test_images_lie_right_above_the_background(images: Path, town: Store) -> None:
    with (
        serving(create_app(town, Settings(base_tiles=str(images)))) as address,
        httpx.Client(base_url=address) as client,
    ):
        style = client.get("/styles/dark").json()
        tile = style["sources"]["base"]["tiles"][0]
        found = client.get(tile.format(z=3, x=6, y=3))
        empty = client.get(tile.format(z=3, x=0, y=0))
        outside = client.get(tile.format(z=3, x=9, y=0))
        part = client.get("/base/tiles.pmtiles", headers={"Range": "bytes=0-6"})
    assert [layer["id"] for layer in style["layers"][:2]] == ["background", "base"]
    assert (found.content, found.headers["content-type"]) == (b"east", "image/png")
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (empty.status_code, outside.status_code) == (204, 404)
    assert (part.status_code, part.content) == (206, b"PMTiles")


def test_vector_tiles_are_drawn_in_the_colours_of_the_theme(tmp_path: Path, town: Store) -> None:
    path = pmtiles(tmp_path / "v.pmtiles", MVT, {(0, 0, 0): b"mvt"}, ("water", "roads"))
    with serving(create_app(town, Settings(base_tiles=str(path)))) as address:
        light, dark = (httpx.get(f"{address}/styles/{theme}").json()["layers"][1:3] for theme in ("light", "dark"))
    assert [(layer["id"], layer["type"]) for layer in light] == [("base-water", "fill"), ("base-roads", "line")]
    assert light[0]["paint"] != dark[0]["paint"]


def test_a_tile_address_is_asked_by_the_browser_and_allowed_by_the_policy(town: Store) -> None:
    settings = Settings(base_tiles="https://tiles.example.org/{z}/{x}/{y}.png?key=1")
    with serving(create_app(town, settings)) as address:
        style = httpx.get(f"{address}/styles/dark").json()
        policy = httpx.get(f"{address}/districts").headers["content-security-policy"]
    assert style["sources"]["base"]["tiles"] == [settings.base_tiles]
    assert "img-src 'self' data: blob: https://tiles.example.org;" in policy
    assert "connect-src 'self' https://tiles.example.org;" in policy


def test_without_one_the_style_asks_nobody_else(public: httpx.Client) -> None:
    style = public.get("/styles/dark").json()
    assert "base" not in style["sources"]
    assert all(source["tiles"][0].startswith(str(public.base_url)) for source in style["sources"].values())


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PMTiles\x02" + bytes(200), b"PMTiles\x03" + bytes(200)])
def test_another_file_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "no.pmtiles"
    path.write_bytes(content)
    with pytest.raises(BadFile):
        BaseTiles(path)
