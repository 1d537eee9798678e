"""The features of a collection: page by page, or one by its code."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson
from starlette.responses import Response

from api.answers import (
    GEO_JSON,
    JSON,
    SCHEMA_JSON,
    cache_control,
    etag,
    json_answer,
    matches,
    not_modified,
    revalidated,
)
from api.audience import no_such_collection, paths_of
from api.caller import Caller
from api.links import Link, address, link
from api.openapi.schemas import schema_name
from api.openapi.shapes import ref
from api.operations import Call, Operation, Operations
from api.parameters import (
    AFTER,
    BBOX,
    DATETIME,
    DISTRICT,
    F_JSON,
    LIMIT,
    LIMIT_DEFAULT,
    TREE,
    Parameter,
    filters,
    format_of,
    json_type,
)
from layers.geojson import features
from spatial.errors import BadParameter, NotFound
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS, COLLECTIONS, Collection
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

F_FEATURES = format_of("json", "geojson")
CODE_STEP = {"code": {"type": "string", "description": "The code of the feature, which is its id"}}


def declare(operations: Operations) -> None:
    """Declare the operations of this family, three for each collection."""
    for collection in COLLECTIONS.values():
        instead = partial(no_such_collection, collection.id)
        name = schema_name(collection)
        title = collection.title
        found_by = (F_FEATURES, DISTRICT, *((TREE,) if collection.stored_in == AREAS.id else ()))
        operations.add(
            Operation(
                f"list{name}",
                f"/collections/{collection.id}/items",
                Text(f"{title.zh}：逐页读取", f"{title.en}, page by page"),
                {GEO_JSON: ref(f"{name}Page")},
                parameters=parameters_of(collection),
                audience=collection.audience,
                instead=instead,
            ),
            partial(items, collection),
        )
        operations.add(
            Operation(
                f"get{name}Item",
                f"/collections/{collection.id}/items/{{code}}",
                Text(f"{title.zh}：按编码读取一条", f"One of {title.en.lower()} by its code"),
                {GEO_JSON: ref(f"{name}Feature")},
                parameters=found_by,
                steps=CODE_STEP,
                audience=collection.audience,
                instead=instead,
            ),
            partial(item, collection),
        )
        operations.add(
            Operation(
                f"get{name}Queryables",
                f"/collections/{collection.id}/queryables",
                Text(f"{title.zh}：可用于筛选的属性", f"The properties by which {title.en.lower()} can be filtered"),
                {SCHEMA_JSON: ref("Queryables")},
                parameters=(F_JSON,),
                audience=collection.audience,
                instead=instead,
            ),
            partial(queryables, collection),
        )


def parameters_of(collection: Collection) -> tuple[Parameter[Any], ...]:
    """Return what the features of a collection can be asked by."""
    return (F_FEATURES, BBOX, DATETIME, LIMIT, AFTER, *filters(collection))


def query_of(collection: Collection, call: Call) -> Query:
    """Return the query that a request means, without its page.

    Who asks by a property for staff gets rows within their areas alone: the others must not answer by being there.
    """
    asked = call.asked
    equal = {parameter.name: asked.every(parameter) for parameter in filters(collection) if asked.every(parameter)}
    for_staff = [name for name in equal if (column := collection.column(name)) is not None and column.staff]
    if for_staff and call.audience is Audience.PUBLIC:
        raise BadParameter(
            Text(f"这里没有参数 {for_staff[0]}", f"There is no parameter {for_staff[0]} here"),
            parameter=for_staff[0],
        )
    interval = asked.get(DATETIME)
    timed = interval is not None and collection.time_column is not None
    return Query(
        paths=paths_of(Audience.STAFF if for_staff else collection.audience, call.caller),
        box=asked.get(BBOX),
        equal=equal,
        since=interval.since if timed and interval else None,
        until=interval.until if timed and interval else None,
    )


def items(collection: Collection, call: Call) -> Response:
    """Return one page of features; the link `next` leads on while there are more."""
    store = call.service.store
    control = cache_control(call.audience)
    seen_as = (call.audience, call.caller.scope)
    validator = etag(store.revision(collection.stored_in), store.editions(), str(call.request.url), call.base, *seen_as)
    if matches(call.held, validator):
        return not_modified(validator, control)
    query = query_of(collection, call)
    limit = call.asked.get(LIMIT) or LIMIT_DEFAULT
    rows = store.read(collection.id, replace(query, after=call.asked.get(AFTER), limit=limit + 1))
    more = len(rows) > limit
    if more:
        rows = rows.take(range(limit))
    _note(collection, call, rows)
    document = {
        "type": "FeatureCollection",
        "timeStamp": datetime.now(UTC),
        "numberMatched": call.service.count(collection, query),
        "numberReturned": len(rows),
        "links": _page_links(collection, call, int(rows["row"][-1]) if more else None),
        "features": [orjson.Fragment(feature) for feature in _features(collection, rows, call.caller)],
    }
    return json_answer(document, GEO_JSON, {"ETag": validator, "Cache-Control": control})


def _features(collection: Collection, rows: Table, caller: Caller) -> Iterator[bytes]:
    """Yield rows as a caller may see them: beyond the caller's areas as the public does."""
    if not caller.scope or collection.audience is Audience.STAFF:
        yield from features(rows, collection, caller.audience, collection.names)
        return
    inside = [caller.bounds(path) for path in rows.columns.get("path", [None] * len(rows))]
    open_to_all = features(rows, collection, Audience.PUBLIC, collection.names)
    whole = features(rows, collection, Audience.STAFF, collection.names)
    for own, public, staff in zip(inside, open_to_all, whole, strict=True):
        yield staff if own else public


def _page_links(collection: Collection, call: Call, last: int | None) -> list[Link]:
    asked = [(name, value) for name, value in call.request.query_params.multi_items() if name != "after"]
    here = address(call.base, "collections", collection.id, "items", query=call.request.query_params.multi_items())
    links = [
        link("self", here, GEO_JSON, "This page"),
        link("collection", address(call.base, "collections", collection.id), JSON, collection.title.en),
    ]
    if last is not None:
        following = address(call.base, "collections", collection.id, "items", query=[*asked, ("after", str(last))])
        links.append(link("next", following, GEO_JSON, "The next page"))
    return links


def item(collection: Collection, call: Call) -> Response:
    """Return one feature; of areas the one in the main tree where a code stands in several."""
    store = call.service.store
    code = call.step("code")
    district, tree = call.asked.get(DISTRICT), call.asked.get(TREE)
    paths = paths_of(collection.audience, call.caller)
    rows = store.read(collection.id, Query(district=district, tree=tree, equal={"code": code}, paths=paths))
    if len(rows) > 1 and tree is None and "tree" in rows.columns:
        rows = rows.take([at for at, name in enumerate(rows["tree"]) if name == MAIN_TREE] or range(len(rows)))
    if not len(rows):
        raise NotFound(
            Text(f"{collection.title.zh}中没有编码 {code}", f"{collection.title.en} hold no code {code}"),
            Text("可用 /search 按名称或编码查找", "Search by name or code with /search"),
        )
    if len(rows) > 1:
        raise _ambiguous(code, rows)
    _note(collection, call, rows)
    feature = orjson.loads(next(_features(collection, rows, call.caller)))
    here = address(
        call.base, "collections", collection.id, "items", code, query=call.request.query_params.multi_items()
    )
    feature["links"] = [
        link("self", here, GEO_JSON, code),
        link("collection", address(call.base, "collections", collection.id), JSON, collection.title.en),
    ]
    return revalidated(call.held, call.audience, feature, GEO_JSON)


def _ambiguous(code: str, rows: Table) -> BadParameter:
    districts = ", ".join(sorted({str(name) for name in rows["district"]}))
    trees: Sequence[str] = sorted({str(name) for name in rows["tree"]}) if "tree" in rows.columns else ()
    more = f"&tree=… ({', '.join(trees)})" if len(trees) > 1 else ""
    return BadParameter(
        Text(f"编码 {code} 不止一处", f"The code {code} stands in more than one place"),
        Text(f"请加上 ?district=…（{districts}）{more}", f"Add ?district=… ({districts}){more}"),
        code=code,
    )


def _note(collection: Collection, call: Call, rows: Table) -> None:
    """Note in the access log that somebody read what is not public."""
    if collection.audience.value == "public" or not len(rows):
        return
    districts = [str(name) for name in rows["district"]]
    for district in sorted(set(districts)):
        call.service.access.note(call.caller.account, collection.id, district, districts.count(district))


def queryables(collection: Collection, call: Call) -> Response:
    """Return the filterable properties as a JSON schema."""
    properties: dict[str, Any] = {
        column.name: {"title": column.title.in_language(call.language), **json_type(column)}
        for column in collection.columns
        if column.filterable and not (column.staff and call.audience is Audience.PUBLIC)
    }
    properties["geometry"] = {"$ref": f"https://geojson.org/schema/{collection.geometry.value}.json"}
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(call.base, "collections", collection.id, "queryables"),
        "type": "object",
        "title": collection.title.in_language(call.language),
        "properties": properties,
        "additionalProperties": False,
    }
    return revalidated(call.held, call.audience, document, SCHEMA_JSON, vary="Accept-Language")
