"""Exactly one owner: the index against exact rational arithmetic, at any resolution, by every path, after any patch."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial import GridIndex
from spatial.errors import BadFile, BadPosition
from spatial.ownership import InvalidCoverage, compiling, file, raster
from tests.coverages import Polygons, beside_edges, wobbly

RESOLUTIONS = (0.05, 1.0, 4.0, 40.0)


def codes_for(polygons: Polygons) -> list[str]:
    return [f"{number:04d}" for number in range(len(polygons))]


def by_rationals(polygons: Polygons, codes: list[str], x: float, y: float) -> str | None:
    """Return the owner by the half-open rule, in fractions: edges that pass at or west of the point are counted."""
    px, py = Fraction(x), Fraction(y)
    inside = []
    for code, polygon in zip(codes, polygons, strict=True):
        crossed = 0
        for ring in shapely.get_rings(shapely.get_parts(polygon)):
            points = [(Fraction(a), Fraction(b)) for a, b in shapely.get_coordinates(ring).tolist()]
            for (x1, y1), (x2, y2) in pairwise(points):
                if (y1 <= py) != (y2 <= py) and x1 + (py - y1) * (x2 - x1) / (y2 - y1) <= px:
                    crossed += 1
        if crossed % 2:
            inside.append(code)
    assert len(inside) <= 1
    return inside[0] if inside else None


def named(index: GridIndex, owners: "np.ndarray[tuple[int], np.dtype[np.int32]]") -> list[str | None]:
    return [None if owner < 0 else index.codes[owner] for owner in owners.tolist()]


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.integers(1, 12), st.sampled_from(RESOLUTIONS))
def test_every_point_has_the_owner_that_rational_arithmetic_gives(seed: int, areas: int, resolution: float) -> None:
    polygons = wobbly(areas, 3, seed)
    codes = codes_for(polygons)
    index = GridIndex.build(polygons, codes, cells_per_edge=resolution)
    random = np.random.default_rng(seed)
    x, y = beside_edges(polygons, seed, 12)
    x = np.concatenate((x, random.uniform(105.29, 105.51, 12)))
    y = np.concatenate((y, random.uniform(29.09, 29.26, 12)))
    expected = [by_rationals(polygons, codes, a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert [index.owner(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)] == expected
    assert named(index, index.owners(x, y)) == expected


def test_compiled_and_vectorised_answers_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    polygons = wobbly(300, 8, 4)
    index = GridIndex.build(polygons, codes_for(polygons))
    x, y = beside_edges(polygons, 4, 6_000)
    random = np.random.default_rng(4)
    x = np.concatenate((x, random.uniform(105.29, 105.51, 40_000)))
    y = np.concatenate((y, random.uniform(29.09, 29.26, 40_000)))
    compiled = index.owners(x, y)
    monkeypatch.setenv("GRIDSCAPE_NO_NUMBA", "1")
    assert not compiling.may_compile()
    assert (index.owners(x, y) == compiled).all()
    one_by_one = [index.owner(a, b) for a, b in zip(x[:30_000].tolist(), y[:30_000].tolist(), strict=True)]
    assert named(index, compiled[:30_000]) == one_by_one


def test_a_compiled_build_lists_the_same_edges_as_one_by_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    polygons = wobbly(120, 6, 7)
    monkeypatch.setattr(raster, "worth_compiling", lambda edges: False)
    plain = GridIndex.build(polygons, codes_for(polygons))._whole().raster
    monkeypatch.setattr(raster, "worth_compiling", lambda edges: True)
    compiled = GridIndex.build(polygons, codes_for(polygons))._whole().raster
    assert (plain.cells == compiled.cells).all()
    assert (plain.stream == compiled.stream).all()


def test_the_resolution_of_the_raster_changes_no_answer() -> None:
    polygons = wobbly(60, 5, 9)
    x, y = beside_edges(polygons, 9, 3_000)
    answers = [
        GridIndex.build(polygons, codes_for(polygons), cells_per_edge=one).owners(x, y).tolist() for one in RESOLUTIONS
    ]
    assert all(answer == answers[0] for answer in answers)
    assert len(set(answers[0])) > 50


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_patches_one_after_the_other_answer_like_an_index_built_anew(seed: int, moves: int) -> None:
    random = np.random.default_rng(seed)
    polygons = wobbly(16, 3, seed)
    codes = codes_for(polygons)
    index = GridIndex.build(polygons, codes)
    for _ in range(moves):
        corners = shapely.get_coordinates(polygons)
        old = corners[random.integers(len(corners))]
        new = old + random.normal(0, 4e-4, 2)
        users = [at for at, one in enumerate(polygons) if (shapely.get_coordinates(one) == old).all(axis=1).any()]
        moved = polygons.copy()
        for at in users:
            points = shapely.get_coordinates(polygons[at])
            moved[at] = shapely.Polygon(np.where((points == old).all(axis=1)[:, None], new, points))
        before = index.owners(corners[:, 0], corners[:, 1])
        change = {codes[at]: moved[at] for at in users}
        if not (shapely.is_valid(moved).all() and shapely.coverage_is_valid(moved)):
            with pytest.raises(InvalidCoverage):
                index.patched(change)
            continue
        patched, built = index.patched(change), GridIndex.build(moved, codes)
        x, y = beside_edges(moved, seed, 200)
        x = np.concatenate((x, random.uniform(105.29, 105.51, 200), new[:1]))
        y = np.concatenate((y, random.uniform(29.09, 29.26, 200), new[1:]))
        assert patched.owners(x, y).tolist() == built.owners(x, y).tolist()
        assert [patched.owner(a, b) for a, b in zip(x[:100].tolist(), y[:100].tolist(), strict=True)] == [
            built.owner(a, b) for a, b in zip(x[:100].tolist(), y[:100].tolist(), strict=True)
        ]
        # the old one still answers its readers
        assert index.owners(corners[:, 0], corners[:, 1]).tolist() == before.tolist()
        index, polygons = patched, moved


def test_an_area_may_go_come_back_and_a_new_one_may_come() -> None:
    squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)], dtype=object)
    index = GridIndex.build(squares, ["a", "b", "c"])
    without = index.patched({"b": None})
    assert (without.owner(0.5, 0.5), without.owner(1.5, 0.5), without.owner(2.5, 0.5)) == ("a", None, "c")
    assert without.patched({"b": squares[1]}).owner(1.5, 0.5) == "b"
    more = index.patched({"d": shapely.box(3, 0, 4, 1)})
    assert (more.owner(3.5, 0.5), more.codes) == ("d", ("a", "b", "c", "d"))
    with pytest.raises(InvalidCoverage) as refused:
        index.patched({"d": shapely.box(0.25, 0.25, 0.75, 0.75)})
    assert {"a", "d"} <= {code for fault in refused.value.faults for code in fault.codes}
    assert index.patched({}).owner(0.5, 0.5) == "a"


def test_many_patches_are_put_together_again() -> None:
    squares = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(6) for y in range(6)], dtype=object)
    codes = codes_for(squares)
    index = GridIndex.build(squares, codes)
    for at in range(30):
        index = index.patched({codes[at]: None})
    assert [index.owner(*shapely.get_coordinates(one.centroid)[0]) for one in squares] == [None] * 30 + codes[30:]


NESTED = [shapely.box(0, 0, 10, 10), shapely.box(4, 4, 5, 5)]
CROSSED = [shapely.box(0, 0, 2, 1), shapely.box(1, -1, 3, 2)]
SAME = [shapely.box(0, 0, 1, 1), shapely.box(0, 0, 1, 1)]
BOWTIE = [shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]
HAIR = [shapely.box(0, 0, 1, 1), shapely.box(np.nextafter(1.0, 0.0), 0, 2, 1)]


@pytest.mark.parametrize("shapes", [NESTED, CROSSED, SAME, BOWTIE, HAIR])
def test_what_is_no_coverage_is_refused_and_named(shapes: list[shapely.Geometry]) -> None:
    with pytest.raises(InvalidCoverage) as refused:
        GridIndex.build(shapes, codes_for(np.array(shapes, dtype=object)))
    assert {code for fault in refused.value.faults for code in fault.codes} == {"0000", "0001"}.intersection(
        codes_for(np.array(shapes, dtype=object))
    )


def test_edges_that_meet_without_common_corners_are_fine_where_nothing_overlaps() -> None:
    # the western square has no corner where the two eastern ones meet
    index = GridIndex.build([shapely.box(0, 0, 1, 2), shapely.box(1, 0, 2, 1), shapely.box(1, 1, 2, 2)], list("abc"))
    assert [index.owner(0.5, 1), index.owner(1, 0.5), index.owner(1, 1), index.owner(1, 1.5)] == ["a", "b", "c", "c"]


def test_holes_islands_gaps_and_very_different_sizes() -> None:
    lake = shapely.difference(shapely.box(105, 29, 105.3, 29.3), shapely.box(105.1, 29.1, 105.2, 29.2))
    hut = shapely.box(105.3000001, 29.0, 105.3003, 29.0003)
    isles = shapely.MultiPolygon([shapely.box(105.12, 29.12, 105.13, 29.13), shapely.box(105.6, 29, 105.61, 29.01)])
    index = GridIndex.build([lake, hut, isles, None, shapely.Polygon()], ["lake", "hut", "isles", "none", "empty"])
    assert index.owner(105.05, 29.05) == "lake"
    assert index.owner(105.15, 29.15) is None
    assert index.owner(105.125, 29.125) == "isles"
    assert index.owner(105.605, 29.005) == "isles"
    assert index.owner(105.3001, 29.0001) == "hut"
    assert index.owner(105.30000005, 29.0001) is None
    assert GridIndex.build([], []).owner(1, 1) is None


def test_a_coverage_across_the_meridian_of_180_degrees() -> None:
    cut = shapely.MultiPolygon([shapely.box(179, -17, 180, -16), shapely.box(-180, -17, -179, -16)])
    index = GridIndex.build([cut, shapely.box(-179, -17, -178, -16)], ["taveuni", "east"])
    for lon, expected in ((179.5, "taveuni"), (180.0, "taveuni"), (-180.0, "taveuni"), (-179.5, "taveuni")):
        assert index.owner(lon, -16.5) == expected
        assert named(index, index.owners([lon], [-16.5])) == [expected]
    assert index.owner(-179.0, -16.5) == "east"
    assert index.owner(178.9, -16.5) is None
    whole = GridIndex.build([shapely.box(-180, -90, 180, 90)], ["world"])
    assert (whole.owner(180.0, 0), whole.owner(-180.0, 0), whole.owner(0, 90)) == ("world", "world", None)


def test_near_zero_degrees_where_subtractions_round() -> None:
    tiny = 5e-324
    index = GridIndex.build([shapely.box(-1, -1, 0, 1), shapely.box(0, -1, 1, 1)], ["west", "east"])
    assert [index.owner(x, tiny) for x in (-tiny, 0.0, -0.0, tiny)] == ["west", "east", "east", "east"]
    slope = GridIndex.build(
        [shapely.Polygon([(0, 0), (1e-5, 3e-5), (-1, 1)]), shapely.Polygon([(0, 0), (1, 1), (1e-5, 3e-5)])], ["l", "r"]
    )
    x = np.array([1e-20, 1e-300, 1e-9 / 3, np.nextafter(1e-5 / 3, 0)])
    y = x * 3
    shapes = np.array(
        [shapely.Polygon([(0, 0), (1e-5, 3e-5), (-1, 1)]), shapely.Polygon([(0, 0), (1, 1), (1e-5, 3e-5)])]
    )
    expected = [by_rationals(shapes, ["l", "r"], a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    assert [slope.owner(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)] == expected
    assert named(slope, slope.owners(x, y)) == expected
    assert named(slope, slope.owners(np.tile(x, 1000), np.tile(y, 1000))) == expected * 1000


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_is_refused(bad: float) -> None:
    index = GridIndex.build([shapely.box(0, 0, 1, 1)], ["a"])
    for lon, lat in ((bad, 0.5), (0.5, bad)):
        with pytest.raises(BadPosition):
            index.owner(lon, lat)
        with pytest.raises(BadPosition) as refused:
            index.owners([0.5, lon], [0.5, lat])
        assert refused.value.details["row"] == 1


def test_nobody_owns_what_lies_beyond_all_counting() -> None:
    index = GridIndex.build([shapely.box(0, 0, 1, 1)], ["a"])
    assert [index.owner(1e308, 0), index.owner(0, -1e308)] == [None, None]
    assert index.owners([1e308, 0.5], [0, 0.5]).tolist() == [-1, 0]


def test_a_saved_index_answers_the_same_and_keeps_its_edition(tmp_path: Path) -> None:
    polygons = wobbly(40, 5, 2)
    index = GridIndex.build(polygons, codes_for(polygons), edition="510521/main/grid/3")
    index = index.patched({"0007": None})
    index.save(tmp_path / "it.gsi")
    loaded = GridIndex.load(tmp_path / "it.gsi", verify=True)
    x, y = beside_edges(polygons, 1, 2_000)
    assert loaded.owners(x, y).tolist() == index.owners(x, y).tolist()
    assert (loaded.codes, loaded.edition) == (index.codes, "510521/main/grid/3")
    assert [path.name for path in tmp_path.iterdir()] == ["it.gsi"]


WRITTEN = bytearray()


@settings(max_examples=200)
@given(st.data())
def test_a_file_with_any_byte_altered_or_cut_off_is_refused(data: st.DataObject) -> None:
    if not WRITTEN:
        polygons = wobbly(4, 2, 2)
        part = GridIndex.build(polygons, codes_for(polygons))._whole()
        WRITTEN.extend(file.written(file.Saved(part.raster, part.edges, tuple(codes_for(polygons)), "e")))
    content = bytearray(WRITTEN)
    if data.draw(st.booleans()):
        content = content[: data.draw(st.integers(0, len(content) - 1))]
    else:
        at = data.draw(st.integers(0, len(content) - 1))
        changed = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
        content[at] = changed
        if _is_padding(content, at):
            return
    with pytest.raises(BadFile):
        file.read(bytes(content), Path("it.gsi"), verify=True)


def _is_padding(content: bytearray, at: int) -> bool:
    """Return whether a byte lies between sections, where nobody looks."""
    try:
        file.read(bytes(content), Path("it.gsi"), verify=True)
    except BadFile:
        return False
    original = bytearray(WRITTEN)
    return original[at] == 0


def test_a_foreign_file_and_none_at_all(tmp_path: Path) -> None:
    (tmp_path / "foreign.gsi").write_bytes(b"PK" + bytes(500))
    with pytest.raises(BadFile):
        GridIndex.load(tmp_path / "foreign.gsi")
    with pytest.raises(FileNotFoundError):
        GridIndex.load(tmp_path / "nothing.gsi")


@settings(max_examples=12)
@given(st.integers(0, 10_000), st.floats(5, 3_000), st.sampled_from([0.5, 0.68, 0.95]))
def test_candidates_agree_with_a_lottery(seed: int, accuracy: float, confidence: float) -> None:
    random = np.random.default_rng(seed)
    polygons = wobbly(20, 4, seed)
    index = GridIndex.build(polygons, codes_for(polygons))
    lon, lat = random.uniform(105.295, 105.505), random.uniform(29.095, 29.255)
    if seed % 3 == 0:
        lon, lat = shapely.get_coordinates(polygons)[seed % 50]
    found = index.candidates(lon, lat, accuracy, confidence)
    assert sum(one.probability for one in found) == pytest.approx(1.0)
    assert [one.probability for one in found] == sorted((one.probability for one in found), reverse=True)
    count = 200_000
    spread_m = accuracy / np.sqrt(-2 * np.log(1 - confidence))
    east, north = random.normal(0, spread_m, (2, count))
    owners = index.owners(lon + east / (111_320 * np.cos(np.radians(lat))), lat + north / 110_850)
    drawn = np.bincount(owners + 1, minlength=len(polygons) + 1) / count
    by_code = dict(zip([None, *index.codes], drawn.tolist(), strict=True))
    for one in found:
        assert one.probability == pytest.approx(by_code.pop(one.code), abs=0.008)
    assert all(share < 0.001 for share in by_code.values())


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.booleans())
def test_patches_across_the_meridian_of_180_degrees_answer_like_an_index_built_anew(seed: int, cut: bool) -> None:
    random = np.random.default_rng(seed)
    polygons = wobbly(12, 3, seed, (178.5, -18.0, 181.5, -16.0))
    codes = codes_for(polygons)
    index = GridIndex.build(polygons, codes)
    for which in random.permutation(12)[:3].tolist():
        smaller = shapely.transform(polygons[which], lambda points: points + 0.2 * (points.mean(axis=0) - points))
        if cut and smaller.bounds[0] > 180:  # the other usual way of counting
            smaller = shapely.transform(smaller, lambda points: points - (360.0, 0.0))
        polygons = polygons.copy()
        polygons[which] = smaller
        index = index.patched({codes[which]: smaller})
    built = GridIndex.build(polygons, codes)
    x, y = random.uniform(178.4, 181.6, 400), random.uniform(-18.1, -15.9, 400)
    x = np.where((x > 180) & (random.uniform(0, 1, 400) < 0.5), x - 360, x)
    assert index.owners(x, y).tolist() == built.owners(x, y).tolist()
    assert len(set(index.owners(x, y).tolist())) > 6


def test_a_coverage_may_grow_beyond_the_meridian_of_180_degrees() -> None:
    index = GridIndex.build([shapely.box(178, 0, 179, 1), shapely.box(179, 0, 180, 1)], ["a", "b"])
    grown = index.patched({"c": shapely.box(-180, 0, -179, 1), "a": shapely.box(178.5, 0, 179, 1)})
    assert grown.owners([178.7, 178.2, 179.5, -179.5, 180.5], [0.5] * 5).tolist() == [0, -1, 1, 2, 2]
    assert [grown.owner(-180, 0.5), grown.owner(180, 0.5), index.owner(180.0, 0.5)] == ["c", "c", None]
