"""The counties of the npm package us-atlas as polygons, by a decoder of TopoJSON."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

COUNTIES = Path(__file__).resolve().parents[1] / "web" / "node_modules" / "us-atlas" / "counties-10m.json"
POINTS_OF_A_RING = 4


def counties() -> tuple[NDArray[np.object_], list[str], list[str]]:
    """Return the counties' shapes as the package has them, their FIPS codes and their names."""
    topology = json.loads(COUNTIES.read_text("utf-8"))
    arcs = decoded_arcs(topology)
    members = topology["objects"]["counties"]["geometries"]
    shapes = np.array([decoded(member, arcs) for member in members], dtype=object)
    return shapes, [str(member["id"]) for member in members], [member["properties"]["name"] for member in members]


def decoded_arcs(topology: dict[str, Any]) -> list[NDArray[np.float64]]:
    """Return the arcs in degrees, shape (n, 2) each: quantised ones hold differences of whole numbers."""
    transform = topology.get("transform")
    if transform is None:
        return [np.array(arc, dtype=np.float64) for arc in topology["arcs"]]
    scale, shift = np.array(transform["scale"]), np.array(transform["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]


def decoded(member: dict[str, Any], arcs: Sequence[NDArray[np.float64]]) -> shapely.Geometry:
    """Return the (multi)polygon of a geometry of a topology."""
    polygons = [member["arcs"]] if member["type"] == "Polygon" else member["arcs"]
    parts = [shapely.Polygon(shell, holes) for shell, *holes in ([ring(r, arcs) for r in rings] for rings in polygons)]
    return parts[0] if member["type"] == "Polygon" else shapely.MultiPolygon(parts)


def ring(numbers: Sequence[int], arcs: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the positions of a ring: arcs one after the other, backwards where the number is a complement.

    Rings that quantising left with less than four positions are filled up with the first one, as topojson-client does.
    """
    whole = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    points = np.concatenate([whole[0], *(arc[1:] for arc in whole[1:])])
    missing = max(0, POINTS_OF_A_RING - len(points))
    return np.concatenate([points, np.repeat(points[:1], missing, axis=0)])
