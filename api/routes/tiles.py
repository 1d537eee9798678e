"""Vector tiles of the collections, as OGC API – Tiles and as TileJSON."""

import math
from dataclasses import dataclass
from functools import partial

from starlette.responses import Response

from api.answers import JSON, MVT, cache_control, matches, not_modified, revalidated
from api.audience import no_such_collection, view_of
from api.compression import accepted
from api.links import Link, address, link
from api.openapi.shapes import as_json, ref
from api.operations import Call, Operation, Operations
from api.parameters import F_JSON, VERSION, format_of, whole_number
from api.tile_cache import TileKey
from layers.sheets import LAST_ZOOM
from layers.tiling import SHEETS
from spatial.errors import NotFound
from spatial.schema import COLLECTIONS, INCIDENTS, Collection
from spatial.text import Text
from spatial.vocabulary import Audience

MATRIX_SET = "WebMercatorQuad"
MATRIX_SET_URI = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
WEB_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
DEEPEST = 22
TITLES = {"circles": Text("服务圈", "Service circles")}
"""What has tiles but no collection of its own."""

F_TILESET = format_of("json", "tilejson")
TILESETS_VECTOR = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
TILING_SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
_STEP = {"type": "integer", "minimum": 0}
STEPS = {"tileMatrix": {**_STEP, "maximum": DEEPEST}, "tileRow": _STEP, "tileCol": _STEP}
_HALF_WORLD = math.pi * 6378137.0


def declare(operations: Operations) -> None:
    """Declare the operations of this family: two for all tiles, three for each collection."""
    operations.add(
        Operation(
            "listTileMatrixSets",
            "/tileMatrixSets",
            Text("瓦片矩阵集", "The tile matrix sets"),
            as_json("TileMatrixSets"),
            audience=Audience.PUBLIC,
            parameters=(F_JSON,),
            tag="tiles",
        ),
        matrix_sets,
    )
    operations.add(
        Operation(
            "getWebMercatorQuad",
            f"/tileMatrixSets/{MATRIX_SET}",
            Text("瓦片矩阵集 WebMercatorQuad", "The tile matrix set WebMercatorQuad"),
            as_json("TileMatrixSet"),
            audience=Audience.PUBLIC,
            parameters=(F_JSON,),
            tag="tiles",
        ),
        matrix_set,
    )
    for identifier, sheets in SHEETS.items():
        read = COLLECTIONS[sheets[0].reads]
        title = COLLECTIONS[identifier].title if identifier in COLLECTIONS else TITLES[identifier]
        _declare_for(operations, Tiled(identifier, title, read))


@dataclass(frozen=True, slots=True)
class Tiled:
    """What has tiles: a collection, or something that is made of one. `read`: the collection that it is made of."""

    id: str
    title: Text
    read: Collection

    @property
    def audience(self) -> Audience:
        """Who may see it: who may see what it is made of."""
        return self.read.audience


def _declare_for(operations: Operations, collection: Tiled) -> None:
    instead = partial(no_such_collection, collection.id)
    name, title = collection.id.title(), collection.title
    operations.add(
        Operation(
            f"list{name}Tilesets",
            f"/collections/{collection.id}/tiles",
            Text(f"{title.zh}：瓦片集", f"{title.en}: the sets of tiles"),
            as_json("Tilesets"),
            parameters=(F_JSON,),
            audience=collection.audience,
            tag="tiles",
            instead=instead,
        ),
        partial(tilesets, collection),
    )
    operations.add_async(
        Operation(
            f"get{name}Tileset",
            f"/collections/{collection.id}/tiles/{MATRIX_SET}",
            Text(f"{title.zh}：瓦片集说明，或 TileJSON", f"{title.en}: the set of tiles, or its TileJSON"),
            {JSON: {"anyOf": [ref("Tileset"), ref("TileJson")]}},
            parameters=(F_TILESET,),
            audience=collection.audience,
            tag="tiles",
            instead=instead,
        ),
        partial(tileset, collection),
    )
    operations.add_async(
        Operation(
            f"get{name}Tile",
            f"/collections/{collection.id}/tiles/{MATRIX_SET}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}",
            Text(f"{title.zh}：矢量瓦片", f"{title.en}: a vector tile"),
            {MVT: {"type": "string", "format": "binary"}},
            parameters=(format_of("mvt"), VERSION),
            steps=STEPS,
            audience=collection.audience,
            tag="tiles",
            may_be_empty=True,
            instead=instead,
        ),
        partial(tile, collection),
    )


async def tile(collection: Tiled, call: Call) -> Response:
    """Return one tile, 204 where it is empty.

    An address that carries the stamp of today's content may be kept for a year: tomorrow's has another address.
    Incidents are always asked for anew.
    """
    z, row, column = (whole_number(name, call.step(name)) for name in STEPS)
    if z > DEEPEST or row >= 1 << z or column >= 1 << z:
        raise no_such_tile(z, row, column)
    moment = await call.service.freshness.moment()
    view = view_of(collection.read, call.caller)
    stamp = view.stamp(moment, collection.read)
    lasting = call.asked.get(VERSION) == stamp and collection.id != INCIDENTS.id
    control = cache_control(call.audience, for_a_year=lasting)
    found = await call.service.tiles.tile(TileKey(collection.id, z, column, row, view.audience, stamp, view.scope))
    if collection.audience.value != "public" and found.plain:
        call.service.access.note(call.caller.account, f"{collection.id} tile", None)
    if matches(call.held, found.validator):
        return not_modified(found.validator, control)
    headers = {"ETag": found.validator, "Cache-Control": control, "Vary": "Accept-Encoding"}
    if not found.plain:
        return Response(status_code=204, headers=headers)
    body, coding = found.body(accepted(call.request.headers.get("accept-encoding", "")))
    if coding is not None:
        headers["Content-Encoding"] = coding.value
    return Response(body, 200, headers, MVT)


def no_such_tile(z: int, row: int, column: int) -> NotFound:
    """Return the error for a tile that the scheme does not have."""
    return NotFound(
        Text(f"没有瓦片 {z}/{row}/{column}", f"There is no tile {z}/{row}/{column}"),
        Text(
            f"层级 z 为 0 至 {DEEPEST}，行和列小于 2 的 z 次方；顺序为 层级/行/列",
            f"z runs from 0 to {DEEPEST}, row and column stay below 2 to the power of z; the order is z/row/column",
        ),
    )


def tilesets(collection: Tiled, call: Call) -> Response:
    """List the sets of tiles of a collection: there is one."""
    here = address(call.base, "collections", collection.id, "tiles")
    document = {
        "links": [link("self", here, JSON, "The sets of tiles")],
        "tilesets": [
            {
                "title": collection.title.in_language(call.language),
                "dataType": "vector",
                "crs": WEB_MERCATOR,
                "tileMatrixSetURI": MATRIX_SET_URI,
                "links": _tileset_links(collection, call.base, None),
            }
        ],
    }
    return _answer(call, document)


async def tileset(collection: Tiled, call: Call) -> Response:
    """Describe the set of tiles, as OGC API – Tiles or as TileJSON."""
    moment = await call.service.freshness.moment()
    stamp = view_of(collection.read, call.caller).stamp(moment, collection.read)
    if call.asked.get(F_TILESET) == "tilejson":
        return _answer(call, _tilejson(collection, call, stamp))
    document = {
        "title": collection.title.in_language(call.language),
        "dataType": "vector",
        "crs": WEB_MERCATOR,
        "tileMatrixSetURI": MATRIX_SET_URI,
        "links": _tileset_links(collection, call.base, stamp),
        "layers": [{"id": name, "dataType": "vector"} for name in _columns_by_layer(collection)],
    }
    return _answer(call, document)


def tile_address(base: str, collection_id: str, stamp: str, *, names: tuple[str, str, str]) -> str:
    """Return the address of the tiles of a collection with placeholders for level, row and column."""
    z, row, column = (f"{{{name}}}" for name in names)
    return f"{address(base, 'collections', collection_id, 'tiles', MATRIX_SET)}/{z}/{row}/{column}?v={stamp}"


def _columns_by_layer(collection: Tiled) -> dict[str, list[str]]:
    """Return the columns of each layer in the tiles; several sheets may make up one layer."""
    columns: dict[str, dict[str, None]] = {}
    for sheet in SHEETS[collection.id]:
        columns.setdefault(sheet.name, {}).update(dict.fromkeys(sheet.columns))
    return {name: list(known) for name, known in columns.items()}


def _tilejson(collection: Tiled, call: Call, stamp: str) -> dict[str, object]:
    return {
        "tilejson": "3.0.0",
        "name": collection.title.in_language(call.language),
        "tiles": [tile_address(call.base, collection.id, stamp, names=("z", "y", "x"))],
        "minzoom": 0,
        "maxzoom": LAST_ZOOM,
        "vector_layers": [
            {"id": name, "fields": dict.fromkeys(columns, "")}
            for name, columns in _columns_by_layer(collection).items()
        ],
    }


def _tileset_links(collection: Tiled, base: str, stamp: str | None) -> list[Link]:
    here = address(base, "collections", collection.id, "tiles", MATRIX_SET)
    links = [
        link("self", here, JSON, "The set of tiles"),
        link("alternate", f"{here}?f=tilejson", JSON, "TileJSON"),
        link(TILING_SCHEME, address(base, "tileMatrixSets", MATRIX_SET), JSON, MATRIX_SET),
    ]
    if stamp is not None:
        tiles = tile_address(base, collection.id, stamp, names=("tileMatrix", "tileRow", "tileCol"))
        links.append(link("item", tiles, MVT, "A tile", templated=True))
    return links


def matrix_sets(call: Call) -> Response:
    """List the tile matrix sets: there is one."""
    here = address(call.base, "tileMatrixSets", MATRIX_SET)
    entry = {
        "id": MATRIX_SET,
        "title": "Google Maps Compatible for the World",
        "uri": MATRIX_SET_URI,
        "crs": WEB_MERCATOR,
        "links": [link("self", here, JSON, MATRIX_SET)],
    }
    return _answer(call, {"tileMatrixSets": [entry]})


def matrix_set(call: Call) -> Response:
    """Describe WebMercatorQuad, level by level."""
    matrices = []
    for z in range(DEEPEST + 1):
        cell_m = 2 * _HALF_WORLD / 256 / (1 << z)
        matrices.append(
            {
                "id": str(z),
                "scaleDenominator": cell_m / 0.00028,
                "cellSize": cell_m,
                "cornerOfOrigin": "topLeft",
                "pointOfOrigin": [-_HALF_WORLD, _HALF_WORLD],
                "tileWidth": 256,
                "tileHeight": 256,
                "matrixWidth": 1 << z,
                "matrixHeight": 1 << z,
            }
        )
    document = {
        "id": MATRIX_SET,
        "title": "Google Maps Compatible for the World",
        "uri": MATRIX_SET_URI,
        "crs": WEB_MERCATOR,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices,
    }
    return _answer(call, document)


def _answer(call: Call, document: object) -> Response:
    return revalidated(call.held, call.audience, document, vary="Accept-Language")
