"""GeoJSON (RFC 7946) from rows by column: geometries and attributes are written column-wise, never object by object."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from spatial.audience import seen_by
from spatial.schema import COLLECTIONS, Collection
from spatial.table import Geometries, Table
from spatial.vocabulary import Audience

DECIMALS = 7
"""Of a degree: about a centimetre."""

_HEAD = b'{"type":"FeatureCollection","features":['
_TAIL = b"]}"


def features(
    rows: Table,
    collection: Collection | str,
    audience: Audience = Audience.PUBLIC,
    columns: Sequence[str] | None = None,
) -> Iterator[bytes]:
    """Yield each row as the bytes of a GeoJSON feature whose `id` is its code.

    Counts of people are rounded to 5 for the public and columns for staff left out; raises NotFound where the
    audience may not see the collection. `columns` restricts the properties; times end in Z; a row without a place
    has the geometry null; a collection that is not in the schema, such as `circles`, is written as it is.
    """
    described = COLLECTIONS.get(collection) if isinstance(collection, str) else collection
    shown = rows if described is None else seen_by(described, rows, audience)
    names = [
        name
        for name in (shown.columns if columns is None else columns)
        if name in shown.columns and (described is None or name != "row")
    ]
    geometries = _geometries(shown.geometry)
    codes = shown.columns.get("code", [None] * len(shown))
    held = [(name, _plain(shown.columns[name])) for name in names]
    for position in range(len(shown)):
        properties = {name: values[position] for name, values in held}
        yield (
            b'{"type":"Feature","id":'
            + orjson.dumps(codes[position])
            + b',"geometry":'
            + geometries[position]
            + b',"properties":'
            + orjson.dumps(properties, default=str)
            + b"}"
        )


def feature_collection(
    rows: Table,
    collection: Collection | str,
    audience: Audience = Audience.PUBLIC,
    columns: Sequence[str] | None = None,
) -> bytes:
    """Return rows as a GeoJSON FeatureCollection; see `features`."""
    return _HEAD + b",".join(features(rows, collection, audience, columns)) + _TAIL


def write(
    rows: Table,
    collection: Collection | str,
    audience: Audience = Audience.PUBLIC,
    columns: Sequence[str] | None = None,
) -> Iterator[bytes]:
    """Yield a FeatureCollection piece by piece, for answers and files too large to hold."""
    yield _HEAD
    for position, feature in enumerate(features(rows, collection, audience, columns)):
        yield feature if position == 0 else b"," + feature
    yield _TAIL


def _geometries(geometry: Geometries) -> list[bytes]:
    # exterior rings run counter-clockwise, as RFC 7946 has it
    oriented = shapely.orient_polygons(geometry, exterior_cw=False)
    texts = shapely.to_geojson(shapely.transform(oriented, lambda degrees: np.round(degrees, DECIMALS)))
    return [b"null" if text is None else text.encode() for text in texts]


def _plain(values: Sequence[Any] | NDArray[Any]) -> list[Any]:
    found = values.tolist() if isinstance(values, np.ndarray) else values
    return [_said(value) for value in found]


def _said(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, float) and value != value:
        return None
    return value.item() if isinstance(value, np.generic) else value
