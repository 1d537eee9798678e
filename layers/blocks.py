"""What lies so close together that it must be looked at together."""

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.flat import Floats


def blocks_of(boxes: Floats) -> NDArray[np.int64]:
    """Return a number for each box, the same for those that can be reached over boxes that meet.

    `boxes`: least x, least y, greatest x, greatest y, shape (n, 4); a box of NaN meets nothing.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    count = len(boxes)
    shapes = shapely.box(*boxes.T)
    one, other = shapely.STRtree(shapes).query(shapes)
    meets = coo_array((np.ones(len(one), dtype=bool), (one, other)), shape=(count, count))
    _, block = connected_components(meets, directed=False)
    return np.asarray(block, dtype=np.int64)
