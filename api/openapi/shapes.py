"""The pieces that JSON schemas are made of."""

from typing import Any

from api.answers import JSON

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}


def ref(name: str) -> Schema:
    """Return a reference to a schema among the components."""
    return {"$ref": f"#/components/schemas/{name}"}


def as_json(name: str) -> dict[str, Schema]:
    """Return the answers of an operation that gives one kind of JSON document."""
    return {JSON: ref(name)}


def record(optional: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Return the schema of an object that has all these properties but the optional ones, and no others."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def many(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    """Return a schema that null fits too."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    nullable = {**schema, "type": [schema["type"], "null"]}
    if "enum" in schema:
        nullable["enum"] = [*schema["enum"], None]
    return nullable


def numbers(count: int) -> Schema:
    """Return the schema of a list of exactly so many numbers."""
    return {"type": "array", "items": NUMBER, "minItems": count, "maxItems": count}


def said(about: str, schema: Schema) -> Schema:
    """Return a schema with a description."""
    return {**schema, "description": about}
