"""A base map that the operator configured, put under everything else in the style."""

from typing import Any

RASTER_PIXELS = 256


def with_base_map(style: dict[str, Any], base_tiles: str | None) -> dict[str, Any]:
    """Return the style with the configured base map on its ground; without one it is returned as it is.

    `base_tiles`: a tile address, which the browser asks by itself, or a PMTiles file, which this server opens.
    """
    if base_tiles is None:
        return style
    return with_images(style, base_tiles)


def with_images(style: dict[str, Any], address: str) -> dict[str, Any]:
    """Return the style with image tiles right above its background."""
    source = {"type": "raster", "tiles": [address], "tileSize": RASTER_PIXELS}
    layer = {"id": "base", "type": "raster", "source": "base"}
    background, *rest = style["layers"]
    return {**style, "sources": {**style["sources"], "base": source}, "layers": [background, layer, *rest]}
