"""A publisher in a process of its own, killed in the middle of its work, and the town whose borders it moves."""

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from spatial.edits import ChangeSet, move_vertex, read_change_set, written_change_set
from spatial.levels import MAIN_TREE, Level
from spatial.locate import Locator
from spatial.ownership import InvalidCoverage
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Text
from tests import small_town
from tests.coverages import wobbly

DISTRICT = small_town.LUXIAN
GRIDS, COMMUNITIES, INCIDENTS = 240, 8, 2000
BOX = (105.3, 29.1, 105.5, 29.25)
"""West, south, east, north of the town in degrees."""

CHILD = "import sys; from tests.killed_publisher import publish_for_ever; publish_for_ever(*sys.argv[1:])"
PATIENCE_S = 60.0


def levels() -> list[Level]:
    """Return three levels, each of which fills the one above."""
    names = (("district", "区县", "District"), ("community", "社区", "Community"), ("grid", "网格", "Grid"))
    above = (None, "district", "community")
    return [
        Level(DISTRICT.slug, MAIN_TREE, rank, slug, Text(zh, en), above[rank], rank > 0, rank == 2)
        for rank, (slug, zh, en) in enumerate(names)
    ]


def fill(store: Store, seed: int) -> None:
    """Publish a town of bent borders, which its communities share with its grids, and report incidents all over it."""
    grids = wobbly(GRIDS, seed=seed % 2**32, box=BOX)
    part = np.argsort(np.argsort(shapely.get_x(shapely.centroid(grids)))) * COMMUNITIES // GRIDS
    communities = [shapely.coverage_union_all(grids[part == which]) for which in range(COMMUNITIES)]
    shapes = [shapely.coverage_union_all(grids), *communities, *grids]
    above = [f"/{DISTRICT.code}"] + [f"/{DISTRICT.code}/C{which}" for which in range(COMMUNITIES)]
    paths = [*above, *(f"{above[1 + which]}/G{number}" for number, which in enumerate(part.tolist()))]
    steps = [path.split("/") for path in paths]
    areas = Table(
        np.array(shapes, dtype=object),
        {
            "code": [step[-1] for step in steps],
            "level": [("district", "community", "grid")[len(step) - 2] for step in steps],
            "parent": [step[-2] or None for step in steps],
            "path": paths,
        },
    )
    chance = np.random.default_rng(seed)
    west, south, east, north = BOX
    places = shapely.points(chance.uniform(west, east, INCIDENTS), chance.uniform(south, north, INCIDENTS))
    codes, under = Locator.over(DISTRICT, levels(), areas).tag(DISTRICT.slug, places)
    incidents = {
        "code": [f"I{number}" for number in range(INCIDENTS)],
        "district": [DISTRICT.slug] * INCIDENTS,
        "responsible": codes,
        "path": under,
    }
    with store.write("test") as tx:
        tx.put_district(DISTRICT, levels())
        tx.publish(DISTRICT.slug, areas)
        tx.insert("incidents", Table(places, incidents))


def areas_of(store: Store, edition: int | None = None) -> Table:
    """Return the areas of the town, as they are or as they were in an edition."""
    return store.read("areas", Query(district=DISTRICT.slug, tree=MAIN_TREE, edition=edition))


def random_move(areas: Table, base: int, chance: random.Random) -> ChangeSet:
    """Return a change that moves a vertex inside the town by less than the way to the next one; it may be refused."""
    outer = {tuple(point) for point in shapely.get_coordinates(areas.geometry[list(areas["level"]).index("district")])}
    points = np.unique(shapely.get_coordinates(areas.geometry), axis=0)
    while True:
        at = points[chance.randrange(len(points))]
        if tuple(at) in outer:
            continue
        away = np.hypot(*(points - at).T)
        reach = float(away[away > 0].min()) * chance.uniform(0.05, 0.6)
        angle = chance.uniform(0, 2 * np.pi)
        to = (float(at[0] + reach * np.cos(angle)), float(at[1] + reach * np.sin(angle)))
        return move_vertex(areas, (float(at[0]), float(at[1])), to, district=DISTRICT.slug, base=base)


def publish_for_ever(url: str, log: str, seed: str) -> None:
    """Publish moves until killed: each is written to a file before it is published, and acknowledged there after."""
    chance = random.Random(seed)
    store = open_store(url)
    with Path(log).open("ab", buffering=0) as said:
        while True:
            base = store.editions(DISTRICT.slug)[-1].number
            change = random_move(areas_of(store), base, chance)
            said.write(b"begin " + written_change_set(change).replace(b"\n", b" ") + b"\n")
            try:
                with store.write("planner") as tx:
                    tx.publish_changes(change)
            except InvalidCoverage:  # a move across another border
                said.write(b"refused\n")
            else:
                said.write(b"done\n")


@dataclass(frozen=True, slots=True)
class Killed:
    """What a killed publisher had acknowledged, and the change that it had begun and not finished, if any."""

    acknowledged: tuple[ChangeSet, ...]
    begun: ChangeSet | None


def kill_while_publishing(url: str, log: Path, seed: str, after_s: float) -> Killed:
    """Start a publisher and kill it so many seconds after it began to publish."""
    log.unlink(missing_ok=True)
    with subprocess.Popen([sys.executable, "-c", CHILD, url, log, seed], cwd=Path.cwd()) as publisher:
        until = time.monotonic() + PATIENCE_S
        while not (log.exists() and log.stat().st_size):
            assert publisher.poll() is None
            assert time.monotonic() < until
            time.sleep(0.002)
        time.sleep(after_s)
        assert publisher.poll() is None, "it ended by itself"
        publisher.send_signal(signal.SIGKILL)
    acknowledged: list[ChangeSet] = []
    begun: bytes | None = None
    for line in log.read_bytes().split(b"\n")[:-1]:  # a line that was cut off was not published yet
        if line.startswith(b"begin "):
            begun = line.removeprefix(b"begin ")
            continue
        assert begun is not None
        if line == b"done":
            acknowledged.append(read_change_set(begun))
        begun = None
    return Killed(tuple(acknowledged), None if begun is None else read_change_set(begun))
