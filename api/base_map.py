"""A base map that the operator configured, put under everything else in the style."""

from typing import Any

from api.pmtiles import BaseTiles, TileType
from layers.tokens import colour

Style = dict[str, Any]
SOURCE = "base"
IMAGE_PIXELS = 256

_AREAS = {
    "water": "map-water",
    "ocean": "map-water",
    "park": "map-green",
    "landcover": "map-green",
    "landuse": "map-green",
    "green": "map-green",
    "building": "map-building",
    "buildings": "map-building",
}
"""Layers of widely used vector tiles whose polygons are filled, and the token of the colour."""


def with_images(style: Style, address: str) -> Style:
    """Return the style with the image tiles of an address on its ground; the browser asks that address by itself."""
    source = {"type": "raster", "tiles": [address], "tileSize": IMAGE_PIXELS}
    return _grounded(style, source, [{"id": SOURCE, "type": "raster", "source": SOURCE}])


def with_file(style: Style, theme: str, tiles: BaseTiles, base: str) -> Style:
    """Return the style with the tiles of a PMTiles file on its ground; this server sends them.

    Images are shown as they are. Of vector tiles the well-known areas are filled, and everything else is a line.
    """
    address = f"{base}/base/{{z}}/{{y}}/{{x}}?v={tiles.stamp}"
    first, last = tiles.zooms
    zooms = {"tiles": [address], "minzoom": first, "maxzoom": last}
    if tiles.tile_type is not TileType.MVT:
        source = {"type": "raster", "tileSize": IMAGE_PIXELS, **zooms}
        return _grounded(style, source, [{"id": SOURCE, "type": "raster", "source": SOURCE}])
    names = [str(layer["id"]) for layer in tiles.metadata().get("vector_layers", []) if "id" in layer]
    filled = [_fill(name, colour(theme, _AREAS[name])) for name in names if name in _AREAS]
    lines = [_line(name, colour(theme, "map-road")) for name in names if name not in _AREAS]
    return _grounded(style, {"type": "vector", **zooms}, [*filled, *lines])


def _fill(name: str, fill: str) -> Style:
    return {
        "id": f"{SOURCE}-{name}",
        "type": "fill",
        "source": SOURCE,
        "source-layer": name,
        "filter": ["==", ["geometry-type"], "Polygon"],
        "paint": {"fill-color": fill},
    }


def _line(name: str, line: str) -> Style:
    return {
        "id": f"{SOURCE}-{name}",
        "type": "line",
        "source": SOURCE,
        "source-layer": name,
        "filter": ["==", ["geometry-type"], "LineString"],
        "paint": {"line-color": line, "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 8, 0.4, 18, 6]},
    }


def _grounded(style: Style, source: Style, ground: list[Style]) -> Style:
    background, *rest = style["layers"]
    return {**style, "sources": {SOURCE: source, **style["sources"]}, "layers": [background, *ground, *rest]}
