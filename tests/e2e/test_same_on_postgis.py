"""A district served from PostGIS answers as it does from a GeoPackage."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import mapbox_vector_tile
import pytest

from tests.bench.tiles import tile_at
from tests.e2e.conftest import MADE_AT
from tests.server import COMMAND, ROOT, Server

pytestmark = pytest.mark.postgis

OWN = {"published_at", "timeStamp", "links", "revisions", "store", "at"}
"""What tells one server or one moment from another."""

ANSWERS = (
    "/districts",
    "/layers?district=luxian",
    "/locate?lon=105.376&lat=29.151",
    "/locate?lon=105.3745&lat=29.1515",
    "/search?q=510521001009&limit=50",
    "/search?q=康桥",
    "/collections",
    "/collections/areas/items?level=grid&limit=100",
    "/collections/buildings/items?bbox=105.374,29.149,105.378,29.153&limit=500",
    "/collections/cameras/items?state=offline&limit=500",
    "/collections/incidents/items?datetime=2026-11-01T00:00:00Z/2026-11-20T00:00:00Z&limit=500",
    "/collections/roads/items?limit=10000",
)

TILES = (
    ("areas", 14),
    ("areas", 16),
    ("ground", 15),
    ("cameras", 12),
    ("cameras", 15),
    ("incidents", 14),
    ("circles", 13),
)
"""Collection and zoom of the tiles over the middle of the district."""


@pytest.fixture(scope="module")
def from_postgis(postgis_server: Any, demo_store: Path) -> Iterator[httpx.Client]:
    url = postgis_server.create_database("template1")
    with_postgis = subprocess.run(
        [*COMMAND, "demo", "--store", url, "--district", "luxian", "--now", MADE_AT.read_text("utf-8")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert with_postgis.returncode == 0, with_postgis.stderr
    server = Server(url)
    server.start()
    with httpx.Client(base_url=server.address, timeout=60) as client:
        yield client
    server.stop()
    postgis_server.drop_database(url)


@pytest.fixture(scope="module")
def from_geopackage(demo_server: Server, demo_store: Path) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=demo_server.address, timeout=60) as client:
        yield client


def shared(answer: Any) -> Any:
    """Return what two servers of the same content must say alike; lists of features in the order of their ids."""
    if isinstance(answer, dict):
        return {name: shared(value) for name, value in answer.items() if name not in OWN}
    if isinstance(answer, list):
        alike = [shared(value) for value in answer]
        return sorted(alike, key=lambda value: json.dumps(value, sort_keys=True)) if _features(answer) else alike
    return answer


def _features(answer: list[Any]) -> bool:
    return bool(answer) and isinstance(answer[0], dict) and answer[0].get("type") == "Feature"


@pytest.mark.parametrize("address", ANSWERS)
def test_an_answer_is_the_same(from_geopackage: httpx.Client, from_postgis: httpx.Client, address: str) -> None:
    here, there = from_geopackage.get(address), from_postgis.get(address)
    assert (here.status_code, there.status_code) == (200, 200)
    assert shared(here.json()) == shared(there.json())


@pytest.mark.parametrize(("collection", "zoom"), TILES)
def test_a_tile_holds_the_same(
    from_geopackage: httpx.Client, from_postgis: httpx.Client, collection: str, zoom: int
) -> None:
    _, column, row = tile_at(105.376, 29.151, zoom)
    address = f"/collections/{collection}/tiles/WebMercatorQuad/{zoom}/{row}/{column}"
    here, there = (
        {
            name: sorted(
                json.dumps([each["geometry"], each["properties"]], sort_keys=True) for each in layer["features"]
            )
            for name, layer in mapbox_vector_tile.decode(client.get(address).content).items()
        }
        for client in (from_geopackage, from_postgis)
    )
    assert here
    assert here == there
