"""Where most of what stands in a district stands together: its town, without the hamlets around it."""

from collections import Counter
from math import cos, floor, radians

import numpy as np
import shapely

from spatial.store.records import Box
from spatial.table import Geometries

APART_M = 400.0
"""Things are together while no gap between them is wider than about twice this."""
_METRES_PER_DEGREE = 111_320.0


def largest_gathering(geometries: Geometries, apart_m: float = APART_M) -> Box | None:
    """Return the west, south, east and north edges in degrees of the largest group; None where nothing has a place.

    The middles are sorted into square cells of `apart_m` metres; cells that touch, corners included, are one group,
    and the group with the most members wins.
    """
    boxes = shapely.bounds(geometries)
    boxes = boxes[np.isfinite(boxes).all(axis=1)]
    if not len(boxes):
        return None
    lon, lat = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    step = apart_m / _METRES_PER_DEGREE
    wide = step / max(cos(radians(float(np.median(lat)))), 0.01)
    cells = [(floor(x / wide), floor(y / step)) for x, y in zip(lon, lat, strict=True)]
    held = Counter(cells)
    group: dict[tuple[int, int], int] = {}
    members: list[int] = []
    for first in held:
        if first in group:
            continue
        group[first] = len(members)
        members.append(0)
        reached = [first]
        while reached:
            column, row = reached.pop()
            members[-1] += held[column, row]
            for beside in ((column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
                if beside in held and beside not in group:
                    group[beside] = len(members) - 1
                    reached.append(beside)
    largest = members.index(max(members))
    mine = boxes[[group[cell] == largest for cell in cells]]
    west, south = mine[:, :2].min(axis=0)
    east, north = mine[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)
