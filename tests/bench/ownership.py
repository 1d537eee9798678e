"""Who owns a point: `GridIndex` beside its peers, in one process, alternating, medians of at least five.

Coverages of 131, 2,988 and 50,000 areas with shared edges, made from a seed, and the counties of us-atlas, mended.
"""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial import GridIndex
from spatial.ownership.repair import repaired
from tests.bench.ownership_peers import Peer, Points, peers, postgis, postgis_peer
from tests.bench.ownership_truth import beside, judged, vertices_and_middles
from tests.coverages import wobbly
from tests.us_atlas import COUNTIES, counties

ROUNDS = 5
POINTS = 500_000
SINGLE = 20_000
SLOW_PEER = 3.0
"""Peers this many times slower than the best in their first round are timed once."""

LARGE = 50_000
BOX = (104.0, 28.0, 107.0, 31.0)
SIZES = ((131, 29, 30.0), (2_988, 19, 12.0), (LARGE, 7, 15.0))
"""Areas, points on each edge (180, 120 and 48 vertices an area), the ratio to the best join that is wanted."""

US_ATLAS_WANTED = 12.0
"""As of the generated coverage of the same size; most of its box is sea, which costs nobody anything."""

BEST_PEER, NUMPY_ONLY, SINGLE_WANTED = 7.0, 3.0, 12.0
BUILD_S, PATCH_MS, LOAD_MS = 4.0, 1.0, 50.0
RANDOM, VERTICES, BESIDE, SAMPLE = 1_000_000, 200_000, 150_000, 4_000

Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; `good`: whether what is wanted was reached."""

    what: str
    ours: str
    beside: str
    result: str
    target: str
    good: bool

    def line(self) -> str:
        """Return it as a line of a Markdown table."""
        verdict = "ok" if self.good else "over"
        return f"| {self.what} | {self.ours} | {self.beside} | {self.result} | {self.target} | {verdict} |"


def main() -> None:
    """Print the table of the index and its peers."""
    print(
        f"{POINTS:,} points a call, one core, medians of {ROUNDS}; a peer that was {SLOW_PEER:g} × slower than the best"
    )
    print("in its first round is timed once; where a peer was asked for fewer points, its time is scaled.\n")
    print("| what | GridIndex | beside | result | wanted | |\n|---|---|---|---|---|---|", flush=True)
    with postgis() as address:
        for name, shapes, wanted in coverages():
            random = np.random.default_rng(2026)
            index = GridIndex.build(shapes, [f"{at:06d}" for at in range(len(shapes))])
            for row in measured(name, index, shapes, wanted, address, random):
                print(row.line(), flush=True)
    print("\n", *(f"  {line}\n" for line in NOTES), sep="")


NOTES: list[str] = []


def coverages() -> Iterator[tuple[str, Shapes, float]]:
    """Yield the name, the polygons, and the ratio to the best join that is wanted of each coverage."""
    for areas, bends, wanted in SIZES:
        yield f"{areas:,} areas", wobbly(areas, bends, seed=areas, box=BOX), wanted
    if COUNTIES.exists():
        shapes, codes, _ = counties()
        mended, _ = repaired(shapes, codes)
        yield "us-atlas", mended[~shapely.is_missing(mended)], US_ATLAS_WANTED


def measured(
    name: str, index: GridIndex, shapes: Shapes, wanted: float, address: str | None, random: np.random.Generator
) -> Iterator[Row]:
    """Yield the rows of one coverage."""
    prepared = peers(shapes)
    for spread, x, y in (
        ("uniform", *uniform(shapes, POINTS, random)),
        ("clustered", *clustered(shapes, POINTS, random)),
    ):
        points = Points.of(x, y)
        every = list(prepared)
        if address is not None:
            every.append(postgis_peer(address, shapes, points, 50_000))
        yield from bulk_rows(f"{name}, {spread}", index, every, points, wanted)
    yield single_row(name, index, shapes, random)
    if len(shapes) == LARGE:
        yield build_row(name, shapes)
        yield patch_row(name, index, shapes, random)
        yield load_row(name, index)
    yield truth_row(name, index, shapes, random)


def bulk_rows(name: str, index: GridIndex, every: Sequence[Peer], points: Points, wanted: float) -> Iterator[Row]:
    """Yield the rows of many points at once: compiled against joins and all peers, and with arrays alone."""
    ask: dict[str, tuple[Callable[[], object], float]] = {
        "numba": (lambda: index.owners(points.x, points.y), 1.0),
        "numpy": (without_numba(lambda: index.owners(points.x, points.y)), 1.0),
    }
    for peer in every:
        some = points.first(peer.most)
        ask[peer.name] = (lambda peer=peer, some=some: peer.ask(some), len(points.x) / len(some.x))
    taken = alternating(ask)
    joins = {peer.name: taken[peer.name] for peer in every if peer.join}
    others = {peer.name: taken[peer.name] for peer in every}
    join, best = min(joins, key=joins.__getitem__), min(others, key=others.__getitem__)
    each = ", ".join(
        f"{peer} {1e9 * took / len(points.x):,.0f}" for peer, took in sorted(others.items(), key=lambda kv: kv[1])
    )
    NOTES.append(
        f"{name}, ns a point: numba {1e9 * taken['numba'] / len(points.x):,.1f}, "
        f"numpy {1e9 * taken['numpy'] / len(points.x):,.1f}; {each}"
    )
    for what, ours, peer, least in (
        ("bulk, numba, against the best join", "numba", join, wanted),
        ("bulk, numba, against the best of all", "numba", best, BEST_PEER),
        ("bulk, numpy only, against the best of all", "numpy", best, NUMPY_ONLY),
    ):
        ratio = others[peer] / taken[ours]
        yield Row(
            f"{what}: {name}", per_point(taken[ours], len(points.x)),
            f"{peer}: {per_point(others[peer], len(points.x))}",
            f"{ratio:.1f} ×", f"{least:g} ×", ratio >= least,
        )  # fmt: skip


def alternating(ask: dict[str, tuple[Callable[[], object], float]]) -> dict[str, float]:
    """Return the median seconds of each way to ask, scaled; all take turns."""
    taken: dict[str, list[float]] = {name: [] for name in ask}
    ask["numba"][0]()  # compiled, or read from the compiler's folder
    slow: set[str] = set()
    for _ in range(ROUNDS):
        for name, (work, scale) in ask.items():
            if name not in slow:
                taken[name].append(scale * seconds(work))
        if not slow:
            best = min(times[0] for name, times in taken.items() if name not in ("numba", "numpy"))
            slow = {name for name, times in taken.items() if times[0] > SLOW_PEER * best} - {"numba", "numpy"}
    return {name: median(times) for name, times in taken.items()}


def single_row(name: str, index: GridIndex, shapes: Shapes, random: np.random.Generator) -> Row:
    """Return the row of one point after the other, against a query of a tree of areas."""
    x, y = uniform(shapes, SINGLE, random)
    pairs = list(zip(x.tolist(), y.tolist(), strict=True))
    tree = shapely.STRtree(shapes)
    made = [shapely.Point(*pair) for pair in pairs[: SINGLE // 5]]

    def ours() -> None:
        owner = index.owner
        for lon, lat in pairs:
            owner(lon, lat)

    def theirs() -> None:
        for lon, lat in pairs[: SINGLE // 5]:
            tree.query(shapely.Point(lon, lat), predicate="intersects")

    def ready() -> None:
        for point in made:
            tree.query(point, predicate="intersects")

    ours()
    rounds = [(seconds(ours) / SINGLE, seconds(theirs) / len(made), seconds(ready) / len(made)) for _ in range(ROUNDS)]
    mine, query, without_making = (median(each) for each in zip(*rounds, strict=True))
    NOTES.append(
        f"{name}: STRtree.query of a Point that is there already takes {1e6 * without_making:.2f} µs "
        f"({without_making / mine:.1f} ×)"
    )
    return Row(
        f"single, .owner() against STRtree.query(Point): {name}", f"{1e6 * mine:.2f} µs", f"{1e6 * query:.2f} µs",
        f"{query / mine:.1f} ×", f"{SINGLE_WANTED:g} ×", query / mine >= SINGLE_WANTED,
    )  # fmt: skip


def build_row(name: str, shapes: Shapes) -> Row:
    """Return the row of building, in seconds of processor time."""
    codes = [f"{at:06d}" for at in range(len(shapes))]
    taken = []
    for _ in range(ROUNDS):
        gc.collect()
        started = process_time()
        GridIndex.build(shapes, codes)
        taken.append(process_time() - started)
    vertices = shapely.get_num_coordinates(shapes).mean()
    took = median(taken)
    return Row(
        f"build: {name} of {vertices:.0f} vertices", f"{took:.2f} s of CPU", "–", f"{took:.2f} s", f"{BUILD_S:g} s",
        took < BUILD_S,
    )  # fmt: skip


def patch_row(name: str, index: GridIndex, shapes: Shapes, random: np.random.Generator) -> Row:
    """Return the row of one edit: a vertex that two areas share is moved."""
    taken = []
    for edit in edits(index, shapes, 60, random):
        started = perf_counter()
        index.patched(edit)
        taken.append(perf_counter() - started)
    took = 1e3 * median(taken[10:])
    worst = 1e3 * max(taken[10:])
    return Row(
        f"patched, two areas, one vertex: {name}", f"{took:.2f} ms (worst of 50: {worst:.2f})", "–", f"{took:.2f} ms",
        f"{PATCH_MS:g} ms", took < PATCH_MS,
    )  # fmt: skip


def edits(
    index: GridIndex, shapes: Shapes, count: int, random: np.random.Generator
) -> Iterator[dict[str, shapely.Geometry]]:
    """Yield the new shapes, by code, of two areas after a vertex of their common edge was moved a little."""
    tree = shapely.STRtree(shapes)
    made = 0
    while made < count:
        one = int(random.integers(0, len(shapes)))
        mine = shapely.get_coordinates(shapes[one])
        vertex = mine[int(random.integers(1, len(mine) - 1))]
        owners = [
            int(at)
            for at in tree.query(shapely.Point(vertex))
            if (shapely.get_coordinates(shapes[at]) == vertex).all(axis=1).any()
        ]
        if len(owners) != 2:
            continue
        step = 0.02 * np.hypot(*(mine[1] - mine[0])) * random.uniform(-1, 1, 2)
        moved = {}
        for at in owners:
            points = shapely.get_coordinates(shapes[at])
            points[(points == vertex).all(axis=1)] += step
            moved[index.codes[at]] = shapely.Polygon(points)
        if all(shape.is_valid for shape in moved.values()):
            made += 1
            yield moved


def load_row(name: str, index: GridIndex) -> Row:
    """Return the row of opening a saved file, until the first answer."""
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        path = Path(folder) / "areas.index"
        index.save(path)
        taken = [seconds(lambda: GridIndex.load(path)) for _ in range(2 * ROUNDS)]
        answered = [seconds(lambda: GridIndex.load(path).owner(105.5, 29.5)) for _ in range(2 * ROUNDS)]
        size = path.stat().st_size / 2**20
    took = 1e3 * median(taken)
    NOTES.append(f"{name}: the file has {size:.0f} MiB; {1e3 * median(answered):.1f} ms until the first answer")
    return Row(f"load a saved file: {name}", f"{took:.1f} ms", "–", f"{took:.1f} ms", f"{LOAD_MS:g} ms", took < LOAD_MS)


def truth_row(name: str, index: GridIndex, shapes: Shapes, random: np.random.Generator) -> Row:
    """Return the row of wrong owners."""
    asked, geos, fractions, wrong = 0, 0, 0, 0
    for x, y in (
        uniform(shapes, RANDOM, random),
        vertices_and_middles(shapes, VERTICES, random),
        beside(shapes, BESIDE, random),
    ):
        verdict = judged(index, shapes, x, y, SAMPLE, random)
        asked, geos = asked + verdict.asked, geos + verdict.by_geos
        fractions, wrong = fractions + verdict.by_fractions, wrong + verdict.wrong
    told = f"{asked:,} points: {geos:,} by GEOS, {fractions:,} by fractions"
    return Row(f"wrong owners: {name}", f"{wrong}", told, f"{wrong}", "0", wrong == 0)


def uniform(shapes: Shapes, count: int, random: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points all over the box of a coverage."""
    west, south, east, north = shapely.total_bounds(shapes)
    return random.uniform(west, east, count), random.uniform(south, north, count)


def clustered(
    shapes: Shapes, count: int, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points around a place in each of forty areas, borders not avoided, as incidents gather in towns."""
    west, south, east, north = shapely.total_bounds(shapes)
    boxes = shapely.bounds(shapes[random.integers(0, len(shapes), 40)])
    centres = random.uniform(boxes[:, :2], boxes[:, 2:])
    chosen = centres[random.integers(0, len(centres), count)]
    x = chosen[:, 0] + random.normal(0, (east - west) / 200, count)
    y = chosen[:, 1] + random.normal(0, (north - south) / 200, count)
    return np.clip(x, -180, 180), np.clip(y, -90, 90)


def without_numba(work: Callable[[], object]) -> Callable[[], object]:
    """Return the same work with the compiled loops switched off while it runs."""

    def alone() -> object:
        with switched_off():
            return work()

    return alone


@contextmanager
def switched_off() -> Iterator[None]:
    """Forbid compiled loops, as GRIDSCAPE_NO_NUMBA does for a process."""
    before = os.environ.get("GRIDSCAPE_NO_NUMBA")
    os.environ["GRIDSCAPE_NO_NUMBA"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["GRIDSCAPE_NO_NUMBA"]
        else:
            os.environ["GRIDSCAPE_NO_NUMBA"] = before


def seconds(work: Callable[[], object]) -> float:
    """Return how long some work takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def per_point(took: float, count: int) -> str:
    """Return the time of one point of many."""
    return f"{1e9 * took / count:,.0f} ns"
