"""What others offer for the question that `GridIndex.owners` answers: each as a function from points to owners."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Shapes = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Points:
    """Places to ask for; the shapes are made beforehand, so that no peer is timed for it."""

    x: Floats
    y: Floats
    shapes: Shapes
    frame: geopandas.GeoDataFrame

    @classmethod
    def of(cls, x: Floats, y: Floats) -> "Points":
        """Return points of longitudes and latitudes."""
        shapes = shapely.points(x, y)
        return cls(x, y, shapes, geopandas.GeoDataFrame(geometry=shapes))

    def first(self, count: int) -> "Points":
        """Return the first of the points."""
        return self if count >= len(self.x) else Points.of(self.x[:count], self.y[:count])


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to ask. `join`: whether it is a spatial join of the kind that most people write. `most`: points that it is
    asked for at once, where all would take too long; its time is then scaled."""

    name: str
    ask: Callable[[Points], object]
    join: bool
    most: int = 10**9


def peers(shapes: Shapes) -> list[Peer]:
    """Return all peers that need no server, prepared for a coverage."""
    for shape in shapes:
        shapely.prepare(shape)
    frame = geopandas.GeoDataFrame(geometry=shapes)
    frame.sindex.query(shapes[0])  # made once, not timed
    tree = shapely.STRtree(shapes)
    tree.query(shapes[0])
    order = np.argsort(shapely.bounds(shapes)[:, 0])
    sorted_shapes, boxes = shapes[order], shapely.bounds(shapes)[order]

    def joined(predicate: str) -> Callable[[Points], object]:
        return lambda points: geopandas.sjoin(points.frame, frame, predicate=predicate)

    def by_points(predicate: str) -> Callable[[Points], object]:
        return lambda points: tree.query(points.shapes, predicate=predicate)

    def by_polygons(predicate: str) -> Callable[[Points], object]:
        return lambda points: shapely.STRtree(points.shapes).query(shapes, predicate=predicate)

    def polygon_by_polygon(points: Points) -> NDArray[np.int64]:
        found = np.full(len(points.x), -1)
        rank = np.argsort(points.x, kind="stable")
        x, y = points.x[rank], points.y[rank]
        begins = np.searchsorted(x, boxes[:, 0], side="left")
        ends = np.searchsorted(x, boxes[:, 2], side="right")
        for at, shape in enumerate(sorted_shapes):
            column = slice(begins[at], ends[at])
            near = np.flatnonzero((y[column] >= boxes[at, 1]) & (y[column] <= boxes[at, 3])) + begins[at]
            if len(near):
                found[rank[near[shapely.contains_xy(shape, x[near], y[near])]]] = order[at]
        return found

    return [
        Peer("geopandas.sjoin within", joined("within"), join=True),
        Peer("geopandas.sjoin intersects", joined("intersects"), join=True),
        Peer("STRtree of areas, within", by_points("within"), join=True),
        Peer("STRtree of areas, intersects", by_points("intersects"), join=True),
        Peer("STRtree of points, contains", by_polygons("contains"), join=True),
        Peer("STRtree of points, intersects", by_polygons("intersects"), join=True),
        Peer("contains_xy for each area", polygon_by_polygon, join=False),
        Peer("rtree and prepared areas", _rtree_and_prepared(shapes), join=False, most=10_000),
    ]


def _rtree_and_prepared(shapes: Shapes) -> Callable[[Points], object]:
    from rtree.index import Index

    boxes = Index((at, tuple(box), None) for at, box in enumerate(shapely.bounds(shapes).tolist()))

    def ask(points: Points) -> list[int]:
        found = []
        for x, y in zip(points.x.tolist(), points.y.tolist(), strict=True):
            near = boxes.intersection((x, y, x, y))
            found.append(next((at for at in near if shapely.contains_xy(shapes[at], x, y)), -1))
        return found

    return ask


@contextlib.contextmanager
def postgis() -> Iterator[str | None]:
    """Start a PostGIS of our own on the loopback and give its address, None where none can be started."""
    binaries = next((path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")), None)
    extension = list(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))
    if binaries is None or not extension:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="gridscape-bench-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if prefix:
        shutil.chown(folder, "postgres")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c shared_buffers=512MB"
    # one core, as everybody else has
    options += " -c max_parallel_workers_per_gather=0 -c work_mem=256MB -c fsync=off"
    control = [*prefix, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]
    initdb = [*prefix, str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust"]
    try:
        subprocess.run([*initdb, "-E", "UTF8", "--no-sync"], check=True, capture_output=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run([*control, "-o", options, "start"], check=True, **quiet)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], check=False, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def postgis_peer(address: str, shapes: Shapes, points: Points, most: int) -> Peer:
    """Return the peer that joins two indexed tables; the points that it is timed for are loaded here."""
    import psycopg

    connection = psycopg.connect(address, autocommit=True)
    some = points.first(most)
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS postgis")
        for table, rows in (("area", shapes), ("place", some.shapes)):
            cursor.execute(f"DROP TABLE IF EXISTS {table}".encode())
            cursor.execute(f"CREATE TABLE {table} (id integer, shape geometry)".encode())
            with cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                for at, shape in enumerate(shapely.to_wkb(rows, hex=True)):
                    copy.write_row((at, shape))
            cursor.execute(f"CREATE INDEX ON {table} USING gist (shape)".encode())
            cursor.execute(f"ANALYZE {table}".encode())

    def ask(_: Points) -> object:
        join = "SELECT place.id, area.id FROM place JOIN area ON ST_Intersects(area.shape, place.shape)"
        return connection.execute(join).fetchall()

    return Peer("PostGIS, joined by ST_Intersects", ask, join=False, most=len(some.x))
