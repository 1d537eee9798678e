"""Another datum than the declared one is named where claims, buildings, roads or borders tell, and nowhere else."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from api.commands.tag import warn_of_datum
from spatial.crs import Datum, convert
from spatial.datum_evidence import DatumFinding, Verdict
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.tagging import TagRequest, surroundings, tag_file
from tests import small_town
from tests.districts import content
from tests.tagged_files import expected, points, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def test_another_datum_that_fits_better_is_found_with_claims_and_without(store: Store, tmp_path: Path) -> None:
    inside = points(4000)
    owners = [row["owner_grid"] for row in expected(store, inside)]
    gcj = np.column_stack(convert(inside[:, 0], inside[:, 1], Datum.WGS84, Datum.GCJ02))
    owned = np.array([owner is not None for owner in owners])
    claims = [int(owner) for owner in owners if owner is not None]  # as a spreadsheet would keep them
    source = write(tmp_path / "reports.parquet", gcj[owned], claim=claims)
    for claim in ("claim", None):
        for said, verdict in (("wgs84", Verdict.ANOTHER_FITS), ("gcj02", Verdict.DECLARED_FITS)):
            wanted = TagRequest(
                source, tmp_path / "tagged.parquet", crs=said, claims=claim, force=True, levels=("grid",)
            )
            done = tag_file(store, wanted)
            assert done.finding is not None
            assert (done.finding.verdict, done.finding.best) == (verdict, Datum.GCJ02)
            if claim is not None:
                assert done.claimed == len(claims)
                assert (done.agreeing == len(claims)) == (said == "gcj02")


def test_the_sample_of_a_long_file_is_bounded_and_does_not_depend_on_batches() -> None:
    from spatial.tagging.suspicion import MOST, Sample

    at = np.random.default_rng(1).uniform(0, 1, (300_000, 2))
    whole, parts = Sample(), Sample()
    claimed = np.full(len(at), -1, dtype=np.int32)
    whole.add(at[:, 0], at[:, 1], claimed)
    for start in range(0, len(at), 7001):
        part = slice(start, start + 7001)
        parts.add(at[part, 0], at[part, 1], claimed[part])
    first, second = np.concatenate(whole._kept), np.concatenate(parts._kept)
    assert np.array_equal(first, second)
    assert MOST / 2 <= len(first) <= MOST


TOWNS = ["luxian", "gusu"]
FOREIGN = [Datum.GCJ02, Datum.BD09]


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A town with wide gaps and one that is built up, with their roads, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("towns") / "towns.gpkg", create=True)
    for slug in TOWNS:
        town = content(slug)
        with opened.write("test") as transaction:
            transaction.put_district(town.district, town.levels)
            transaction.publish(slug, town.trees["main"])
            transaction.insert("roads", town.features["roads"])
    yield opened
    opened.close()


def on_roads_and_buildings(slug: str, count: int, apart_m: float, seed: int = 5) -> np.ndarray:
    """Return places on roads and in buildings, each off by a few metres, in WGS 84; shape (2 * count, 2)."""
    rng = np.random.default_rng(seed)
    town = content(slug)
    roads = rng.choice(town.features["roads"].geometry, count)
    areas = town.trees["main"]
    buildings = rng.choice(areas.geometry[np.asarray(areas["level"], dtype=object) == "building"], count)
    beside = shapely.line_interpolate_point(roads, rng.uniform(0, 1, count), normalized=True)
    at = np.vstack([shapely.get_coordinates(beside), shapely.get_coordinates(shapely.centroid(buildings))])
    return at + rng.normal(0, apart_m / 111_320, at.shape)


def anywhere(slug: str, count: int, seed: int = 5) -> np.ndarray:
    """Return places all over the part of a district that has buildings, in WGS 84, shape (count, 2)."""
    areas = content(slug).trees["main"]
    box = shapely.total_bounds(areas.geometry[np.asarray(areas["level"], dtype=object) == "building"])
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.uniform(box[0], box[2], count), rng.uniform(box[1], box[3], count)])


def finding_of(store: Store, folder: Path, at: np.ndarray, real: Datum, declared: Datum) -> DatumFinding:
    lons, lats = convert(at[:, 0], at[:, 1], Datum.WGS84, real)
    pyarrow.parquet.write_table(pyarrow.table({"x": lons, "y": lats}), folder / "reports.parquet")
    target = folder / "tagged.parquet"
    done = tag_file(
        store, TagRequest(folder / "reports.parquet", target, crs=declared, levels=("community",), force=True)
    )
    assert done.finding is not None
    return done.finding


@pytest.mark.parametrize("slug", TOWNS)
@pytest.mark.parametrize("real", FOREIGN)
@pytest.mark.parametrize("apart_m", [0.0, 8.0])
def test_places_on_roads_and_buildings_betray_their_datum_without_any_claim(
    towns: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], slug: str, real: Datum, apart_m: float
) -> None:
    finding = finding_of(towns, tmp_path, on_roads_and_buildings(slug, 300, apart_m), real, Datum.WGS84)
    assert (finding.verdict, finding.best, finding.unit) == (Verdict.ANOTHER_FITS, real, "metres")
    assert finding.margin == pytest.approx(finding.misfit[Datum.WGS84] - finding.misfit[real])
    warn_of_datum(finding)
    said = capsys.readouterr().err
    assert real.upper() in said
    assert f"{finding.places} " in said
    assert f"{finding.margin:.0f} " in said


@pytest.mark.parametrize("slug", TOWNS)
@pytest.mark.parametrize("real", [Datum.WGS84, *FOREIGN])
@pytest.mark.parametrize("apart_m", [0.0, 8.0])
def test_places_on_roads_and_buildings_that_are_declared_rightly_are_believed(
    towns: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], slug: str, real: Datum, apart_m: float
) -> None:
    at = on_roads_and_buildings(slug, 300, apart_m)
    for declared in (real, Datum.CGCS2000) if real is Datum.WGS84 else (real,):
        finding = finding_of(towns, tmp_path, at, real, declared)
        assert (finding.verdict, finding.best) == (Verdict.DECLARED_FITS, declared)
        warn_of_datum(finding)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("slug", TOWNS)
@settings(max_examples=8)
@given(seed=st.integers(0, 10_000), count=st.integers(20, 6000))
def test_places_all_over_a_town_are_never_held_to_be_of_another_datum(
    towns: Store, tmp_path_factory: pytest.TempPathFactory, slug: str, seed: int, count: int
) -> None:
    folder = tmp_path_factory.mktemp("anywhere")
    finding = finding_of(towns, folder, anywhere(slug, count, seed), Datum.WGS84, Datum.WGS84)
    assert finding.verdict is not Verdict.ANOTHER_FITS


@pytest.mark.parametrize("slug", TOWNS)
@settings(max_examples=8)
@given(seed=st.integers(0, 10_000))
def test_a_field_beside_a_village_is_not_taken_for_the_village(
    towns: Store, tmp_path_factory: pytest.TempPathFactory, slug: str, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    west, south, east, north = towns.extent("buildings", Query(district=slug)) or (0, 0, 0, 0)
    at = np.array([rng.choice([west, east]), rng.uniform(south, north)]) + rng.uniform(-0.003, 0.003, (500, 2))
    finding = finding_of(towns, tmp_path_factory.mktemp("field"), at, Datum.WGS84, Datum.WGS84)
    assert finding.verdict is not Verdict.ANOTHER_FITS or finding.unit != "metres"


def test_what_lies_around_is_bounded_and_the_places_with_most_rows_go_first(towns: Store) -> None:
    many, few = on_roads_and_buildings("luxian", 200, 0.0), on_roads_and_buildings("gusu", 20, 0.0)
    at = np.vstack([few, many])
    which, shapes = surroundings.around(towns, at[:, 0], at[:, 1])
    assert which.tolist() == list(range(len(at)))
    distances = shapely.STRtree(shapes).query_nearest(shapely.points(at), return_distance=True, all_matches=False)[1]
    assert distances.max() < 1e-9
    luxian = sum(towns.count(name, Query(district="luxian")) for name in ("buildings", "roads"))
    which, shapes = surroundings.around(towns, at[:, 0], at[:, 1], 2 * luxian)
    assert which.tolist() == list(range(len(few), len(at)))
    assert 0 < len(shapes) <= 2 * luxian
    which, shapes = surroundings.around(towns, at[:, 0], at[:, 1], 0)
    assert (len(which), len(shapes)) == (0, 0)
    which, shapes = surroundings.around(towns, np.empty(0), np.empty(0))
    assert (len(which), len(shapes)) == (0, 0)
