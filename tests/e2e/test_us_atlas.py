"""A real coverage from end to end: the counties of us-atlas are checked, mended, imported and asked for cities.

Their codes are the new district's and the FIPS code: a code begins with its parent's.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from api.commands.main import app
from spatial.ownership.repair import repaired
from spatial.ownership.validity import FaultKind, diagnose
from tests.us_atlas import COUNTIES, counties

ROOT = Path(__file__).resolve().parents[2]
DISTRICT = "990001"
COUNT, INVALID, OVERLAPPING, VANISHING = 3231, 40, 3, "51610"
"""Counties of version 3.0.1, those that GEOS calls invalid, pairs of others that overlap, and the one without area:
quantising left two positions of Falls Church, Virginia."""

TOLD_BY_THE_IMPORT = {"51093", "22067", "22073", "06085", "06001"}

CITY_HALLS = """
36061 -74.0059 40.7127 New York        06037 -118.2430 34.0537 Los Angeles   17031 -87.6320 41.8838 Chicago
48201 -95.3694 29.7602 Houston         04013 -112.0770 33.4484 Phoenix       42101 -75.1636 39.9524 Philadelphia
48029 -98.4951 29.4246 San Antonio     06073 -117.1628 32.7170 San Diego     48113 -96.7969 32.7763 Dallas
06085 -121.8861 37.3377 San Jose       48453 -97.7472 30.2649 Austin         12031 -81.6590 30.3294 Jacksonville
48439 -97.3330 32.7550 Fort Worth      39049 -83.0030 39.9628 Columbus       37119 -80.8380 35.2222 Charlotte
18097 -86.1553 39.7684 Indianapolis    06075 -122.4193 37.7793 San Francisco 53033 -122.3301 47.6038 Seattle
08031 -104.9908 39.7393 Denver         11001 -77.0316 38.8951 Washington     47037 -86.7783 36.1667 Nashville
40109 -97.5210 35.4690 Oklahoma City   25025 -71.0580 42.3604 Boston         48141 -106.4869 31.7587 El Paso
41051 -122.6790 45.5152 Portland       32003 -115.1487 36.1670 Las Vegas     47157 -90.0530 35.1486 Memphis
26163 -83.0448 42.3297 Detroit         24510 -76.6107 39.2909 Baltimore      55079 -87.9097 43.0418 Milwaukee
35001 -106.6516 35.0868 Albuquerque    04019 -110.9747 32.2226 Tucson        06019 -119.7848 36.7394 Fresno
06067 -121.4936 38.5816 Sacramento     29095 -94.5783 39.1003 Kansas City    13121 -84.3903 33.7489 Atlanta
31055 -95.9378 41.2586 Omaha           08041 -104.8253 38.8339 Colorado Springs  37183 -78.6430 35.7785 Raleigh
12086 -80.2340 25.7279 Miami           27053 -93.2653 44.9775 Minneapolis    40143 -95.9928 36.1540 Tulsa
20173 -97.3390 37.6872 Wichita         22071 -90.0770 29.9517 New Orleans    39035 -81.6934 41.5052 Cleveland
15003 -157.8557 21.3045 Honolulu       02020 -149.8900 61.2176 Anchorage     49035 -111.8868 40.7596 Salt Lake City
16001 -116.2023 43.6166 Boise          42003 -79.9973 40.4385 Pittsburgh     29510 -90.1994 38.6270 St. Louis
36029 -78.8784 42.8866 Buffalo         51760 -77.4330 37.5410 Richmond       72127 -66.1167 18.4655 San Juan
"""
"""The county (FIPS), longitude, latitude and name of cities, at their city halls: common knowledge."""

CITIES = re.findall(r"(\d{5}) (-[\d.]+) ([\d.]+) (\S+(?: \S+)*)", CITY_HALLS)


def gridscape(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GRIDSCAPE_LANG": "en", "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    command = [sys.executable, "-c", "from api.commands.main import run; run()", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120)


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the counties as a file, as a user would have them."""
    if not COUNTIES.exists():
        pytest.fail("npm ci in web/ installs us-atlas; make install-test runs it")
    folder = tmp_path_factory.mktemp("us")
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(shape)),
            "properties": {"code": DISTRICT + code, "name": name},
        }
        for shape, code, name in zip(*counties(), strict=True)
    ]
    (folder / "counties.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return folder


@pytest.fixture(scope="module")
def imported(atlas: Path) -> str:
    """Return what the import said that brought the mended counties into `us.gpkg`."""
    done = gridscape(
        atlas, "import", "counties.geojson", "--as", "areas", "--level", "grid", "--repair",
        "--new-district", f"us,{DISTRICT},美国,USA", "--store", "us.gpkg",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_decoder_gives_every_county_and_neighbours_share_their_arcs() -> None:
    shapes, codes, _ = counties()
    assert len(shapes) == len(set(codes)) == COUNT
    west, south, east, north = shapely.total_bounds(shapes)
    assert (west, south, east, north) == pytest.approx((-179.14, -14.37, 179.77, 71.35), abs=0.02)
    by_code = dict(zip(codes, shapes, strict=True))
    # Los Angeles has San Bernardino to its east
    border = shapely.intersection(by_code["06037"], by_code["06071"])
    assert border.length > 0.9
    assert border.area == 0


def test_check_names_the_invalid_and_the_overlapping_counties(atlas: Path) -> None:
    shapes, codes, _ = counties()
    faults = diagnose(shapes, codes)
    expected = {code for code, valid in zip(codes, shapely.is_valid(shapes), strict=True) if not valid}
    assert len(expected) == INVALID
    assert {fault.codes[0] for fault in faults if fault.kind is FaultKind.INVALID} == expected
    overlapping = [fault.codes for fault in faults if fault.kind is FaultKind.OVERLAP]
    assert len(overlapping) == OVERLAPPING
    done = gridscape(atlas, "check", "counties.geojson", "--as", "areas", "--json")
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    assert {one["code"].removeprefix(DISTRICT) for one in problems if one["kind"] == "invalid"} == expected
    named = {one["code"].removeprefix(DISTRICT) for one in problems if one["kind"] == "overlap"}
    assert named == {"06085", "22073"}  # of each pair, the one that comes later in the file
    assert all(one["lon"] is not None for one in problems)


def test_the_repair_makes_a_coverage_and_loses_no_county_silently() -> None:
    shapes, codes, _ = counties()
    mended, repairs = repaired(shapes, codes)
    left = ~shapely.is_missing(mended)
    assert shapely.is_valid(mended[left]).all()
    assert shapely.coverage_is_valid(mended[left])
    assert diagnose(mended[left], [code for code, there in zip(codes, left, strict=True) if there]) == []
    assert left.sum() == COUNT - 1
    assert [repair.code for repair in repairs if repair.vanished] == [VANISHING] == list(np.array(codes)[~left])
    assert {repair.code for repair in repairs if not repair.vanished} == TOLD_BY_THE_IMPORT


def test_the_import_says_what_it_mended_and_rejects_what_vanished(atlas: Path, imported: str) -> None:
    for code in TOLD_BY_THE_IMPORT:
        assert f"({DISTRICT}{code}) was mended and changed by" in imported
    assert f"{COUNT - 1} rows went into us" in imported
    rejected = (atlas / "counties.geojson.rejected.csv").read_text("utf-8-sig")
    assert DISTRICT + VANISHING in rejected
    assert "Nothing is left of it" in rejected
    whole = gridscape(atlas, "check", "--store", "us.gpkg", "--json")
    found = {level["level"]: (level["areas"], level["findings"]) for level in json.loads(whole.stdout)}
    assert (whole.returncode, found["grid"]) == (0, (COUNT - 1, []))


def test_check_writes_a_mended_copy_that_it_finds_sound(atlas: Path) -> None:
    arguments = ("check", "counties.geojson", "--as", "areas", "--repair", "--output", "mended.geojson")
    done = gridscape(atlas, *arguments)
    assert done.returncode == 1  # one county is gone
    assert f"({DISTRICT}{VANISHING}): Nothing is left of it" in done.stdout
    again = gridscape(atlas, "check", "mended.geojson", "--as", "areas", "--json")
    assert [one["code"] for one in json.loads(again.stdout)["problems"]] == [DISTRICT + VANISHING]
    twice = gridscape(atlas, *arguments)
    assert (twice.returncode, "exists" in twice.stderr) == (2, True)


def test_at_least_fifty_cities_are_known() -> None:
    assert len(CITIES) == len({name for *_, name in CITIES}) >= 50


@pytest.mark.parametrize(("fips", "lon", "lat", "name"), CITIES, ids=[name for *_, name in CITIES])
def test_locate_gives_the_county_of_a_city(
    atlas: Path, imported: str, fips: str, lon: str, lat: str, name: str
) -> None:
    done = CliRunner().invoke(app, ["locate", lon, lat, "--json", "--store", str(atlas / "us.gpkg")])
    assert done.exit_code == 0, done.output
    [tree] = json.loads(done.stdout)["trees"]
    assert tree["responsible"]["code"] == DISTRICT + fips
