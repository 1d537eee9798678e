"""Which area of one coverage owns a point."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.ownership import building, file, patching
from spatial.ownership.asked import check_accuracy, check_finite
from spatial.ownership.bulk import owners_of
from spatial.ownership.candidates import (
    REACH,
    Candidate,
    around,
    deviation_m,
    distances,
    metres_per_degree,
    shares,
)
from spatial.ownership.edges import Edges
from spatial.ownership.nearness import nearest_area
from spatial.ownership.parts import Part, turned_longitude
from spatial.ownership.repair import Repair
from spatial.ownership.single import NUMBERS
from spatial.table import Geometries


@dataclass(frozen=True, slots=True)
class Nearest:
    """The area whose edge is nearest to a point, and how far that is in metres."""

    code: str
    distance_m: float


class GridIndex:
    """Owners of points over one coverage: the areas of one level of one tree, which never overlap.

    Every point inside the coverage has exactly one owner, those on shared edges and corners too. A point on the edge of
    the whole coverage belongs to it on the western and southern sides, and not on the eastern and northern ones.
    Nothing of an index is ever changed: it may be read from any number of threads.

    `codes`: the codes of the areas, to which the answers of `owners` are positions. `edition`: what the index was built
    of, a word of the caller's. `repairs`: what `build` had to repair.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        codes: Sequence[str],
        edition: str = "",
        repairs: Sequence[Repair] = (),
        changes: patching.Changes = patching.NO_CHANGES,
        numbers: Mapping[str, int] | None = None,
    ) -> None:
        self._parts = tuple(parts)
        self._changes = changes
        self.codes = tuple(codes)
        self.edition = edition
        self.repairs = tuple(repairs)
        self._known = numbers

    @classmethod
    def build(
        cls,
        geometries: Geometries | Sequence[shapely.Geometry | None],
        codes: Sequence[str] | NDArray[Any],
        *,
        edition: str = "",
        repair: bool = False,
        cells_per_edge: float = building.CELLS_PER_EDGE,
    ) -> "GridIndex":
        """Index shapely (Multi)Polygons in WGS 84 longitude, latitude in degrees, and the codes of their areas.

        Areas without a geometry own nothing. Raises InvalidCoverage, which names the places, where areas overlap or are
        no valid polygons; `repair` mends these instead, and `repairs` says what became of each area that changed.
        `cells_per_edge`: a finer raster is quicker and larger; the answers are the same.
        """
        polygons, named = np.asarray(geometries, dtype=object), [str(code) for code in codes]
        part, repairs = building.part_of(polygons, named, cells_per_edge, repair=repair)
        return cls([part], named, edition, repairs)

    @cached_property
    def owner(self) -> Callable[[float, float], str | None]:
        """Return the code of the area that owns a point (lon, lat) in degrees, None where none does.

        Raises BadPosition for NaN and infinite numbers. A function made for this index, without a method's overhead.
        """
        return building.finder_over(self._parts, self._names)

    def owners(self, lons: Sequence[float] | NDArray[Any], lats: Sequence[float] | NDArray[Any]) -> NDArray[np.int32]:
        """Return positions into `codes` for points in degrees, shape (n,); −1 where none owns the point.

        Raises BadPosition for the first point that is NaN or infinite.
        """
        x = np.ascontiguousarray(lons, dtype=np.float64)
        y = np.ascontiguousarray(lats, dtype=np.float64)
        if x.shape != y.shape or x.ndim != 1:
            raise ValueError(f"longitudes of shape {x.shape} for latitudes of shape {y.shape}")
        sound = np.isfinite(x) & np.isfinite(y)
        if not sound.all():
            first = int(np.argmin(sound))
            check_finite(float(x[first]), float(y[first]), row=first)
        return owners_of(self._parts, x, y) - np.int32(1)

    def candidates(self, lon: float, lat: float, accuracy_m: float, confidence: float = 0.68) -> list[Candidate]:
        """Return the areas that may own a point known to within some metres, the likeliest first.

        `accuracy_m`: the radius within which the true place lies with the probability `confidence`. The probabilities
        sum to 1; the candidate with the code None stands for no area at all. Raises BadPosition and BadParameter.
        """
        check_accuracy(accuracy_m, confidence)
        check_finite(lon, lat)
        deviation = max(deviation_m(accuracy_m, confidence), 1e-6)
        owner = self._find(lon, lat)
        across, along = metres_per_degree(lat)
        reach = REACH * deviation
        x, y = self._turned(lon), lat
        near = self._edges_within(x, y, reach / across, reach / along)
        local = around(near.ends, x, y)
        away = distances(local)
        if len(near) and away.min() < 1e-5 * deviation:
            # the sum over edges is not defined on an edge: a hair beside it the answer is the same
            x, y = x + 0.8e-4 * deviation / across, y + 0.6e-4 * deviation / along
            owner = self._find(building.as_longitude(x), y)
            local = around(near.ends, x, y)
        found = shares(local, near, owner, deviation)

        def distance(number: int) -> float:
            mine = (near.sides[:, 0] == number) | (near.sides[:, 1] == number)
            least = float(away[mine].min(initial=np.inf))
            return least if least <= reach else self._distance_to(lon, lat, number)

        total = sum(found.values())
        listed = [
            Candidate(self._names[number], share / max(total, 1.0), distance(number)) for number, share in found.items()
        ]
        nobody = 1.0 - total
        if nobody > 1e-6 or not listed:
            listed.append(Candidate(None, max(nobody, 0.0), distance(0)))
        scale = sum(candidate.probability for candidate in listed)
        listed = [Candidate(one.code, one.probability / scale, one.distance_m) for one in listed]
        return sorted(listed, key=lambda one: (-one.probability, one.code is None, one.code))

    def nearest(self, lon: float, lat: float, within_m: float = 200_000.0) -> Nearest | None:
        """Return the area with the nearest edge to a point in degrees, None where none is within reach."""
        check_finite(lon, lat)
        number, away = nearest_area(self._parts, self._changes, self._turned(lon), lat, within_m)
        return Nearest(self.codes[number - 1], away) if number else None

    def patched(self, changed: Mapping[str, shapely.Geometry | None]) -> "GridIndex":
        """Return an index in which some areas have other geometries, without building it anew; this one stays as it is.

        `changed`: the new (Multi)Polygon of each changed area by its code; None takes an area's place away, and a code
        that is not known yet is added at the end of `codes`. Raises InvalidCoverage where areas would overlap.
        """
        patch = patching.patched(self._parts, self._changes, self.codes, self._numbers, self._find_in_frame, changed)
        known = self._numbers if patch.codes is self.codes else None
        return GridIndex(patch.parts, patch.codes, self.edition, (), patch.changes, known)

    def named(self, edition: str) -> "GridIndex":
        """Return the same index for another edition."""
        return GridIndex(self._parts, self.codes, edition, self.repairs, self._changes)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the index to a file, whole or not at all."""
        part = self._whole()
        file.save(file.Saved(part.raster, part.edges, self.codes, self.edition), Path(path))

    @classmethod
    def load(cls, path: str | PathLike[str], verify: bool = False) -> "GridIndex":
        """Map a file that `save` wrote; raises BadFile for one that is foreign, truncated or altered.

        Header and directory are checked against their digest, the rest too where `verify` says so or the file is small.
        """
        saved = file.load(Path(path), verify=verify)
        return cls([Part(saved.raster, saved.edges)], saved.codes, saved.edition)

    @property
    def box(self) -> tuple[float, float, float, float] | None:
        """A box around all areas, up to a cell larger: west, south, east, north in degrees, None where nothing is.

        Read from the raster's frame, without a look at an edge. East may exceed 180, where areas lie across it.
        """
        boxes = [part.box for part in self._parts if part.raster.frame.columns]
        if not boxes:
            return None
        wests, souths, easts, norths = zip(*boxes, strict=True)
        return min(wests), min(souths), max(easts), max(norths)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def _find(self) -> Callable[[float, float], int]:
        """The owner of one point, counted from 1, 0 for none."""
        return building.finder_over(self._parts, NUMBERS)

    @cached_property
    def _find_in_frame(self) -> Callable[[float, float], int]:
        """As `_find`, for a place in the degrees of the raster's frame."""
        return building.finder_in_frame(self._parts, NUMBERS)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        if self._known is not None:
            return self._known
        return {code: number for number, code in enumerate(self.codes, 1)}

    @cached_property
    def _names(self) -> tuple[str | None, ...]:
        return (None, *self.codes)

    def _turned(self, lon: float) -> float:
        return turned_longitude(lon, self._parts[0].raster.frame)

    def _edges_within(self, x: float, y: float, across: float, along: float) -> Edges:
        """Return the edges whose boxes come within some degrees of a place."""
        return patching.edges_within(self._parts, self._changes, x - across, y - along, x + across, y + along)

    def _distance_to(self, lon: float, lat: float, number: int) -> float:
        """Return metres to the nearest edge of an area, of any area for 0; infinite where there is none."""
        if number:
            own = patching.edges_of(self._parts[0], self._changes, number)
            return float(distances(around(own.ends, self._turned(lon), lat)).min(initial=np.inf))
        found = self.nearest(lon, lat)
        return found.distance_m if found is not None else float("inf")

    def _whole(self) -> Part:
        if len(self._parts) == 1:
            return self._parts[0]
        edges = patching.current(self._parts[0].edges, self._changes)
        return building.part_of_edges(edges, building.CELLS_PER_EDGE)
