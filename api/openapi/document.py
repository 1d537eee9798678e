"""The definition of the API, made from the operations that are declared."""

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from api.audience import may_see
from api.errors import PROBLEM_JSON
from api.openapi.schemas import STAFF_PROPERTIES, schemas
from api.openapi.shapes import ref
from api.operations import Operation
from api.parameters import AFTER, BBOX, DATETIME, F_JSON, LIMIT, Parameter
from spatial.vocabulary import Audience

_SHARED = {id(parameter): parameter for parameter in (BBOX, DATETIME, LIMIT, AFTER, F_JSON)}
"""Parameters that stand among the components: QGIS looks for the page size at #/components/parameters/limit."""

_SIGNED_IN: dict[str, dict[str, str]] = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "gridscape",
        "description": "Set by POST /session; called __Host-gridscape over https. Changes need X-CSRF-Token beside it",
    },
    "bearer": {"type": "http", "scheme": "bearer", "description": "A token, made with `gridscape account token`"},
    "basic": {"type": "http", "scheme": "basic", "description": "The login, and a token as the password"},
}
"""How a caller says who it is; without any, it is the public."""


def document(operations: Iterable[Operation], audience: Audience, base: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of what an audience may ask; `base` is the address of the server."""
    shown = [operation for operation in operations if operation.documented and may_see(audience, operation.audience)]
    paths: dict[str, Any] = {}
    for operation in shown:
        path = paths.setdefault(operation.path.replace(":int", ""), {})
        path[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Gridscape",
            "version": version("gridscape"),
            "summary": "Which grid owns this point, and what follows from it.",
            "description": "Reading follows OGC API – Features and Tiles. Positions are WGS 84 longitude, latitude.",
            "contact": {"name": "Gridscape"},
        },
        "servers": [{"url": base}],
        "security": [{}, *({name: []} for name in _SIGNED_IN)],
        "paths": paths,
        "components": {
            "securitySchemes": _SIGNED_IN,
            "parameters": {parameter.name: _parameter(parameter) for parameter in _SHARED.values()},
            "responses": {
                "Problem": {
                    "description": "What is wrong, and what to do",
                    "content": {PROBLEM_JSON: {"schema": ref("Problem")}},
                }
            },
            "schemas": _needed(paths, _shown(schemas(), audience)),
        },
    }


def _shown(known: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
    """Return the schemas without the properties that are not for the audience."""
    hidden = {name for name, needs in STAFF_PROPERTIES.items() if not may_see(audience, needs)}

    def without(schema: Mapping[str, Any]) -> dict[str, Any]:
        properties = schema.get("properties")
        if not isinstance(properties, dict):
            return dict(schema)
        return {**schema, "properties": {name: value for name, value in properties.items() if name not in hidden}}

    return {name: without(schema) for name, schema in known.items()}


def _described(operation: Operation) -> dict[str, Any]:
    steps = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {key: value for key, value in schema.items() if key != "description"},
            **({"description": schema["description"]} if "description" in schema else {}),
        }
        for name, schema in operation.steps.items()
    ]
    queries = [
        {"$ref": f"#/components/parameters/{parameter.name}"} if id(parameter) in _SHARED else _parameter(parameter)
        for parameter in operation.parameters
    ]
    answers = {
        media_type: {"schema": dict(schema)} if schema else {} for media_type, schema in operation.answers.items()
    }
    return {
        "operationId": operation.id,
        "summary": operation.summary.en,
        "description": operation.summary.zh,
        "tags": [operation.tag],
        "parameters": [*steps, *queries, *_headers(operation)],
        **({} if operation.body is None else {"requestBody": _body(operation.body, operation.takes)}),
        "responses": {
            "200": {"description": operation.summary.en, "content": answers},
            **({"204": {"description": "An empty tile"}} if operation.may_be_empty else {}),
            **({"304": {"description": "What the caller holds still stands"}} if operation.method == "GET" else {}),
            "4XX": {"$ref": "#/components/responses/Problem"},
            "5XX": {"$ref": "#/components/responses/Problem"},
        },
    }


def _headers(operation: Operation) -> list[dict[str, Any]]:
    """Return the headers that a change comes with."""
    said = {
        "Idempotency-Key": ("A key of this change alone: sent again with it, it gets the same answer", operation.keyed),
        "If-Match": ("The ETag of the version that is changed", operation.conditional),
    }
    needed = [
        {"name": name, "in": "header", "required": True, "schema": {"type": "string"}, "description": about}
        for name, (about, needed) in said.items()
        if needed
    ]
    if operation.changes:
        about = "What GET /session tells; for callers who come with its cookie"
        schema = {"type": "string"}
        needed.append(
            {"name": "X-CSRF-Token", "in": "header", "required": False, "schema": schema, "description": about}
        )
    return needed


def _body(schema: Mapping[str, Any], takes: Iterable[str]) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": dict(schema)} for media_type in takes}}


def _parameter(parameter: Parameter[Any]) -> dict[str, Any]:
    described = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.about.en}. {parameter.about.zh}。",
        "schema": dict(parameter.schema),
    }
    if parameter.schema.get("type") == "array":
        described |= {"style": "form", "explode": parameter.repeated}
    return described


def _needed(paths: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schemas that the paths speak of, so that nothing is said of what the audience may not see."""
    needed: dict[str, Any] = {}
    waiting = ["Problem", *_references(paths)]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed[name] = known[name]
            waiting.extend(_references(known[name]))
    return dict(sorted(needed.items()))


def _references(part: Any) -> list[str]:
    marker = '"#/components/schemas/'
    return [piece.split('"', 1)[0] for piece in json.dumps(part).split(marker)[1:]]
