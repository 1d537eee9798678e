"""Open incidents at given places of the small town, in every state and at every age, each with the path of its grid."""

from datetime import timedelta

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.table import Table
from tests import small_town


def paths_at(places: NDArray[np.float64]) -> list[str]:
    """Return the paths of the grids that places lie in: streets and grids from west to east, communities northwards."""
    across, up = ((places - (small_town.WEST, small_town.SOUTH)) / small_town.SIDE).T
    street, grid = np.divmod((across * 4).astype(int), 2)
    community = (up * 2).astype(int)
    return [
        f"/510521/510521{s + 1:03d}/510521{s + 1:03d}{c + 1:03d}/510521{s + 1:03d}{c + 1:03d}{g + 1:03d}"
        for s, c, g in zip(street.tolist(), community.tolist(), grid.tolist(), strict=True)
    ]


def incidents_at(places: NDArray[np.float64], seed: int) -> Table:
    """Return one incident at each place, shape (n, 2) in degrees."""
    count, random = len(places), np.random.default_rng(seed)
    reported = [small_town.NOW - timedelta(hours=float(age)) for age in random.uniform(0, 72, count)]
    spans = random.uniform(24, 400, count)
    return Table(
        np.asarray(shapely.points(places), dtype=object),
        {
            "code": [f"B{number:06d}" for number in range(count)],
            "district": ["luxian"] * count,
            "name": [f"第 {number} 件" for number in range(count)],
            "kind": ["0502"] * count,
            "category": random.choice(["facilities", "disputes", "environment"], count).tolist(),
            "state": random.choice(["reported", "filed", "dispatched", "on_site", "handled"], count).tolist(),
            "priority": random.integers(1, 5, count).tolist(),
            "department": random.choice(["police", "fire", "sanitation"], count).tolist(),
            "reported_at": reported,
            "due_at": [at + timedelta(hours=float(span)) for at, span in zip(reported, spans, strict=True)],
            "path": paths_at(places),
        },
    ).with_columns()
