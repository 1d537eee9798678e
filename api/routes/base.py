"""The configured base map: a PMTiles file, tile by tile or by ranges."""

from starlette.responses import FileResponse, Response

from api.answers import cache_control, etag, matches, not_modified
from api.operations import Call, Operation, Operations
from api.parameters import VERSION, whole_number
from api.pmtiles import MEDIA_TYPES, BaseTiles
from api.routes.tiles import DEEPEST, STEPS, no_such_tile
from spatial.errors import NotFound
from spatial.text import Text
from spatial.vocabulary import Audience

FILE = "/base/tiles.pmtiles"


def declare(operations: Operations) -> None:
    """Declare the operations of this family; they are part of the screens and not of the documented API."""
    operations.add(
        Operation(
            "getBaseFile",
            FILE,
            Text("配置的 PMTiles 底图文件（支持 Range）", "The configured PMTiles file of the base map, by ranges"),
            {"application/vnd.pmtiles": {"type": "string", "format": "binary"}},
            audience=Audience.PUBLIC,
            tag="map",
            documented=False,
        ),
        file,
    )
    operations.add(
        Operation(
            "getBaseTile",
            "/base/{tileMatrix}/{tileRow}/{tileCol}",
            Text("底图瓦片", "A tile of the base map"),
            {media_type: {"type": "string", "format": "binary"} for media_type in MEDIA_TYPES.values()},
            audience=Audience.PUBLIC,
            parameters=(VERSION,),
            steps=STEPS,
            tag="map",
            documented=False,
            may_be_empty=True,
        ),
        tile,
    )


def file(call: Call) -> Response:
    """Return the file, or the ranges of it that were asked for."""
    _configured(call)
    path = call.service.settings.base_tiles
    assert path is not None
    headers = {"Cache-Control": cache_control(Audience.PUBLIC)}
    return FileResponse(path, media_type="application/vnd.pmtiles", headers=headers)


def tile(call: Call) -> Response:
    """Return one tile, 204 where the file has none there."""
    tiles = _configured(call)
    z, row, column = (whole_number(name, call.step(name)) for name in STEPS)
    if z > DEEPEST or row >= 1 << z or column >= 1 << z:
        raise no_such_tile(z, row, column)
    validator = etag(tiles.stamp, z, row, column)
    control = cache_control(Audience.PUBLIC, for_a_year=call.asked.get(VERSION) == tiles.stamp)
    if matches(call.held, validator):
        return not_modified(validator, control)
    body = tiles.tile(z, column, row)
    headers = {"ETag": validator, "Cache-Control": control}
    if body is None:
        return Response(status_code=204, headers=headers)
    return Response(body, 200, headers, MEDIA_TYPES[tiles.tile_type])


def _configured(call: Call) -> BaseTiles:
    if call.service.base is None:
        raise NotFound(
            Text("没有配置底图文件", "No file for the base map is configured"),
            Text("用 --base-tiles 指定 PMTiles 文件", "Name a PMTiles file with --base-tiles"),
        )
    return call.service.base
