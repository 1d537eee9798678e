"""How incidents are told to a map that cannot draw each: in clusters, and as counts of small cells."""

from datetime import datetime
from typing import Any

import numpy as np

from api.incident_answers import row_document
from spatial.incidents.board import Board, Filter
from spatial.incidents.clusters import coarser, gather, heat, level_at, steps_at

MOST_CLUSTERS = 2000
_PLACES = 6


def clusters_document(
    board: Board, wanted: Filter, zoom: int, with_heat: bool, now: datetime, last: int
) -> dict[str, Any]:
    """Return clusters of a filter's incidents, and those that stand alone as their rows."""
    slots = board.select(wanted, now)
    places = board.places(slots)
    placed = ~np.isnan(places).any(axis=1)
    slots, places = slots[placed], places[placed]
    priorities, overdue = board.priorities(slots), board.overdue(slots, now)
    at = zoom
    while True:
        paths, areas = board.areas(slots, steps_at(at))
        found = gather(places, areas, priorities, overdue, at)
        if len(found) <= MOST_CLUSTERS or at == 0:
            break
        at = max(0, at - coarser(len(found), MOST_CLUSTERS))
    many = np.flatnonzero(found.counts > 1)
    alone = found.first[found.counts == 1]
    columns = zip(
        np.round(found.places[many], _PLACES).tolist(),
        found.counts[many].tolist(),
        found.priorities[many].tolist(),
        found.overdue[many].tolist(),
        found.boxes[many].tolist(),
        areas[found.first[many]].tolist(),
        strict=True,
    )
    told: dict[str, Any] = {
        "event": last,
        "now": now,
        "zoom": at,
        "level": level_at(at),
        "matched": len(slots),
        "clusters": [
            {
                "lon": lon,
                "lat": lat,
                "count": count,
                "priorities": by_priority,
                "overdue": late,
                "bbox": box,
                "path": paths[area],
            }
            for (lon, lat), count, by_priority, late, box, area in columns
        ],
        "incidents": [row_document(row) for row in board.rows(board.pressing(slots[alone]))],
    }
    if with_heat:
        centres, counts = heat(places, zoom)
        rounded = np.round(centres, _PLACES).tolist()
        told["heat"] = [[lon, lat, count] for (lon, lat), count in zip(rounded, counts.tolist(), strict=True)]
    return told
