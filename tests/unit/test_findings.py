"""What `check` finds in the coverages of a store, on Luxian's small town with one thing broken at a time."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shapely

from spatial.findings import Checked, FindingKind, check_store
from spatial.mending import mend
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.table import Table
from tests import small_town
from tests.foreign_files import bow_tie
from tests.small_town import FIRST_GRID, SIDE, SOUTH, VACANT_GRID, WEST

QUARTER, HALF = SIDE / 4, SIDE / 2


@pytest.fixture
def publish(tmp_path: Path) -> Iterator[Callable[..., dict[str, Checked]]]:
    """Return a function that publishes Luxian with some shapes replaced, and gives what is found by level."""
    store: Store = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)

    def with_shapes(shapes: dict[str, shapely.Geometry]) -> dict[str, Checked]:
        areas = small_town.luxian_areas()
        geometry = np.array(areas.geometry, dtype=object)
        for at, code in enumerate(areas["code"]):
            if code in shapes:
                geometry[at] = shapely.multipolygons([shapes[str(code)]])
        with store.write("test") as transaction:
            transaction.publish("luxian", Table(geometry, areas.columns))
        return {checked.level: checked for checked in check_store(store, "luxian")}

    yield with_shapes
    store.close()


def kinds(checked: Checked) -> list[tuple[FindingKind, int]]:
    """Return what was found but slivers: the town's own sums of floats leave some."""
    return [(finding.kind, finding.count) for finding in checked.findings if finding.kind is not FindingKind.SLIVER]


def slivers(checked: Checked) -> int:
    return sum(finding.count for finding in checked.findings if finding.kind is FindingKind.SLIVER)


def test_a_sound_town_has_no_findings(publish: Callable[..., dict[str, Checked]]) -> None:
    levels = publish({})
    assert list(levels) == ["district", "street", "community", "grid", "compound", "building"]
    assert [checked.areas for checked in levels.values()] == [1, 2, 4, 8, 8, 24]
    assert all(kinds(checked) == [] for checked in levels.values())


def test_a_grid_that_is_too_small_leaves_a_gap_in_its_community(publish: Callable[..., dict[str, Checked]]) -> None:
    levels = publish({FIRST_GRID: shapely.box(WEST, SOUTH, WEST + QUARTER - 0.001, SOUTH + HALF)})
    assert kinds(levels["grid"]) == [(FindingKind.GAP, 1)]
    gap = levels["grid"].findings[0]
    assert gap.area_m2 == pytest.approx(0.001 * HALF * 111_195**2 * np.cos(np.radians(29.13)), rel=0.01)
    assert gap.places == (
        ((pytest.approx(WEST + QUARTER - 0.0005), pytest.approx(SOUTH + HALF / 2)), (FIRST_GRID[:12],)),
    )


def test_a_grid_that_is_too_large_overlaps_its_neighbour(publish: Callable[..., dict[str, Checked]]) -> None:
    levels = publish({FIRST_GRID: shapely.box(WEST, SOUTH, WEST + QUARTER + 0.001, SOUTH + HALF)})
    assert kinds(levels["grid"]) == [(FindingKind.OVERLAP, 1)]
    assert set(levels["grid"].findings[0].places[0][1]) == {FIRST_GRID, VACANT_GRID}


def test_a_compound_that_leaves_its_grid_sticks_out(publish: Callable[..., dict[str, Checked]]) -> None:
    code = f"{FIRST_GRID}001"
    levels = publish({code: shapely.box(WEST - 0.001, SOUTH + 0.01, WEST + 0.016, SOUTH + 0.03)})
    assert kinds(levels["compound"]) == [(FindingKind.STICKS_OUT, 1)]
    assert levels["compound"].findings[0].places[0][1] == (code,)


def test_a_gap_of_rounding_is_a_sliver(publish: Callable[..., dict[str, Checked]]) -> None:
    before = slivers(publish({})["grid"])
    levels = publish({FIRST_GRID: shapely.box(WEST, SOUTH, WEST + QUARTER - 1e-10, SOUTH + HALF)})
    assert kinds(levels["grid"]) == []
    assert slivers(levels["grid"]) == before + 1


def test_a_shape_that_crosses_itself_is_invalid(publish: Callable[..., dict[str, Checked]]) -> None:
    code = f"{FIRST_GRID}001001"
    levels = publish({code: bow_tie(WEST + 0.006, SOUTH + 0.011)})
    assert (FindingKind.INVALID, 1) in kinds(levels["building"])
    assert levels["building"].findings[0].places[0][1] == (code,)


def test_a_level_that_is_no_coverage_is_mended_as_an_edition(tmp_path: Path) -> None:
    store: Store = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)
    areas = small_town.luxian_areas()
    geometry = np.array(areas.geometry, dtype=object)
    wider = shapely.box(WEST, SOUTH, WEST + QUARTER + 0.001, SOUTH + HALF)
    geometry[list(areas["code"]).index(FIRST_GRID)] = shapely.MultiPolygon([wider])
    with store.write("test") as transaction:
        broken = transaction.publish("luxian", Table(geometry, areas.columns))
    [mended] = mend(store, "test", "luxian")
    assert (mended.edition.number, mended.edition.district) == (broken.number + 1, "luxian")
    assert {repair.code for repair in mended.repairs["grid"]} <= {FIRST_GRID, VACANT_GRID}
    [grids] = [checked for checked in check_store(store, "luxian") if checked.level == "grid"]
    assert FindingKind.OVERLAP not in dict(kinds(grids))
    assert grids.areas == 8
    assert list(mend(store, "test", "luxian")) == []
    store.close()
