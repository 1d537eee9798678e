"""Vector tiles: a whole layer of a tile encoded at once, by numpy, after the Mapbox Vector Tile specification 2.1.

Coordinates are projected once (layers.flat). For a tile, features whose box lies within the tile and its buffer are
scaled and rounded as they are; GEOS clips only those that cross the buffered edge, and repairs only those whose
clearance says that rounding may have made them cross themselves. Commands, zig-zag numbers and varints are then built
for the whole layer in a handful of array operations.

Source: https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.attributes import Attributes, Bytes, delimited, varint
from layers.flat import Booleans, FeatureType, Flat, Floats, Integers, flatten
from spatial.runs import offsets, spread
from spatial.table import Geometries

EXTENT = 4096
BUFFER = 64
_MOVE_TO, _LINE_TO, _CLOSE_PATH = 1, 2, 7
_ROOT_OF_TWO = 2**0.5


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Features of one tile in its own whole coordinates, as in Flat; `rows` says which feature each one is."""

    rows: Integers
    types: NDArray[np.uint8]
    feature_rings: Integers
    ring_points: Integers
    x: NDArray[np.int32]
    y: NDArray[np.int32]


def tile_square(zoom: int, column: int, row: int, buffer: int = BUFFER) -> tuple[float, float, float, float]:
    """Return west, north, east, south in the world of what a tile draws, `buffer` 4096ths of its side included."""
    side = 1.0 / (1 << zoom)
    margin = side * buffer / EXTENT
    return column * side - margin, row * side - margin, (column + 1) * side + margin, (row + 1) * side + margin


def encode(
    name: str,
    flat: Flat,
    attributes: Attributes,
    zoom: int,
    column: int,
    row: int,
    *,
    buffer: int = BUFFER,
    wanted: Booleans | None = None,
    least: float = 0.0,
) -> bytes:
    """Return one layer of the tile (column, row) of a zoom as the bytes to put into a tile; empty where it has nothing.

    `buffer`: how far beyond the tile's edge features are drawn, in 4096ths of its side. `wanted`: which features may
    be drawn at all, shape (n,). `least`: features whose box is smaller than this in both directions are left out,
    in 4096ths of the tile's side; points never are.
    """
    side = 1.0 / (1 << zoom)
    west, north, east, south = tile_square(zoom, column, row, buffer)
    boxes = flat.boxes
    # a box of NaN (no place) compares false and is not drawn
    hit = (boxes[:, 0] <= east) & (boxes[:, 2] >= west) & (boxes[:, 1] <= south) & (boxes[:, 3] >= north)
    if wanted is not None:
        hit &= wanted
    if least > 0:
        size = least * side / EXTENT
        hit &= (
            (flat.types == FeatureType.POINT)
            | (boxes[:, 2] - boxes[:, 0] >= size)
            | (boxes[:, 3] - boxes[:, 1] >= size)
        )
    rows = np.flatnonzero(hit)
    if not len(rows):
        return b""
    near = boxes[rows]
    crossing = (near[:, 0] < west) | (near[:, 2] > east) | (near[:, 1] < north) | (near[:, 3] > south)
    crossing &= flat.types[rows] != FeatureType.POINT
    # every point moves by at most half of √2 when it is rounded
    doubtful = np.zeros(len(rows), dtype=bool)
    doubtful[~crossing] = flat.clearance_of(rows[~crossing]) <= _ROOT_OF_TWO * side / EXTENT
    scale = (zoom, column, row)
    pieces = [_scaled(flat, rows[~(crossing | doubtful)], scale)]
    if crossing.any() or doubtful.any():
        edge = shapely.box(west, north, east, south)
        pieces.append(_repaired(flat, rows[crossing], rows[doubtful], edge, scale))
    return _layer(name, _joined(pieces), attributes)


def _scaled(flat: Flat, rows: Integers, scale: tuple[int, int, int]) -> _Pieces:
    """Return features as they are, scaled and rounded, without points that say nothing."""
    ring_counts = np.diff(flat.feature_rings)[rows]
    rings = spread(flat.feature_rings[rows], ring_counts)
    lengths = np.diff(flat.ring_points)[rings]
    points = spread(flat.ring_points[rings], lengths)
    x, y = _rounded(flat.x[points], flat.y[points], scale)
    pieces = _Pieces(rows, flat.types[rows], offsets(ring_counts), offsets(lengths), x, y)
    return _without_repeats(pieces) if (pieces.types == FeatureType.LINE).any() else pieces


def _rounded(x: Floats, y: Floats, scale: tuple[int, int, int]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    zoom, column, row = scale
    tiles = float(1 << zoom)
    return (
        np.rint((x * tiles - column) * EXTENT).astype(np.int32),
        np.rint((y * tiles - row) * EXTENT).astype(np.int32),
    )


def _without_repeats(pieces: _Pieces) -> _Pieces:
    """Return pieces whose lines have no point twice in a row; lines that shrank to a point are dropped."""
    lengths = np.diff(pieces.ring_points)
    line = np.repeat(pieces.types == FeatureType.LINE, np.diff(pieces.feature_rings))
    keep = np.ones(len(pieces.x), dtype=bool)
    keep[1:] = (np.diff(pieces.x) != 0) | (np.diff(pieces.y) != 0)
    keep[pieces.ring_points[:-1][lengths > 0]] = True
    keep |= ~np.repeat(line, lengths)
    left = np.add.reduceat(keep, pieces.ring_points[:-1]) if len(lengths) else lengths
    alive = ~line | (left >= 2)
    keep &= np.repeat(alive, lengths)
    ring_counts = np.diff(offsets(alive.astype(np.int64))[pieces.feature_rings])
    drawn = ring_counts > 0
    return _Pieces(
        pieces.rows[drawn],
        pieces.types[drawn],
        offsets(ring_counts[drawn]),
        offsets(left[alive]),
        pieces.x[keep],
        pieces.y[keep],
    )


def _repaired(
    flat: Flat, crossing: Integers, doubtful: Integers, edge: shapely.Polygon, scale: tuple[int, int, int]
) -> _Pieces:
    """Return features that GEOS must look at: clipped where they cross the edge, valid after rounding."""
    clipped = _clipped(flat.geometry[crossing], edge)
    rows = np.concatenate((crossing, doubtful))
    shapes = np.concatenate((clipped, flat.geometry[doubtful]))

    def place(world: Floats) -> Floats:
        x, y = _rounded(world[:, 0], world[:, 1], scale)
        return np.column_stack((x, y)).astype(np.float64)

    shapes = shapely.transform(shapes, place)
    polygons = flat.types[rows] == FeatureType.POLYGON
    shapes[polygons] = _valid_on_grid(shapes[polygons])
    again = flatten(shapes)
    drawn = np.flatnonzero(again.types == flat.types[rows])
    ring_counts = np.diff(again.feature_rings)[drawn]
    rings = spread(again.feature_rings[drawn], ring_counts)
    lengths = np.diff(again.ring_points)[rings]
    points = spread(again.ring_points[rings], lengths)
    return _without_repeats(
        _Pieces(
            rows[drawn],
            again.types[drawn],
            offsets(ring_counts),
            offsets(lengths),
            again.x[points].astype(np.int32),
            again.y[points].astype(np.int32),
        )
    )


def _clipped(shapes: Geometries, edge: shapely.Polygon) -> Geometries:
    # the quick clip may leave polygons that touch themselves: those are cut again by the exact one
    found: Geometries
    try:
        found = shapely.clip_by_rect(shapes, *edge.bounds)
        broken = ~shapely.is_valid(found)
        if broken.any():
            found[broken] = shapely.intersection(shapely.make_valid(shapes[broken]), edge)
    except shapely.errors.GEOSException:
        if len(shapes) > 1:
            return np.concatenate([_clipped(shapes[[index]], edge) for index in range(len(shapes))])
        found = shapely.intersection(_mended(shapes), edge)
    return found


def _valid_on_grid(polygons: Geometries) -> Geometries:
    """Return polygons with whole coordinates that are valid and keep whole coordinates; None where nothing is left."""
    found: Geometries = polygons.copy()
    for attempt in range(5):
        broken = np.flatnonzero(~shapely.is_valid(found))
        if not len(broken):
            break
        mended = _mended(found[broken])
        # mending may put points between the whole numbers again: round, and look once more
        found[broken] = shapely.transform(mended, np.rint) if attempt < 4 else shapely.set_precision(mended, 1)
    found[shapely.area(found) == 0] = None
    whole: Geometries = shapely.remove_repeated_points(found)
    return whole


def _mended(shapes: Geometries) -> Geometries:
    """Return what is polygonal of shapes, valid; None where GEOS finds no way to mend one."""
    found = np.empty(len(shapes), dtype=object)
    try:
        found[:] = [_polygons_of(shape) for shape in shapely.make_valid(shapes)]
    except shapely.errors.GEOSException:
        # one shape that GEOS gives up on must not cost the others of the tile, nor one part the others of its shape
        found[:] = [_mended_by_parts(shape) for shape in shapes]
    return found


def _mended_by_parts(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    parts = []
    for part in shapely.get_parts(shape):
        try:
            parts.append(shapely.make_valid(part, method="structure", keep_collapsed=False))
        except shapely.errors.GEOSException:
            continue
    try:
        return _polygons_of(shapely.union_all(parts))
    except shapely.errors.GEOSException:
        return _polygons_of(shapely.GeometryCollection(parts[:1]))


def _polygons_of(shape: shapely.Geometry | None) -> shapely.Geometry | None:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > 0]
    parts += [
        part
        for many in shapely.get_parts(shape)
        if many.geom_type == "MultiPolygon"
        for part in many.geoms
        if part.area > 0
    ]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _joined(pieces: list[_Pieces]) -> _Pieces:
    if len(pieces) == 1:
        return pieces[0]
    return _Pieces(
        np.concatenate([piece.rows for piece in pieces]),
        np.concatenate([piece.types for piece in pieces]),
        offsets(np.concatenate([np.diff(piece.feature_rings) for piece in pieces])),
        offsets(np.concatenate([np.diff(piece.ring_points) for piece in pieces])),
        np.concatenate([piece.x for piece in pieces]),
        np.concatenate([piece.y for piece in pieces]),
    )


def _layer(name: str, pieces: _Pieces, attributes: Attributes) -> bytes:
    """Return the layer (field 3 of a tile) with its features, keys and values."""
    if not len(pieces.rows):
        return b""
    geometry, geometry_offsets = _commands(pieces)
    tags, tag_offsets, values = _tags(attributes, pieces.rows)
    features = _features(pieces.types, geometry, geometry_offsets, tags, tag_offsets)
    keys = b"".join(delimited(3, key.encode()) for key in attributes.names)
    body = (
        delimited(1, name.encode())
        + features.tobytes()
        + keys
        + values.tobytes()
        + b"\x28"
        + varint(EXTENT)
        + b"\x78\x02"
    )
    return delimited(3, body)


def _commands(pieces: _Pieces) -> tuple[Bytes, Integers]:
    """Return the geometries of all features as varints, and where each feature's begins."""
    ring_counts = np.diff(pieces.feature_rings)
    lengths = np.diff(pieces.ring_points)
    type_of_ring = np.repeat(pieces.types, ring_counts)
    first_ring = np.zeros(len(lengths), dtype=bool)
    first_ring[pieces.feature_rings[:-1]] = True
    polygon, point = type_of_ring == FeatureType.POLYGON, type_of_ring == FeatureType.POINT
    # the cursor runs on within a feature and begins at 0, 0 in each
    first_point = pieces.ring_points[pieces.feature_rings[:-1]]
    dx, dy = _steps(pieces.x, first_point), _steps(pieces.y, first_point)
    # numbers of each ring: a command and two for its start, a command and two for each further point, one to close;
    # the points of a feature share one command
    sizes = np.where(point, first_ring + 2 * lengths, 2 + 2 * lengths + polygon)
    ring_starts = offsets(sizes)
    numbers = np.zeros(ring_starts[-1], dtype=np.uint32)
    begin = ring_starts[:-1]
    headed = ~point | first_ring
    moves = np.ones(len(lengths), dtype=np.int64)
    moves[point & first_ring] = ring_counts[pieces.types == FeatureType.POINT]
    numbers[begin[headed]] = moves[headed] << 3 | _MOVE_TO
    drawn = ~point
    numbers[begin[drawn] + 3] = (lengths[drawn] - 1) << 3 | _LINE_TO
    numbers[ring_starts[1:][polygon] - 1] = 1 << 3 | _CLOSE_PATH
    # where each point's two numbers lie: behind the ring's command and, from the second point on, the line's
    within = np.arange(len(pieces.x)) - np.repeat(pieces.ring_points[:-1], lengths)
    place = np.repeat(begin + headed, lengths) + 2 * within + ((within > 0) & np.repeat(drawn, lengths))
    numbers[place] = dx
    numbers[place + 1] = dy
    encoded, number_offsets = _varints(numbers)
    return encoded, number_offsets[ring_starts[pieces.feature_rings]]


def _steps(values: NDArray[np.int32], first: Integers) -> NDArray[np.int32]:
    """Return the zig-zag encoded differences from point to point, and from 0 at the first point of each feature."""
    steps = np.empty_like(values)
    steps[1:] = values[1:] - values[:-1]
    steps[first] = values[first]
    encoded: NDArray[np.int32] = (steps << 1) ^ (steps >> 31)
    return encoded


def _varints(numbers: NDArray[np.integer], heads: NDArray[np.integer] | None = None) -> tuple[Bytes, Integers]:
    """Return unsigned numbers below 2**32 as varints one behind the other, and where each begins.

    `heads`: numbers below 128 that each go before the number of the same position.
    """
    rest = numbers.astype(np.uint32, copy=False)
    first = 0 if heads is None else 1
    width = first + max(1, (int(rest.max(initial=0)).bit_length() + 6) // 7)
    # one row of seven-bit groups for each number, and which of them are used
    groups = np.empty((len(rest), width), dtype=np.uint8)
    used = np.ones((len(rest), width), dtype=bool)
    sizes = np.full(len(rest), first + 1, dtype=np.int64)
    if heads is not None:
        groups[:, 0] = heads
    groups[:, first] = rest & 127
    for index in range(first + 1, width):
        rest = np.right_shift(rest, np.uint32(7))
        more = rest > 0
        used[:, index] = more
        groups[:, index - 1] |= more.view(np.uint8) << 7
        groups[:, index] = rest & 127
        sizes += more
    return groups[used], offsets(sizes)


def _tags(attributes: Attributes, rows: Integers) -> tuple[Bytes, Integers, Bytes]:
    """Return the tags of features as varints, where each feature's begin, and the values that they speak of."""
    ids = attributes.ids[rows]
    present = ids >= 0
    count = len(attributes.value_offsets) - 1
    # values are numbered as features speak of them, so that a tile does not depend on what else is in memory
    spoken = ids[present]
    first = np.full(count, -1, dtype=np.int64)
    first[spoken[::-1]] = np.arange(len(spoken) - 1, -1, -1)
    used = np.flatnonzero(first >= 0)
    kept = used[np.argsort(first[used])]
    local = np.empty(count, dtype=np.uint32)
    local[kept] = np.arange(len(kept))
    keys = np.broadcast_to(np.arange(ids.shape[1], dtype=np.uint8), ids.shape)[present]
    # a layer has fewer than 128 keys, so that each is one byte before the number of its value
    encoded, number_offsets = _varints(local[spoken], heads=keys)
    starts = number_offsets[offsets(present.sum(axis=1))]
    lengths = np.diff(attributes.value_offsets)[kept]
    values = attributes.values[spread(attributes.value_offsets[kept], lengths)]
    return encoded, starts, values


def _features(
    types: NDArray[np.uint8], geometry: Bytes, geometry_offsets: Integers, tags: Bytes, tag_offsets: Integers
) -> Bytes:
    """Return all features (field 2 of a layer), each with its tags (2), type (3) and geometry (4), in this order."""
    tag_sizes, geometry_sizes = np.diff(tag_offsets), np.diff(geometry_offsets)
    tag_lengths, tag_length_offsets = _varints(tag_sizes)
    geometry_lengths, geometry_length_offsets = _varints(geometry_sizes)
    tag_heads = 1 + np.diff(tag_length_offsets)
    geometry_heads = 1 + np.diff(geometry_length_offsets)
    bodies = tag_heads + tag_sizes + 2 + geometry_heads + geometry_sizes
    body_lengths, body_length_offsets = _varints(bodies)
    heads = 1 + np.diff(body_length_offsets)
    starts = offsets(heads + bodies)
    out = np.empty(starts[-1], dtype=np.uint8)
    at = starts[:-1]
    out[at] = 0x12
    _copy(out, at + 1, body_lengths, body_length_offsets)
    at = at + heads
    out[at] = 0x12
    _copy(out, at + 1, tag_lengths, tag_length_offsets)
    at = at + tag_heads
    _copy(out, at, tags, tag_offsets)
    at = at + tag_sizes
    out[at] = 0x18
    out[at + 1] = types
    at = at + 2
    out[at] = 0x22
    _copy(out, at + 1, geometry_lengths, geometry_length_offsets)
    _copy(out, at + geometry_heads, geometry, geometry_offsets)
    return out


def _copy(out: Bytes, at: Integers, source: Bytes, source_offsets: Integers) -> None:
    """Copy run after run of the source to the places given."""
    out[spread(at, np.diff(source_offsets))] = source
