"""Which datum a batch is in: found where the evidence tells, and not guessed where it does not."""

from functools import lru_cache

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.crs import Datum, convert, suspect_datum
from spatial.datum_evidence import LEAST_PLACES, ClaimedOwners, NearShapes, OwnedAtAll, Verdict
from spatial.errors import BadPosition
from spatial.ownership import GridIndex
from tests import small_town
from tests.districts import content

DISTRICTS = ["luxian", "qibin", "gusu", "tongliang", "liujiang"]
DIFFERENT = [Datum.WGS84, Datum.GCJ02, Datum.BD09]


def random_points(rng: np.random.Generator, box: tuple[float, float, float, float], count: int) -> np.ndarray:
    west, south, east, north = box
    return np.column_stack([rng.uniform(west, east, count), rng.uniform(south, north, count)])


@lru_cache(maxsize=5)
def governed(slug: str) -> tuple[GridIndex, shapely.Geometry, np.ndarray]:
    """Return the index of the communities of a district, where they all lie, and its buildings."""
    areas = content(slug).trees["main"]
    level = np.asarray(areas["level"], dtype=object)
    communities = areas.take(np.flatnonzero(level == "community"))
    index = GridIndex.build(communities.geometry, communities["code"])
    return index, shapely.total_bounds(communities.geometry), areas.geometry[level == "building"]


def truth(slug: str, count: int, seed: int) -> tuple[np.ndarray, list[str | None]]:
    """Return points of a district in WGS 84 that some community owns, and which."""
    index, box, _ = governed(slug)
    at = random_points(np.random.default_rng(seed), tuple(box), 20 * count)
    owners = index.owners(at[:, 0], at[:, 1])
    at, owners = at[owners >= 0][:count], owners[owners >= 0][:count]
    return at, [index.codes[owner] for owner in owners]


def recorded(at: np.ndarray, datum: Datum) -> np.ndarray:
    return np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, datum))


@pytest.mark.parametrize("slug", DISTRICTS)
@settings(max_examples=12)
@given(real=st.sampled_from(DIFFERENT), declared=st.sampled_from(Datum), seed=st.integers(0, 1000))
def test_the_claims_of_records_tell_their_datum(slug: str, real: Datum, declared: Datum, seed: int) -> None:
    at, claims = truth(slug, 400, seed)
    found = suspect_datum(recorded(at, real), declared, ClaimedOwners(governed(slug)[0], claims))
    if real is declared or (real is Datum.WGS84 and declared is Datum.CGCS2000):
        assert (found.verdict, found.best) == (Verdict.DECLARED_FITS, declared)
    else:
        assert (found.verdict, found.best) == (Verdict.ANOTHER_FITS, real)
    assert found.misfit[real] < 0.01
    assert found.margin > 0.02


@pytest.mark.parametrize("slug", DISTRICTS)
@pytest.mark.parametrize("real", DIFFERENT)
def test_records_that_should_lie_on_buildings_tell_their_datum(slug: str, real: Datum) -> None:
    buildings = governed(slug)[2]
    rng = np.random.default_rng(11)
    chosen = shapely.point_on_surface(rng.permutation(buildings)[:400])
    at = np.column_stack([shapely.get_x(chosen), shapely.get_y(chosen)])
    for declared in DIFFERENT:
        found = suspect_datum(recorded(at, real), declared, NearShapes(buildings))
        assert found.best is real
        assert found.unit == "metres"
        assert found.verdict is (Verdict.DECLARED_FITS if real is declared else Verdict.ANOTHER_FITS)


@settings(max_examples=20)
@given(declared=st.sampled_from(Datum), seed=st.integers(0, 1000), count=st.integers(0, LEAST_PLACES - 1))
def test_few_places_say_nothing_however_many_records_stand_on_them(declared: Datum, seed: int, count: int) -> None:
    index = town_grids()
    at = random_points(np.random.default_rng(seed), town_box(), count)
    at = np.repeat(at, 50, axis=0)
    owners = index.owners(at[:, 0], at[:, 1]) if len(at) else []
    found = suspect_datum(
        recorded(at, Datum.GCJ02), declared, ClaimedOwners(index, [index.codes[owner] for owner in owners])
    )
    assert (found.verdict, found.best) == (Verdict.CANNOT_TELL, None)


@settings(max_examples=20)
@given(declared=st.sampled_from(Datum), real=st.sampled_from(DIFFERENT), seed=st.integers(0, 1000))
def test_places_far_from_every_edge_say_nothing(declared: Datum, real: Datum, seed: int) -> None:
    index = GridIndex.build([shapely.box(104, 28, 107, 31)], ["everything"])
    at = random_points(np.random.default_rng(seed), (105.0, 29.0, 106.0, 30.0), 300)
    for evidence in (ClaimedOwners(index, ["everything"] * 300), OwnedAtAll(index)):
        found = suspect_datum(recorded(at, real), declared, evidence)
        assert (found.verdict, found.best, found.deciding) == (Verdict.CANNOT_TELL, None, 0)
        assert "edge" in found.reason.en


@settings(max_examples=40)
@given(declared=st.sampled_from(Datum), seed=st.integers(0, 10_000))
def test_claims_that_have_nothing_to_do_with_the_places_say_nothing(declared: Datum, seed: int) -> None:
    index = town_grids()
    rng = np.random.default_rng(seed)
    at = random_points(rng, town_box(), 300)
    claims = [index.codes[which] for which in rng.integers(0, len(index.codes), 300)]
    found = suspect_datum(at, declared, ClaimedOwners(index, claims))
    assert (found.verdict, found.best) == (Verdict.CANNOT_TELL, None)


def test_a_few_wrong_claims_do_not_hide_the_datum() -> None:
    at, claims = truth("luxian", 400, 3)
    claims[::10] = ["nowhere"] * 40
    claims[5::10] = [None] * 40
    found = suspect_datum(recorded(at, Datum.GCJ02), Datum.WGS84, ClaimedOwners(governed("luxian")[0], claims))
    assert (found.verdict, found.best) == (Verdict.ANOTHER_FITS, Datum.GCJ02)
    assert 300 < found.places <= 320  # those that claim a community, less neighbours of the same place


def test_records_that_no_area_owns_betray_the_datum_at_the_border_of_a_town() -> None:
    index = town_grids()
    at = random_points(np.random.default_rng(1), town_box(), 2000)
    found = suspect_datum(recorded(at, Datum.BD09), Datum.WGS84, OwnedAtAll(index))
    assert (found.verdict, found.best) == (Verdict.ANOTHER_FITS, Datum.BD09)
    assert "BD09" in found.reason.en
    assert "BD09" in found.reason.zh


def test_positions_that_cannot_be_meant_are_refused_before_anything_is_said() -> None:
    with pytest.raises(BadPosition, match="Row 2"):
        suspect_datum([(105.3, 29.1), (29.1, 105.3)], Datum.GCJ02, OwnedAtAll(town_grids()))


@lru_cache(maxsize=1)
def town_grids() -> GridIndex:
    areas = small_town.luxian_areas()
    grids = areas.take(np.flatnonzero(np.asarray(areas["level"], dtype=object) == "grid"))
    return GridIndex.build(grids.geometry, grids["code"])


def town_box() -> tuple[float, float, float, float]:
    side = small_town.SIDE
    return (small_town.WEST, small_town.SOUTH, small_town.WEST + side, small_town.SOUTH + side)
