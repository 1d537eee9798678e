"""The street network of a district, and how long the ways over it take.

Roads meet where they share a coordinate. A place stands beside the network on the nearest piece of a street, and the
way there counts as walked; whoever drives gets off there. Shortest ways are Dijkstra's, by scipy.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from spatial.crs import to_degrees, to_metres
from spatial.table import Table
from spatial.vocabulary import RoadClass

Metres = NDArray[np.float64]
Integers = NDArray[np.int64]

WALKING_MPS = 1.33
"""Metres a second of an adult on foot: 1.3 to 1.42 in town."""

_DRIVING_MPS = {
    # in town, with crossings and lights, about 60 % of what is allowed; chosen
    RoadClass.ARTERIAL: 9.0,
    RoadClass.COLLECTOR: 7.0,
    RoadClass.LANE: 4.5,
    RoadClass.DRIVE: 2.8,
}

FURTHEST_BESIDE_M = 400.0
"""A place further from every street than this is not reached."""

_NOBODY = -9999


class Mode(StrEnum):
    """How somebody moves."""

    WALKING = "walking"
    DRIVING = "driving"


@dataclass(frozen=True, slots=True)
class Way:
    """The way from one place to another. `line`: its coordinates in degrees, shape (n, 2), both places included."""

    seconds: float
    metres: float
    line: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a place stands on the network: a piece of street, seconds to both its ends, and the point itself."""

    piece: int
    share: float
    beside_m: float
    at: Metres
    place: Metres


@dataclass(frozen=True)
class StreetNetwork:
    """`nodes`: where pieces of streets meet, metres of a zone, shape (n, 2); `pieces`: the two nodes of each, shape
    (m, 2); `seconds`: how long each takes."""

    mode: Mode
    zone: int
    nodes: Metres
    pieces: Integers
    seconds: Metres

    @classmethod
    def of(cls, roads: Table, zone: int, mode: Mode) -> "StreetNetwork":
        """Return the network of the roads of a district that one may use; `zone`: EPSG code of its CGCS2000 zone."""
        allowed = roads["walkable"] if mode is Mode.WALKING else roads["drivable"]
        mine = np.flatnonzero(np.array([bool(each) for each in allowed], dtype=bool))
        usable = roads.take(mine)
        lines = shapely.get_parts(usable.geometry)
        if not len(lines):
            return cls(mode, zone, np.empty((0, 2)), np.empty((0, 2), dtype=np.int64), np.empty(0))
        points, of_line = shapely.get_coordinates(lines, return_index=True)
        # equal to the last bit in degrees: that is how streets are joined
        known, node = np.unique(points, axis=0, return_inverse=True)
        node = node.ravel()
        follows = np.flatnonzero(of_line[1:] == of_line[:-1])
        pieces = np.column_stack((node[follows], node[follows + 1]))
        nodes = shapely.get_coordinates(to_metres(shapely.points(known), zone))
        length = np.hypot(*(nodes[pieces[:, 0]] - nodes[pieces[:, 1]]).T)
        speed = np.array([_speed(mode, kind) for kind in usable["kind"]])[of_line[follows]]
        moving = length > 0
        return cls(mode, zone, nodes, pieces[moving], (length / speed)[moving])

    @cached_property
    def _graph(self) -> csr_matrix:
        one, other = self.pieces.T
        count = len(self.nodes)
        # of two pieces between the same nodes the quicker one counts
        order = np.lexsort((self.seconds, np.maximum(one, other), np.minimum(one, other)))
        low, high = np.minimum(one, other)[order], np.maximum(one, other)[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        kept = order[first]
        return csr_matrix((self.seconds[kept], (low[first], high[first])), shape=(count, count))

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(shapely.linestrings(self.nodes[self.pieces]))

    def ways(
        self, source: tuple[float, float], targets: Sequence[tuple[float, float]], at_most: int | None = None
    ) -> list[Way | None]:
        """Return the quickest way from a place to each of some others, None where there is none.

        Places are WGS 84 longitude, latitude in degrees. `at_most`: only to so many, to which it is quickest.
        """
        feet = self._feet([source, *targets])
        begin, ends = feet[0], feet[1:]
        if begin is None:
            return [None] * len(targets)
        one, other = self.pieces[begin.piece].tolist()
        whole = float(self.seconds[begin.piece])
        entry = np.array([begin.share * whole, (1.0 - begin.share) * whole])
        away, before = dijkstra(self._graph, directed=False, indices=[one, other], return_predecessors=True)
        took = np.array([np.inf if end is None else self._took(begin, end, entry, away)[0] for end in ends])
        ways: list[Way | None] = [None] * len(targets)
        for which in np.argsort(took, kind="stable")[:at_most].tolist():
            end = ends[which]
            if end is not None and np.isfinite(took[which]):
                ways[which] = self._way(begin, end, entry, away, before)
        return ways

    def _feet(self, places: Sequence[tuple[float, float]]) -> list[_Foot | None]:
        if not len(self.pieces):
            return [None] * len(places)
        points = to_metres(shapely.points(np.asarray(places, dtype=np.float64).reshape(-1, 2)), self.zone)
        at = shapely.get_coordinates(points)
        (asked, found), away = self._tree.query_nearest(
            points, max_distance=FURTHEST_BESIDE_M, return_distance=True, all_matches=False
        )
        feet: list[_Foot | None] = [None] * len(places)
        for which, piece, beside in zip(asked.tolist(), found.tolist(), away.tolist(), strict=True):
            first, last = self.nodes[self.pieces[piece]]
            way = last - first
            share = float(np.clip(((at[which] - first) * way).sum() / (way * way).sum(), 0.0, 1.0))
            feet[which] = _Foot(piece, share, beside, first + share * way, at[which])
        return feet

    def _took(self, begin: _Foot, end: _Foot, entry: Metres, away: Metres) -> tuple[float, tuple[int, int] | None]:
        """Return the seconds of a way, infinite where there is none, and by which ends it leaves and arrives.

        None stands for a way along one piece of street.
        """
        whole = float(self.seconds[end.piece])
        leave = np.array([end.share * whole, (1.0 - end.share) * whole])
        took = entry[:, None] + away[:, self.pieces[end.piece]] + leave[None, :]
        which, last = np.unravel_index(int(np.argmin(took)), took.shape)
        seconds, ends = float(took[which, last]), (int(which), int(last))
        beside = (begin.beside_m + end.beside_m) / WALKING_MPS
        along = abs(begin.share - end.share) * whole
        if begin.piece == end.piece and along <= seconds:
            return along + beside, None
        return seconds + beside, ends

    def _way(self, begin: _Foot, end: _Foot, entry: Metres, away: Metres, before: NDArray[np.int32]) -> Way:
        seconds, ends = self._took(begin, end, entry, away)
        through: list[int] = []
        if ends is not None:
            which, last = ends
            node = int(self.pieces[end.piece][last])
            while node != _NOBODY:
                through.append(node)
                node = int(before[which, node])
            through.reverse()
        line = np.vstack([begin.place, begin.at, *self.nodes[through], end.at, end.place])
        metres = float(np.hypot(*np.diff(line, axis=0).T).sum())
        degrees = shapely.get_coordinates(to_degrees(shapely.points(line), self.zone))
        return Way(seconds, metres, degrees)


def _speed(mode: Mode, kind: str | None) -> float:
    if mode is Mode.WALKING:
        return WALKING_MPS
    try:
        return _DRIVING_MPS.get(RoadClass(kind or ""), WALKING_MPS)
    except ValueError:
        return _DRIVING_MPS[RoadClass.LANE]
