"""How long the embedded store takes to take 30,000 points in and to hand 12,000 shapes out.

Targets: 2 s of work for the points, half a second for the shapes.
"""

import resource
import tempfile
from pathlib import Path

from spatial.store import open_store
from tests.bench.desk import line
from tests.contract.sample import areas, stations, with_districts

POINTS, SHAPES, ROUNDS = 30_000, 12_000, 5


def worked() -> float:
    """Return the seconds that this process has worked for so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def once(path: Path) -> tuple[float, float]:
    """Return the seconds of work that writing the points and reading the shapes took."""
    store = with_districts(open_store(path, create=True))
    points = stations([(105 + index % 1000 / 1000, 29) for index in range(POINTS)])
    began = worked()
    with store.write("bench") as tx:
        tx.insert("cameras", points)
    written = worked() - began
    with store.write("bench") as tx:
        tx.publish("luxian", areas([f"b{index}" for index in range(SHAPES)], west=10))
    began = worked()
    assert len(store.read("buildings")) == SHAPES
    read = worked() - began
    store.close()
    return written, read


def main() -> None:
    """Print both."""
    with tempfile.TemporaryDirectory(prefix="gridscape-bench-") as folder:
        times = [once(Path(folder) / f"{number}.gpkg") for number in range(ROUNDS)]
    written, read = (list(each) for each in zip(*times, strict=True))
    line(f"{POINTS:,} points written", written, "s", 2)
    line(f"{SHAPES:,} shapes read", read, "s", 0.5)
