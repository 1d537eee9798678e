"""The collections: what there is to read, and where."""

from functools import partial

from starlette.responses import Response

from api.answers import GEO_JSON, JSON, MVT, SCHEMA_JSON, revalidated
from api.audience import no_such_collection, paths_of, visible_collections
from api.links import Link, address, link
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import F_JSON
from spatial.schema import COLLECTIONS, Collection
from spatial.text import Text
from spatial.vocabulary import Audience

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
STEP = {"collection": {"type": "string", "description": "The id of a collection"}}


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add(
        Operation(
            "listCollections",
            "/collections",
            Text("可读取的数据集", "The collections that can be read"),
            as_json("Collections"),
            audience=Audience.PUBLIC,
            parameters=(F_JSON,),
        ),
        collections,
    )
    for known in COLLECTIONS.values():
        operations.add(
            Operation(
                f"describe{known.id.title()}",
                f"/collections/{known.id}",
                Text(f"{known.title.zh}：说明", f"{known.title.en}: what the collection holds"),
                as_json("Collection"),
                parameters=(F_JSON,),
                audience=known.audience,
                instead=partial(no_such_collection, known.id),
            ),
            partial(collection, known),
        )


def declare_unknown(operations: Operations) -> None:
    """Declare what answers for collections that are not there; to come after all other operations on collections."""
    for path in ("/collections/{collection}", "/collections/{collection}/{rest:path}"):
        operations.add(
            Operation(
                f"unknownCollection{'Below' if 'rest' in path else ''}",
                path,
                Text("没有这个数据集", "There is no such collection"),
                {},
                audience=Audience.PUBLIC,
                documented=False,
            ),
            unknown,
        )


def unknown(call: Call) -> Response:
    """Say that there is no such collection, or nothing of that name in it."""
    raise no_such_collection(call.step("collection"), call.audience)


def collections(call: Call) -> Response:
    """List the collections that the caller may see."""
    document = {
        "links": [
            link("self", address(call.base, "collections"), JSON, "The collections"),
            link("root", f"{call.base}/", JSON, "Gridscape"),
        ],
        "collections": [_describe(known, call) for known in visible_collections(call.audience)],
    }
    return revalidated(call.held, call.audience, document)


def collection(known: Collection, call: Call) -> Response:
    """Describe one collection."""
    return revalidated(call.held, call.audience, _describe(known, call))


def _describe(known: Collection, call: Call) -> dict[str, object]:
    extent: dict[str, object] = {}
    box = call.service.extent(known, paths_of(known.audience, call.caller))
    if box is not None:
        extent["spatial"] = {"bbox": [box], "crs": CRS84}
    if known.time_column is not None:
        extent["temporal"] = {"interval": [[None, None]], "trs": GREGORIAN}
    return {
        "id": known.id,
        "title": f"{known.title.en} {known.title.zh}",
        "description": "Every feature has code, district, name and name_en. 每个要素都有编码、区县、名称和英文名称。",
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": CRS84,
        "extent": extent,
        "links": _links(known, call.base),
    }


def _links(known: Collection, base: str) -> list[Link]:
    here = address(base, "collections", known.id)
    return [
        link("self", here, JSON, known.title.en),
        link("items", f"{here}/items", GEO_JSON, "The features"),
        link("http://www.opengis.net/def/rel/ogc/1.0/queryables", f"{here}/queryables", SCHEMA_JSON, "Queryables"),
        link("http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector", f"{here}/tiles", JSON, "Vector tiles"),
        link(
            "item",
            f"{here}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}",
            MVT,
            "A vector tile",
            templated=True,
        ),
    ]
