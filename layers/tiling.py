"""What the tiles hold: for every collection its sheets, bottom to top."""

from collections.abc import Mapping
from types import MappingProxyType

from layers.circles import circles, united_circles
from layers.making import FILLED, NAMES, labels, lines, named, nameless_trees, with_sectors
from layers.sheets import Sheet, Simplify, Whole
from spatial.errors import NotFound
from spatial.schema import COLLECTIONS
from spatial.text import Text
from spatial.vocabulary import AssetKind, Audience, GroundKind, IncidentState, LevelSlug, RoadClass, StationTier

_AREA = (*NAMES, "level", "kind", "parent")
_LABELLED_FROM: dict[LevelSlug, int] = {
    LevelSlug.DISTRICT: 0,
    LevelSlug.STREET: 8,
    LevelSlug.COMMUNITY: 10,
    LevelSlug.GRID: 13,
    LevelSlug.COMPOUND: 13,
    LevelSlug.BUILDING: 16,
}


def _levels(*slugs: LevelSlug) -> Mapping[str, object]:
    return MappingProxyType({"level": tuple(slug.value for slug in slugs)})


def _area(
    level: LevelSlug,
    name: str,
    first: int,
    *more: str,
    lean: tuple[str, ...] = ("code", "kind"),
    rich_from: int = 0,
) -> Sheet:
    building = level is LevelSlug.BUILDING
    return Sheet(
        name,
        "areas",
        first,
        (*_AREA, *more),
        lean,
        rich_from=rich_from,
        equal=_levels(level),
        simplify=Simplify.NEVER if building else Simplify.TOGETHER,
        # neighbours are simplified together: part of a coverage is not enough
        whole=Whole.NEVER if building else Whole.SIMPLIFIED,
    )


def _compounds(name: str) -> Sheet:
    return _area(LevelSlug.COMPOUND, name, 12, "management", "households", "elderly_alone", "built", rich_from=13)


def _buildings(name: str) -> Sheet:
    return _area(
        LevelSlug.BUILDING,
        name,
        14,
        *("floors", "height_m", "staircases", "households", "elderly_alone", "built", "management"),
        lean=("code", "kind", "floors", "height_m", "households"),
        rich_from=15,
    )


_LABEL_COLUMNS = (*NAMES, "level", "rank", "kind", "number", "elderly_alone")

AREAS = (
    _area(LevelSlug.DISTRICT, "district", 0, "households"),
    _area(LevelSlug.STREET, "street", 7, "households"),
    _area(LevelSlug.COMMUNITY, "community", 9, "model", "households", "elderly_alone"),
    _area(LevelSlug.GRID, "grid", 11, "households", "elderly_alone"),
    _compounds("compound"),
    _buildings("building"),
    Sheet(
        "area_lines",
        "areas",
        0,
        ("level",),
        ("level",),
        equal=_levels(*FILLED),
        simplify=Simplify.EACH,
        made=lines,
        needs=("level",),
        whole=Whole.ALWAYS,
    ),
    Sheet(
        "area_labels",
        "areas",
        0,
        _LABEL_COLUMNS,
        ("code", "name", "name_en", "level", "kind", "rank"),
        last=15,
        equal=_levels(*FILLED, LevelSlug.COMPOUND),
        kinds=MappingProxyType({level.value: zoom for level, zoom in _LABELLED_FROM.items()}),
        made=labels,
        needs=("code", "level"),
    ),
    Sheet(
        "area_labels",
        "areas",
        16,
        _LABEL_COLUMNS,
        ("code", "name", "name_en", "level", "kind", "rank", "number"),
        equal=_levels(*FILLED, LevelSlug.COMPOUND, LevelSlug.BUILDING),
        made=labels,
        needs=("code", "level"),
    ),
)

_GROUND_FIRST: dict[GroundKind, int] = {
    GroundKind.WATER: 7,
    GroundKind.GREEN: 9,
    GroundKind.FARMLAND: 9,
    GroundKind.RAILWAY: 9,
    GroundKind.BLOCK: 10,
    GroundKind.PLAZA: 13,
    GroundKind.SPORTS: 13,
    GroundKind.STRUCTURE: 14,
    GroundKind.WALL: 15,
    GroundKind.TREE: 15,
}


def _ground(first: int, last: int, *kinds: GroundKind) -> Sheet:
    return Sheet(
        "ground",
        "ground",
        first,
        (*NAMES, "kind", "height_m"),
        ("kind", "height_m"),
        last=last,
        equal=MappingProxyType({"kind": tuple(kind.value for kind in kinds)}),
        kinds=MappingProxyType({kind.value: _GROUND_FIRST[kind] for kind in kinds}),
        simplify=Simplify.EACH,
        spared=(GroundKind.TREE.value, GroundKind.WALL.value),
        made=nameless_trees,
        needs=("kind",),
    )


_BEFORE_DETAIL = tuple(kind for kind, first in _GROUND_FIRST.items() if first < 14)

_NAMED = (GroundKind.WATER, GroundKind.GREEN, GroundKind.PLAZA, GroundKind.SPORTS, GroundKind.STRUCTURE)


GROUND = (
    _ground(0, 13, *_BEFORE_DETAIL),
    _ground(14, 24, *GroundKind),
    Sheet(
        "ground_labels",
        "ground",
        12,
        (*NAMES, "kind"),
        ("name", "name_en", "kind"),
        equal=MappingProxyType({"kind": tuple(kind.value for kind in _NAMED)}),
        kinds=MappingProxyType({kind.value: 12 if kind is GroundKind.WATER else 14 for kind in _NAMED}),
        made=named,
        needs=("name",),
    ),
)

_THROUGH_ROADS = (RoadClass.ARTERIAL, RoadClass.COLLECTOR, RoadClass.LANE)


def _roads(first: int, last: int, *classes: RoadClass) -> Sheet:
    return Sheet(
        "roads",
        "roads",
        first,
        (*NAMES, "kind", "width_m", "walkable", "drivable"),
        ("kind", "name", "name_en", "width_m"),
        rich_from=15,
        last=last,
        equal=MappingProxyType({"kind": tuple(one.value for one in classes)}),
        kinds=MappingProxyType(
            {
                RoadClass.COLLECTOR.value: 10,
                RoadClass.LANE.value: 12,
                RoadClass.DRIVE.value: 14,
                RoadClass.FOOTPATH.value: 15,
            }
        ),
        simplify=Simplify.EACH,
        spared=(RoadClass.FOOTPATH.value,),
    )


ROADS = (_roads(8, 13, *_THROUGH_ROADS), _roads(14, 24, *RoadClass))

_STATION_FIRST: dict[StationTier, int] = {
    StationTier.DISTRICT_CENTRE: 8,
    StationTier.STREET_CENTRE: 10,
    StationTier.COMMUNITY_STATION: 12,
    StationTier.GOVERNANCE: 12,
}

STATIONS = (
    Sheet(
        "stations",
        "stations",
        8,
        (*NAMES, "kind", "functions", "opens", "responsible"),
        ("code", "kind", "name", "name_en"),
        rich_from=13,
        kinds=MappingProxyType(
            {tier.value: 9 if tier is StationTier.MICRO else _STATION_FIRST.get(tier, 13) for tier in StationTier}
        ),
        gathered_by=("kind",),
        gathered_kinds=(StationTier.MICRO.value,),
    ),
)

CIRCLES = (
    Sheet(
        "circles",
        "stations",
        10,
        (*NAMES, "kind", "station", "minutes", "radius_m"),
        ("minutes", "kind"),
        kinds=MappingProxyType(
            {
                StationTier.COMMUNITY_STATION.value: 12,
                StationTier.GOVERNANCE.value: 12,
                StationTier.PARTY_SERVICE.value: 13,
                StationTier.DOORSTEP.value: 13,
                StationTier.REGISTRATION.value: 13,
                StationTier.CIVIC_PRACTICE.value: 13,
                StationTier.SHARED_SPACE.value: 13,
                StationTier.MICRO.value: 15,
            }
        ),
        made=circles,
        needs=(*NAMES, "kind"),
        reach_m=1000,
        round=True,
    ),
    Sheet(
        "circles_united",
        "stations",
        10,
        ("district", "minutes", "radius_m"),
        ("minutes",),
        made=united_circles,
        needs=(*NAMES, "kind"),
        whole=Whole.ALWAYS,
        reach_m=1000,
    ),
)

INCIDENTS = (
    Sheet(
        "incidents",
        "incidents",
        0,
        (
            *NAMES,
            "kind",
            "category",
            "state",
            "priority",
            "dispute",
            "department",
            "reported_at",
            "due_at",
            "closed_at",
        ),
        ("code", "state", "priority"),
        rich_from=13,
        gathered_by=("closed",),
        made=lambda rows: rows.with_columns(closed=[state == IncidentState.CLOSED.value for state in rows["state"]]),
        needs=("state",),
    ),
)

CAMERAS = (
    Sheet(
        "cameras",
        "cameras",
        0,
        (*NAMES, "kind", "state", "place", "height_m", "bearing", "field_of_view", "range_m", "compound"),
        ("state",),
        rich_from=15,
        gathered_by=(),
    ),
    Sheet(
        "camera_sectors",
        "cameras",
        16,
        ("code", "state"),
        ("state",),
        made=with_sectors,
        needs=("bearing", "field_of_view", "range_m"),
        reach_m=300,
    ),
)

ASSETS = (
    Sheet(
        "assets",
        "assets",
        10,
        (*NAMES, "kind", "compound"),
        ("kind",),
        rich_from=15,
        kinds=MappingProxyType({AssetKind.GATE.value: 15}),
        gathered_by=("kind",),
    ),
)

SHEETS: dict[str, tuple[Sheet, ...]] = {
    "areas": AREAS,
    "compounds": (_compounds("compounds"),),
    "buildings": (_buildings("buildings"),),
    "ground": GROUND,
    "roads": ROADS,
    "stations": STATIONS,
    "circles": CIRCLES,
    "incidents": INCIDENTS,
    "cameras": CAMERAS,
    "assets": ASSETS,
}
"""The layers of the tiles of every collection, bottom to top."""


def sheets_of(collection: str, audience: Audience) -> tuple[Sheet, ...]:
    """Return the layers of a collection's tiles; raises NotFound where there are none for that audience."""
    found = SHEETS.get(collection)
    hidden = (
        audience is Audience.PUBLIC and found is not None and COLLECTIONS[found[0].reads].audience is Audience.STAFF
    )
    if found is None or hidden:
        known = ", ".join(
            name
            for name, sheets in SHEETS.items()
            if audience is Audience.STAFF or COLLECTIONS[sheets[0].reads].audience is Audience.PUBLIC
        )
        raise NotFound(
            Text(f"没有 {collection} 的瓦片", f"There are no tiles of {collection}"),
            Text(f"可用：{known}", f"There are tiles of: {known}"),
        )
    return found


def _shown_to(audience: Audience, sheets: tuple[Sheet, ...]) -> bool:
    return audience is Audience.STAFF or COLLECTIONS[sheets[0].reads].audience is Audience.PUBLIC
