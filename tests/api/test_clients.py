"""Desktop programs as clients: GDAL's OAPIF driver and QGIS connect without being told anything but the address."""

import csv
import json
import os
import subprocess
from pathlib import Path

import httpx
import pytest

from spatial.schema import COLLECTIONS
from tests.api.conftest import LIGHTS

pytestmark = pytest.mark.qgis

LARGEST = "assets"
CLIENT = Path(__file__).with_name("qgis_client.py")


def run(command: list[str], home: Path, **variables: str) -> str:
    """Run a program with a home of its own and return what it printed; fails with its errors."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", **variables}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def address(client: httpx.Client) -> str:
    """Return the address of the server that a client asks."""
    return str(client.base_url).rstrip("/")


def test_gdal_lists_the_collections(staff: httpx.Client, public: httpx.Client, tmp_path: Path) -> None:
    seen = run(["ogrinfo", "-ro", f"OAPIF:{address(staff)}"], tmp_path)
    listed = run(["ogrinfo", "-ro", f"OAPIF:{address(public)}"], tmp_path)
    assert all(f": {name} (" in seen for name in COLLECTIONS)
    assert ": cameras (" not in listed


@pytest.mark.parametrize("page", [10, 1000])
def test_gdal_reads_all_features_of_the_largest_collection(page: int, public: httpx.Client, tmp_path: Path) -> None:
    target = tmp_path / "read.csv"
    source = f"OAPIF:{address(public)}"
    run(["ogr2ogr", "-oo", f"PAGE_SIZE={page}", "-f", "CSV", str(target), source, LARGEST], tmp_path)
    with target.open(encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == len(set(codes)) == LIGHTS


def test_gdal_restricts_by_box_and_by_attribute(public: httpx.Client, tmp_path: Path) -> None:
    target = tmp_path / "grids.geojson"
    box = ["105.34", "29.12", "105.35", "29.13"]
    command = ["ogr2ogr", "-spat", *box, "-where", "level='grid'", "-f", "GeoJSON", str(target)]
    run([*command, f"OAPIF:{address(public)}", "areas"], tmp_path)
    found = json.loads(target.read_text(encoding="utf-8"))["features"]
    assert [feature["properties"]["code"] for feature in found] == ["510521001001001"]


@pytest.mark.parametrize(
    ("collection", "geometry"),
    [(LARGEST, "Point"), ("areas", "MultiPolygon"), ("roads", "LineString")],
)
def test_qgis_reads_all_features_page_by_page(
    collection: str, geometry: str, public: httpx.Client, tmp_path: Path
) -> None:
    expected = public.get(f"/collections/{collection}/items?limit=1").json()["numberMatched"]
    command = ["/usr/bin/python3", str(CLIENT), address(public), collection]
    seen = json.loads(run(command, tmp_path, QT_QPA_PLATFORM="offscreen", XDG_RUNTIME_DIR=str(tmp_path)))
    assert seen["valid"]
    assert seen["said"] == seen["read"] == seen["different"] == expected
    assert geometry in seen["geometry"]
    assert {"code", "district", "name", "name_en"} <= set(seen["fields"])
    assert seen["crs"] in ("EPSG:4326", "OGC:CRS84")
