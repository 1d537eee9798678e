"""Which area of one coverage owns a point."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.table import Geometries


class GridIndex:
    """Owners of points over one coverage: the areas of one level of one tree, which never overlap.

    This is the plain form: an R-tree and GEOS. A point on a shared edge belongs to the area that comes first, so
    neighbours never both claim it and never both refuse it.
    """

    def __init__(self, tree: shapely.STRtree, codes: tuple[str, ...]) -> None:
        self._tree = tree
        self.codes = codes

    @classmethod
    def build(
        cls, geometries: Geometries | Sequence[shapely.Geometry], codes: Sequence[str] | NDArray[Any]
    ) -> "GridIndex":
        """Index shapely (Multi)Polygons in WGS 84 longitude, latitude, and the codes of their areas."""
        if len(geometries) != len(codes):
            raise ValueError(f"{len(geometries)} geometries for {len(codes)} codes")
        polygons = np.asarray(geometries, dtype=object)
        shapely.prepare(polygons)
        return cls(shapely.STRtree(polygons), tuple(codes))

    def owner(self, lon: float, lat: float) -> str | None:
        """Return the code of the area that owns a point in degrees, None where none does."""
        position = int(self.owners([lon], [lat])[0])
        return None if position < 0 else self.codes[position]

    def owners(self, lons: Sequence[float], lats: Sequence[float]) -> NDArray[np.int32]:
        """Return positions into `codes` for points in degrees, shape (n,); -1 where none owns the point."""
        points = shapely.points(np.asarray(lons, dtype=float), np.asarray(lats, dtype=float))
        which, area = self._tree.query(points, predicate="intersects")
        owners = np.full(len(points), len(self.codes), dtype=np.int64)
        np.minimum.at(owners, which, area)
        return np.where(owners == len(self.codes), -1, owners).astype(np.int32)
