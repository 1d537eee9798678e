"""The landing page, what it conforms to, and the definition of the API."""

from starlette.responses import Response

from api.answers import HTML, JSON, OPENAPI_JSON, cache_control, json_answer, revalidated
from api.links import address, link
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import F_JSON, format_of
from api.routes.site import front_page
from spatial.text import Text
from spatial.vocabulary import Audience

F_LANDING = format_of("json", "html")
CONFORMS_TO = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
)


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add(
        Operation(
            "getLandingPage",
            "/",
            Text("入口：接口目录；浏览器得到地图", "The way in: links to everything, or the map for a browser"),
            {**as_json("Landing"), "text/html": {"type": "string"}},
            audience=Audience.PUBLIC,
            parameters=(F_LANDING,),
            tag="service",
            strict=False,
        ),
        landing,
    )
    operations.add(
        Operation(
            "getConformance",
            "/conformance",
            Text("所遵循的标准", "The standards that this server follows"),
            as_json("Conformance"),
            audience=Audience.PUBLIC,
            parameters=(F_JSON,),
            tag="service",
        ),
        conformance,
    )

    def definition(call: Call) -> Response:
        from api.openapi.document import document

        made = document(operations.declared, call.audience, call.base)
        return revalidated(call.held, call.audience, made, OPENAPI_JSON)

    operations.add(
        Operation(
            "getDefinition",
            "/api",
            Text("接口定义（OpenAPI 3.1）", "The definition of this API (OpenAPI 3.1)"),
            {OPENAPI_JSON: {"type": "object"}},
            audience=Audience.PUBLIC,
            parameters=(F_JSON,),
            tag="service",
        ),
        definition,
    )


def landing(call: Call) -> Response:
    """Return the links to everything, or the screens to who prefers HTML."""
    asked = call.asked.get(F_LANDING)
    if asked == "html" or (asked is None and _prefers_html(call.request.headers.get("accept", ""))):
        return front_page(call)
    document = {
        "title": "Gridscape",
        "description": "Which grid owns this point, and what follows from it. 网格归属与空间治理平台。",
        "attribution": "Districts marked synthetic hold generated content. 标为合成的区县，其内容由程序生成。",
        "links": [
            link("self", f"{call.base}/", JSON, "This document"),
            link("alternate", address(call.base, "", query={"f": "html"}), HTML, "The map"),
            link("service-desc", address(call.base, "api"), OPENAPI_JSON, "The definition of the API"),
            link("conformance", address(call.base, "conformance"), JSON, "Conformance"),
            link("data", address(call.base, "collections"), JSON, "The collections"),
            link(
                "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
                address(call.base, "tileMatrixSets"),
                JSON,
                "Tile matrix sets",
            ),
        ],
    }
    return json_answer(document, headers={"Vary": "Accept", "Cache-Control": cache_control(call.audience)})


def _prefers_html(accept: str) -> bool:
    """Return whether HTML stands before JSON among what a caller accepts."""
    for part in accept.lower().split(","):
        media_type = part.partition(";")[0].strip()
        if media_type in ("text/html", "application/xhtml+xml"):
            return True
        if media_type.endswith("json"):
            return False
    return False


def conformance(call: Call) -> Response:
    """List the conformance classes."""
    return json_answer({"conformsTo": CONFORMS_TO}, headers={"Cache-Control": cache_control(call.audience)})
