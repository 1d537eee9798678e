"""OpenStreetMap's tags and the schema's columns: which features are roads, buildings, stations, and what they say.

Runs in the killable process. Heights come from the tag `height`, else from `building:levels` at 3 metres a floor.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson

from spatial import vocabulary as v
from spatial.errors import BadParameter
from spatial.importing.readers import Raw
from spatial.text import Text

FLOOR_HEIGHT_M = 3.0
LAYERS: dict[str, tuple[str, ...]] = {
    "roads": ("lines",),
    "buildings": ("multipolygons",),
    "ground": ("multipolygons",),
    "stations": ("points",),
    "assets": ("points",),
}
"""The layers of GDAL's OSM driver in which each collection lies."""

Tags = Mapping[str, str]
_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_NUMBER = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(m|metres?|meters?)?\s*", re.IGNORECASE)
_KEPT_TAGS = ("addr:street", "addr:housenumber", "amenity", "shop", "office", "tourism", "surface", "wikidata", "layer")

_ROADS: dict[str, v.RoadClass] = {
    **dict.fromkeys(("motorway", "trunk", "primary"), v.RoadClass.ARTERIAL),
    **dict.fromkeys(("secondary", "tertiary"), v.RoadClass.COLLECTOR),
    **dict.fromkeys(("residential", "unclassified", "living_street", "road"), v.RoadClass.LANE),
    "service": v.RoadClass.DRIVE,
    **dict.fromkeys(
        ("footway", "path", "pedestrian", "steps", "cycleway", "track", "bridleway", "corridor"), v.RoadClass.FOOTPATH
    ),
}
_ROAD_WIDTHS_M = {
    v.RoadClass.ARTERIAL: 14.0,
    v.RoadClass.COLLECTOR: 10.0,
    v.RoadClass.LANE: 7.0,
    v.RoadClass.DRIVE: 4.0,
    v.RoadClass.FOOTPATH: 2.5,
}
_NOT_FOR_FEET = ("motorway", "motorway_link", "trunk_link")
_PUBLIC_BUILDINGS = (
    *("public", "civic", "government", "school", "university", "college", "kindergarten", "hospital", "church"),
    *("cathedral", "chapel", "train_station", "transportation", "museum", "library", "sports_hall", "fire_station"),
)
_BUILDINGS: dict[str, v.BuildingUse] = {
    **dict.fromkeys(
        ("apartments", "residential", "house", "detached", "terrace", "dormitory", "semidetached_house", "bungalow"),
        v.BuildingUse.HOUSING,
    ),
    **dict.fromkeys(
        ("commercial", "office", "retail", "industrial", "warehouse", "hotel", "bank"), v.BuildingUse.OFFICE
    ),
    **dict.fromkeys(
        _PUBLIC_BUILDINGS,
        v.BuildingUse.PUBLIC,
    ),
}
_GROUND: tuple[tuple[str, tuple[str, ...], v.GroundKind], ...] = (
    ("natural", ("water", "bay", "wetland"), v.GroundKind.WATER),
    ("waterway", ("riverbank", "dock"), v.GroundKind.WATER),
    ("leisure", ("park", "garden", "nature_reserve", "dog_park"), v.GroundKind.GREEN),
    ("landuse", ("grass", "forest", "cemetery", "meadow", "village_green", "recreation_ground"), v.GroundKind.GREEN),
    ("natural", ("wood", "scrub", "grassland", "heath"), v.GroundKind.GREEN),
    ("leisure", ("pitch", "track", "playground", "sports_centre", "stadium"), v.GroundKind.SPORTS),
    ("landuse", ("farmland", "orchard", "farmyard", "vineyard", "allotments"), v.GroundKind.FARMLAND),
    ("place", ("square",), v.GroundKind.PLAZA),
    ("highway", ("pedestrian",), v.GroundKind.PLAZA),
    ("amenity", ("marketplace",), v.GroundKind.PLAZA),
    ("landuse", ("railway",), v.GroundKind.RAILWAY),
)
_ASSETS: tuple[tuple[str, tuple[str, ...], v.AssetKind], ...] = (
    ("barrier", ("gate", "lift_gate", "swing_gate", "entrance"), v.AssetKind.GATE),
    ("highway", ("street_lamp",), v.AssetKind.LIGHT),
    ("amenity", ("bicycle_parking",), v.AssetKind.PARKING_TWO_WHEELER),
    ("amenity", ("parking", "parking_space"), v.AssetKind.PARKING_CAR),
    ("amenity", ("bench",), v.AssetKind.BENCH),
    ("leisure", ("pitch", "sports_centre"), v.AssetKind.SPORTS_GROUND),
    ("amenity", ("vending_machine", "atm"), v.AssetKind.SERVICE_MACHINE),
    ("leisure", ("playground", "fitness_station"), v.AssetKind.RECREATION),
)
_STATIONS: tuple[tuple[str, tuple[str, ...], v.StationTier], ...] = (
    ("amenity", ("townhall",), v.StationTier.DISTRICT_CENTRE),
    ("amenity", ("community_centre", "social_facility", "social_centre"), v.StationTier.COMMUNITY_STATION),
    ("office", ("government",), v.StationTier.STREET_CENTRE),
)


@dataclass(frozen=True, slots=True)
class _Feature:
    kind: str | None
    columns: dict[str, Any]


def translate(raw: Raw, collection: str) -> Raw:
    """Return the rows of an OSM layer that belong to a collection, with the schema's columns in place of tags.

    `code` is the kind of element and its id (`w4216689`) where the schema's codes are free; areas get codes of their
    own. Features that are something else are counted as skipped. Raises BadParameter for a collection that OSM does
    not have.
    """
    reads = _READERS.get(collection)
    if reads is None:
        raise BadParameter(
            Text(f"OSM 数据中没有 {collection}", f"OpenStreetMap data holds no {collection}"),
            Text(f"可导入：{', '.join(_READERS)}", f"What can be imported from it: {', '.join(_READERS)}"),
        )
    tags = [_tags(raw.columns, at) for at in range(len(raw.rows))]
    features = [reads(each) for each in tags]
    keep = [at for at, feature in enumerate(features) if feature is not None]
    columns: dict[str, list[Any]] = {"code": [], "name": [], "name_en": [], "kind": [], "extra": []}
    for at in keep:
        feature, said = features[at], tags[at]
        assert feature is not None
        name = said.get("name") or _address(said)
        columns["code"].append(_element(raw.layer, said))
        columns["name"].append(name)
        columns["name_en"].append(said.get("name:en") or name)
        columns["kind"].append(feature.kind)
        for column, value in feature.columns.items():
            columns.setdefault(column, []).append(value)
        kept = {tag: said[tag] for tag in _KEPT_TAGS if tag in said}
        columns["extra"].append(orjson.dumps({"osm": _element(raw.layer, said), **kept}).decode())
    where = np.array(keep, dtype=np.intp)
    return Raw(
        raw.layer,
        raw.binary[where],
        columns,
        raw.declared,
        raw.rows[where],
        skipped=len(raw.rows) - len(keep),
        notes=raw.notes,
    )


def _tags(columns: Mapping[str, list[Any]], at: int) -> dict[str, str]:
    tags = {name: str(values[at]) for name, values in columns.items() if values[at] is not None}
    for key, value in _PAIR.findall(tags.pop("other_tags", "")):
        tags.setdefault(_unescaped(key), _unescaped(value))
    return tags


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _element(layer: str, tags: Tags) -> str:
    if layer == "points":
        return f"n{tags.get('osm_id')}"
    if layer == "lines":
        return f"w{tags.get('osm_id')}"
    return f"w{tags['osm_way_id']}" if "osm_way_id" in tags else f"r{tags.get('osm_id')}"


def _address(tags: Tags) -> str | None:
    street, number = tags.get("addr:street"), tags.get("addr:housenumber")
    return f"{street} {number}" if street and number else None


def _number(said: str | None) -> float | None:
    matched = _NUMBER.fullmatch(said) if said else None
    return float(matched.group(1).replace(",", ".")) if matched else None


def _road(tags: Tags) -> _Feature | None:
    said = tags.get("highway")
    kind = _ROADS.get((said or "").removesuffix("_link"))
    if said is None or kind is None or tags.get("area") == "yes":
        return None
    width = _number(tags.get("width"))
    driven = kind is not v.RoadClass.FOOTPATH and tags.get("access") not in ("no", "private")
    walked = said not in _NOT_FOR_FEET and tags.get("foot") != "no" and tags.get("access") != "no"
    return _Feature(kind, {"width_m": width or _ROAD_WIDTHS_M[kind], "walkable": walked, "drivable": driven})


def _building(tags: Tags) -> _Feature | None:
    said = tags.get("building")
    if said is None or said == "no":
        return None
    levels = _number(tags.get("building:levels"))
    floors = int(levels) if levels is not None and 0 < levels < 200 else None
    height = _number(tags.get("height")) or _number(tags.get("building:height"))
    if height is None and floors is not None:
        height = floors * FLOOR_HEIGHT_M
    built = _number((tags.get("start_date") or "")[:4])
    return _Feature(
        _BUILDINGS.get(said), {"floors": floors, "height_m": height, "built": None if built is None else int(built)}
    )


def _ground(tags: Tags) -> _Feature | None:
    kind = _by_table(tags, _GROUND)
    return None if kind is None or "building" in tags else _Feature(kind, {})


def _asset(tags: Tags) -> _Feature | None:
    kind = _by_table(tags, _ASSETS)
    return None if kind is None else _Feature(kind, {})


def _station(tags: Tags) -> _Feature | None:
    kind = _by_table(tags, _STATIONS)
    return None if kind is None else _Feature(kind, {"opens": tags.get("opening_hours")})


def _by_table(tags: Tags, table: tuple[tuple[str, tuple[str, ...], Any], ...]) -> Any | None:
    return next((kind for key, values, kind in table if tags.get(key) in values), None)


_READERS: dict[str, Callable[[Tags], _Feature | None]] = {
    "roads": _road,
    "buildings": _building,
    "ground": _ground,
    "assets": _asset,
    "stations": _station,
}
