"""The JSON schemas of every answer; tests hold the answers to them."""

from api.openapi.cluster_schemas import CLUSTER_SCHEMAS
from api.openapi.demo_schemas import DEMO_SCHEMAS
from api.openapi.incident_schemas import INCIDENT_SCHEMAS
from api.openapi.photo_schemas import PHOTO_SCHEMAS
from api.openapi.response_schemas import RESPONSE_SCHEMAS
from api.openapi.shapes import (
    FLAG,
    INTEGER,
    NUMBER,
    TEXT,
    Schema,
    many,
    maybe,
    numbers,
    record,
    ref,
    said,
)
from api.openapi.statistics_schemas import STATISTICS_SCHEMAS
from api.parameters import json_type
from spatial.datums import Datum
from spatial.governance import Role
from spatial.schema import COLLECTIONS, Collection
from spatial.vocabulary import Audience, Element, LevelSlug

LEVEL: Schema = {"type": "string", "enum": [level.value for level in LevelSlug]}
POINTS_MAXIMUM = 100_000
"""How many points one question may hold."""

_RANKING = ("ambiguous", "edge_m", "candidates")
RANKED: dict[str, Schema] = {
    "ambiguous": said("Whether the likeliest candidate is below 0.9: ask the person", FLAG),
    "edge_m": said("Metres from the given position to the edge that decides", NUMBER),
    "candidates": said("The likeliest first, summing to 1; there where `accuracy` was given", many(ref("Candidate"))),
}
"""How sure an owner is, where an accuracy was given."""

SCHEMAS: dict[str, Schema] = {
    **INCIDENT_SCHEMAS,
    **CLUSTER_SCHEMAS,
    **PHOTO_SCHEMAS,
    **RESPONSE_SCHEMAS,
    **STATISTICS_SCHEMAS,
    **DEMO_SCHEMAS,
    "Words": record(zh=TEXT, en=TEXT),
    "Link": record(
        ("title", "templated"),
        rel=TEXT,
        href=TEXT,
        type=TEXT,
        title=TEXT,
        templated=FLAG,
    ),
    "Problem": record(
        type=TEXT,
        title=TEXT,
        status=INTEGER,
        detail=TEXT,
        problem=TEXT,
        remedy=maybe(TEXT),
        instance=TEXT,
        details={"type": "object"},
    ),
    "Landing": record(title=TEXT, description=TEXT, attribution=TEXT, links=many(ref("Link"))),
    "Conformance": record(conformsTo=many(TEXT)),
    "Collections": record(links=many(ref("Link")), collections=many(ref("Collection"))),
    "Collection": record(
        id=TEXT,
        title=TEXT,
        description=TEXT,
        itemType={"type": "string", "enum": ["feature"]},
        crs=many(TEXT),
        storageCrs=TEXT,
        extent={
            "type": "object",
            "properties": {
                "spatial": record(bbox=many(numbers(4)), crs=TEXT),
                "temporal": record(interval=many(many(maybe(TEXT))), trs=TEXT),
            },
        },
        links=many(ref("Link")),
    ),
    "Queryables": {
        "type": "object",
        "properties": {"properties": {"type": "object", "additionalProperties": {"type": "object"}}},
        "required": ["$id", "$schema", "type", "properties"],
    },
    "Session": record(
        account=maybe(TEXT),
        name=maybe(TEXT),
        role=maybe({"type": "string", "enum": [role.value for role in Role]}),
        role_name=maybe(ref("Words")),
        scope=said(
            "The areas that bound the account; empty for everything",
            many(
                record(
                    path=TEXT,
                    code=TEXT,
                    district=maybe(TEXT),
                    name=maybe(TEXT),
                    name_en=maybe(TEXT),
                    level=maybe(TEXT),
                )
            ),
        ),
        csrf=said("What changes must bring as X-CSRF-Token; null without a cookie", maybe(TEXT)),
        ends_at=maybe({"type": "string", "format": "date-time"}),
        open_demo=FLAG,
        playing=said("Whether a demo plays that the caller may steer", FLAG),
    ),
    "Health": record(
        status={"type": "string", "enum": ["ok"]},
        version=TEXT,
        store=TEXT,
        warming_up=FLAG,
        revisions={"type": "object", "additionalProperties": INTEGER},
        editions=many(record(district=TEXT, tree=TEXT, edition=INTEGER)),
        calendars=many(record(district=TEXT, listed_until=maybe({"type": "string", "format": "date"}), runs_out=FLAG)),
    ),
    "Districts": record(districts=many(ref("District"))),
    "District": record(
        slug=TEXT,
        code=TEXT,
        name=TEXT,
        name_en=TEXT,
        centre=numbers(2),
        box=numbers(4),
        town=maybe(numbers(4)),
        edition=maybe(INTEGER),
        published_at=maybe({"type": "string", "format": "date-time"}),
        synthetic=FLAG,
    ),
    "Located": record(
        lon=NUMBER,
        lat=NUMBER,
        district=maybe(ref("LocatedDistrict")),
        trees=many(ref("LocatedTree")),
        nearest=many(ref("Near")),
    ),
    "LocatedDistrict": record(slug=TEXT, code=TEXT, name=TEXT, name_en=TEXT, synthetic=FLAG),
    "LocatedTree": record(
        _RANKING,
        district=TEXT,
        tree=TEXT,
        edition=INTEGER,
        published_at={"type": "string", "format": "date-time"},
        owners=many(ref("Owner")),
        responsible=maybe(ref("Responsible")),
        reason=ref("Words"),
        **RANKED,
    ),
    "Responsible": record(level=LEVEL, code=TEXT, name=maybe(TEXT), name_en=maybe(TEXT), path=TEXT),
    "Owner": record(
        ("duty_holders", *_RANKING),
        level=LEVEL,
        level_name=ref("Words"),
        code=maybe(TEXT),
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        kind=maybe(TEXT),
        kind_name=maybe(ref("Words")),
        duty_holders=many(ref("DutyHolder")),
        **RANKED,
    ),
    "Candidate": record(
        level=LEVEL,
        code=said("The area; null for the chance that no area owns the place", maybe(TEXT)),
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        path=maybe(TEXT),
        probability={"type": "number", "minimum": 0, "maximum": 1},
        distance_m=said("Metres from the given position to the nearest edge of the area", NUMBER),
    ),
    "Near": record(
        district=TEXT,
        tree=TEXT,
        level=LEVEL,
        level_name=ref("Words"),
        code=TEXT,
        name=maybe(TEXT),
        name_en=maybe(TEXT),
        path=maybe(TEXT),
        distance_m=said("Metres to the area, which does not own the place", NUMBER),
    ),
    "LocateColumns": record(
        ("crs", "at", "levels"),
        lon=said("Longitudes in degrees", {"type": "array", "items": NUMBER, "maxItems": POINTS_MAXIMUM}),
        lat=said("Latitudes in degrees, as many", {"type": "array", "items": NUMBER, "maxItems": POINTS_MAXIMUM}),
        crs={"type": "string", "enum": [datum.value for datum in Datum], "default": Datum.WGS84.value},
        at=said("Answer with the editions of this time (RFC 3339 with its zone)", TEXT),
        levels=said("The levels to tell; all of them where it is left out", many(LEVEL)),
    ),
    "LocatedColumns": record(
        points=INTEGER,
        editions=many(record(district=TEXT, tree=TEXT, edition=INTEGER)),
        areas=said(
            "Each area that occurs, once; the columns below count its rows from 0",
            record(code=many(TEXT), path=many(TEXT), level=many(LEVEL), district=many(TEXT)),
        ),
        trees=many(ref("LocatedTreeColumns")),
    ),
    "LocatedTreeColumns": record(
        tree=TEXT,
        responsible=said("For each point the row of the responsible area in `areas`, -1 for none", many(INTEGER)),
        owners=said(
            "For each level that owns any of the points: for each point the row of the owner in `areas`, -1 for none",
            {"type": "object", "additionalProperties": many(INTEGER)},
        ),
    ),
    "DutyHolder": record(post=TEXT, post_name=ref("Words"), holder=maybe(TEXT), vacant=FLAG, staircase=maybe(INTEGER)),
    "Hits": record(hits=many(ref("Hit"))),
    "Hit": record(
        collection=TEXT,
        district=maybe(TEXT),
        code=TEXT,
        name=TEXT,
        name_en=TEXT,
        level=maybe(TEXT),
        kind=maybe(TEXT),
        kind_name=maybe(ref("Words")),
        position=numbers(2),
        box=numbers(4),
    ),
    "Layers": record(layers=many(ref("Layer"))),
    "Layer": record(
        id=TEXT,
        element={"type": "string", "enum": [element.value for element in Element]},
        title=ref("Words"),
        note=maybe(ref("Words")),
        audience={"type": "string", "enum": [audience.value for audience in Audience]},
        visible=FLAG,
        base=FLAG,
        zooms=numbers(2),
        count=maybe(INTEGER),
        legend=many(ref("LegendLine")),
        style_layers=many(TEXT),
    ),
    "LegendLine": record(
        label=ref("Words"),
        symbol=maybe(TEXT),
        fill=maybe(TEXT),
        fill_opacity=maybe(NUMBER),
        line=maybe(TEXT),
        line_width=maybe(NUMBER),
        dash=maybe(many(NUMBER)),
        hatch=maybe(TEXT),
        dot=FLAG,
        count=maybe(INTEGER),
    ),
    "Style": {
        "type": "object",
        "properties": {
            "version": {"type": "integer", "const": 8},
            "sources": {"type": "object"},
            "layers": many({"type": "object"}),
        },
        "required": ["version", "sources", "layers"],
    },
    "Symbols": {"type": "object", "additionalProperties": ref("Symbol")},
    "Symbol": record(svg=TEXT, width=NUMBER, height=NUMBER),
    "TileMatrixSets": record(tileMatrixSets=many(ref("TileMatrixSetEntry"))),
    "TileMatrixSetEntry": record(id=TEXT, title=TEXT, uri=TEXT, crs=TEXT, links=many(ref("Link"))),
    "TileMatrixSet": {
        "type": "object",
        "properties": {"id": TEXT, "crs": TEXT, "tileMatrices": many({"type": "object"})},
        "required": ["id", "crs", "tileMatrices"],
    },
    "Tilesets": record(links=many(ref("Link")), tilesets=many(ref("TilesetEntry"))),
    "TilesetEntry": record(title=TEXT, dataType=TEXT, crs=TEXT, tileMatrixSetURI=TEXT, links=many(ref("Link"))),
    "Tileset": {
        "type": "object",
        "properties": {
            "title": TEXT,
            "dataType": {"type": "string", "enum": ["vector"]},
            "crs": TEXT,
            "tileMatrixSetURI": TEXT,
            "links": many(ref("Link")),
        },
        "required": ["dataType", "crs", "tileMatrixSetURI", "links"],
    },
    "TileJson": {
        "type": "object",
        "properties": {
            "tilejson": {"type": "string", "const": "3.0.0"},
            "tiles": many(TEXT),
            "vector_layers": many({"type": "object"}),
            "minzoom": INTEGER,
            "maxzoom": INTEGER,
            "bounds": numbers(4),
        },
        "required": ["tilejson", "tiles", "vector_layers"],
    },
}

STAFF_PROPERTIES = {"duty_holders": Audience.STAFF}
"""Properties that only some audiences get."""

_GEOMETRIES = {
    "Point": many(NUMBER),
    "LineString": many(many(NUMBER)),
    "MultiPoint": many(many(NUMBER)),
    "MultiLineString": many(many(many(NUMBER))),
    "Polygon": many(many(many(NUMBER))),
    "MultiPolygon": many(many(many(many(NUMBER)))),
}
SCHEMAS["Geometry"] = {
    "oneOf": [
        record(type={"type": "string", "const": name}, coordinates=coordinates)
        for name, coordinates in _GEOMETRIES.items()
    ]
}


def feature(collection: Collection) -> Schema:
    """Return the schema of a feature of a collection; counts and attributes that the public does not see may lack."""
    properties: dict[str, Schema] = {}
    for column in collection.columns:
        schema = {key: value for key, value in json_type(column).items() if key != "x-titles"}
        schema = {"title": column.title.en, **(schema if column.required else maybe(schema))}
        # whatever an import brought along: an object, as a rule
        properties[column.name] = {"title": column.title.en} if column.name == "extra" else schema
    staff = tuple(column.name for column in collection.columns if column.staff)
    return record(
        ("links",),
        type={"type": "string", "const": "Feature"},
        id=TEXT,
        geometry=maybe(ref("Geometry")),
        properties=record(staff, **properties),
        links=many(ref("Link")),
    )


def page(name: str) -> Schema:
    """Return the schema of a page of features."""
    return record(
        type={"type": "string", "const": "FeatureCollection"},
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched=INTEGER,
        numberReturned=INTEGER,
        links=many(ref("Link")),
        features=many(ref(f"{name}Feature")),
    )


def schemas() -> dict[str, Schema]:
    """Return all schemas by name, those of the collections included."""
    made = dict(SCHEMAS)
    for collection in COLLECTIONS.values():
        name = schema_name(collection)
        made[f"{name}Feature"] = feature(collection)
        made[f"{name}Page"] = page(name)
    return made


def schema_name(collection: Collection) -> str:
    """Return the name of a collection as it stands in operation ids and schema names."""
    return collection.id.title()
