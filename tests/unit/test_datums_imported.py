"""An import says where another datum than the declared one fits better, and nothing where it cannot tell."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from spatial.crs import Datum, convert
from spatial.importing.plan import ImportRequest, Plan
from spatial.importing.prepare import prepare
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.table import Table
from tests import small_town
from tests.foreign_files import write_csv

SIDE = small_town.SIDE
MIDDLE = (small_town.WEST + SIDE / 2, small_town.SOUTH + SIDE / 2)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town with a winding road through its middle, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    road = Table(
        np.array([shapely.LineString(winding())], dtype=object),
        {"code": ["WIND"], "district": ["luxian"], "name": [None], "name_en": [None], "kind": ["lane"]},
    )
    with opened.write("test") as transaction:
        transaction.insert("roads", road)
    yield opened
    opened.close()


def winding() -> np.ndarray:
    way = np.linspace(0, 1, 200)
    return np.column_stack([MIDDLE[0] + 0.01 * np.sin(9 * way), MIDDLE[1] + 0.02 * (way - 0.5)])


def plan_of(town: Store, folder: Path, at: np.ndarray, real: Datum, declared: Datum | None) -> Plan:
    written = np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, real))
    lines = ["lon,lat", *(f"{lon!r},{lat!r}" for lon, lat in written.tolist())]
    path = write_csv(folder / "stations.csv", lines)
    return prepare(town, ImportRequest(path, "stations", crs=declared, district="luxian"))


def warnings(plan: Plan) -> list[str]:
    return [note.en for note in plan.notes if "look like" in note.en]


def everywhere(count: int) -> np.ndarray:
    rng = np.random.default_rng(4)
    west, south = small_town.WEST, small_town.SOUTH
    return np.column_stack([rng.uniform(west, west + SIDE, count), rng.uniform(south, south + SIDE, count)])


@pytest.mark.parametrize("real", [Datum.WGS84, Datum.GCJ02, Datum.BD09])
@pytest.mark.parametrize("declared", [None, Datum.GCJ02, Datum.BD09, Datum.CGCS2000])
def test_rows_that_stick_out_of_the_district_betray_their_datum(
    town: Store, tmp_path: Path, real: Datum, declared: Datum | None
) -> None:
    said = warnings(plan_of(town, tmp_path, everywhere(1500), real, declared))
    own = Datum.WGS84 if declared in (None, Datum.CGCS2000) else declared
    if real is own:
        assert said == []
    else:
        assert len(said) == 1
        assert f"--crs {real}" in said[0]


@pytest.mark.parametrize("declared", [None, Datum.BD09])
def test_rows_beside_a_road_betray_their_datum_in_the_middle_of_the_district(
    town: Store, tmp_path: Path, declared: Datum | None
) -> None:
    at = winding() + np.random.default_rng(2).normal(0, 3e-5, (200, 2))
    said = warnings(plan_of(town, tmp_path, at, Datum.GCJ02, declared))
    assert len(said) == 1
    assert "--crs gcj02" in said[0]
    assert warnings(plan_of(town, tmp_path, at, Datum.WGS84, None)) == []


def test_rows_that_lie_on_nothing_in_the_middle_of_the_district_say_nothing(town: Store, tmp_path: Path) -> None:
    at = np.array(MIDDLE) + np.random.default_rng(6).uniform(-0.02, 0.02, (400, 2))
    for real in (Datum.WGS84, Datum.GCJ02):
        assert warnings(plan_of(town, tmp_path, at, real, None)) == []


def test_a_handful_of_rows_says_nothing(town: Store, tmp_path: Path) -> None:
    assert warnings(plan_of(town, tmp_path, everywhere(10), Datum.BD09, None)) == []
