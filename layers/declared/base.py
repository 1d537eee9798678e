"""The base of the map: ground, roads and buildings, within a narrow band of lightness, water and green a mere hint."""

from layers.declared.words import kinds
from layers.model import (
    ALL_ZOOMS,
    Dot,
    Extrusion,
    Fill,
    Label,
    Layer,
    Line,
    Mark,
    Rule,
    Scale,
    Shape,
    Stack,
    Words,
    Zooms,
)
from spatial.text import Text
from spatial.vocabulary import Element, GroundKind, LevelSlug, RoadClass, word


def _base(
    identifier: str,
    title: Text,
    kind: GroundKind,
    shape: Shape,
    *marks: Mark,
    zooms: Zooms = ALL_ZOOMS,
    swatch: bool = True,
) -> Layer:
    rule = Rule(kind.value, marks, title=word(kind) if swatch else None)
    return Layer(
        identifier,
        Element.PLACES,
        title,
        "ground",
        shape,
        (rule,),
        where=kinds(kind),
        zooms=zooms,
        visible=True,
        base=True,
    )


GROUND = (
    _base(
        "farmland",
        Text("农田", "Farmland"),
        GroundKind.FARMLAND,
        Shape.POLYGON,
        Fill(Stack.GROUND, "map-green", opacity=0.55),
        zooms=(9, 24),
    ),
    _base(
        "blocks",
        Text("街坊", "Blocks"),
        GroundKind.BLOCK,
        Shape.POLYGON,
        Fill(Stack.BLOCK, "map-block", opacity=((10, 0.6), (13, 1))),
        zooms=(10, 24),
    ),
    _base(
        "plazas",
        Text("广场", "Plazas"),
        GroundKind.PLAZA,
        Shape.POLYGON,
        Fill(Stack.BLOCK, "map-plaza"),
        zooms=(13, 24),
    ),
    _base(
        "green",
        Text("绿地", "Green"),
        GroundKind.GREEN,
        Shape.POLYGON,
        Fill(Stack.BLOCK, "map-green"),
        Label(Stack.LABEL_GROUND, Words.NAME, "map-label-3", 11, rank=80, anchored=True, zooms=(14.5, 24)),
        zooms=(9, 24),
    ),
    _base(
        "water",
        Text("水面", "Water"),
        GroundKind.WATER,
        Shape.POLYGON,
        Fill(Stack.BLOCK, "map-water"),
        Line(Stack.BLOCK, "map-water-line", ((11, 0.4), (15, 1))),
        Label(
            Stack.LABEL_GROUND,
            Words.NAME,
            "map-water-label",
            ((12, 12), (16, 14)),
            spacing=0.5,
            rank=85,
            anchored=True,
            zooms=(12, 24),
        ),
        zooms=(7, 24),
    ),
    _base(
        "sports",
        Text("运动场", "Sports fields"),
        GroundKind.SPORTS,
        Shape.POLYGON,
        Fill(Stack.BLOCK, "map-green"),
        Line(Stack.BLOCK, "map-track", ((14, 1.5), (16, 4), (18, 12))),
        zooms=(13, 24),
    ),
    _base(
        "walls",
        Text("围墙", "Walls"),
        GroundKind.WALL,
        Shape.LINE,
        Line(Stack.WALL, "wall", 0.8, opacity=0.55),
        zooms=(16, 24),
    ),
    _base(
        "railway",
        Text("铁路", "Railway"),
        GroundKind.RAILWAY,
        Shape.LINE,
        Line(Stack.RAIL, "map-rail", ((10, 1), (14, 2.2), (17, 5))),
        Line(Stack.RAIL, "map-land", ((13, 0.8), (17, 3)), dash=(9, 9), round=False, zooms=(13, 24)),
        zooms=(9, 24),
    ),
    _base(
        "trees",
        Text("树木", "Trees"),
        GroundKind.TREE,
        Shape.POINT,
        Dot(Stack.TREE, "map-tree", ((15, 1.3), (16, 2.2), (17, 3.8), (18, 7), (20, 22))),
        zooms=(15, 24),
    ),
)


def _road(*classes: RoadClass, width: Scale, fill: str, case: float, zooms: Zooms, fade: Scale = 1.0) -> Rule:
    return Rule(
        classes[0].value,
        (
            Line(Stack.ROAD_CASE, "map-road-case", width, metres="width_m", case=case, opacity=fade, zooms=zooms),
            Line(Stack.ROAD, fill, width, metres="width_m", opacity=fade, zooms=zooms),
        ),
        where=kinds(*classes),
        title=word(classes[0]),
    )


def _names(identifier: str, first: float, *classes: RoadClass) -> Rule:
    label = Label(
        Stack.LABEL_GROUND,
        Words.NAME,
        "map-label-3",
        ((15, 10.5), (18, 13)),
        spacing=0.1,
        rank=90,
        along=True,
        halo_width=2.4,
        zooms=(first, 24),
    )
    return Rule(identifier, (label,), where=kinds(*classes))


ROADS = (
    Layer(
        "roads",
        Element.PLACES,
        Text("道路", "Roads"),
        "roads",
        Shape.LINE,
        (
            _road(RoadClass.LANE, width=((12, 0.5), (15, 2)), fill="map-road", case=0.7, zooms=(12, 24)),
            _road(RoadClass.COLLECTOR, width=((10, 0.5), (15, 4)), fill="map-road", case=0.8, zooms=(10, 24)),
            _road(
                RoadClass.ARTERIAL, width=((8, 0.5), (12, 1.6), (15, 6)), fill="map-road-major", case=0.8, zooms=(8, 24)
            ),
            _names("names", 15, RoadClass.ARTERIAL, RoadClass.COLLECTOR),
            _names("lane-names", 16, RoadClass.LANE),
        ),
        visible=True,
        base=True,
        columns=("kind", "width_m"),
    ),
    Layer(
        "paths",
        Element.PLACES,
        Text("小区道路与步道", "Drives and footpaths"),
        "roads",
        Shape.LINE,
        (
            Rule(
                "drive",
                (Line(Stack.ROAD_CASE, "map-road", ((14, 0.6), (16, 2)), metres="width_m", zooms=(14, 24)),),
                where=kinds(RoadClass.DRIVE),
                title=word(RoadClass.DRIVE),
            ),
            Rule(
                "footpath",
                (Line(Stack.ROAD_CASE, "map-path", ((15, 0.7), (17, 1.5), (19, 4)), zooms=(15, 24)),),
                where=kinds(RoadClass.FOOTPATH),
                title=word(RoadClass.FOOTPATH),
            ),
        ),
        zooms=(14, 24),
        visible=True,
        base=True,
        columns=("kind", "width_m"),
    ),
)

BUILDINGS = (
    Layer(
        "structures",
        Element.PLACES,
        Text("学校、商场、厂房等", "Schools, malls, works"),
        "ground",
        Shape.POLYGON,
        (
            Rule(
                "structure",
                (
                    Fill(Stack.BUILDING, "map-building", opacity=((13.5, 0), (14.5, 1)), zooms=(13.5, 24)),
                    Line(Stack.BUILDING, "map-building-line", 0.6, zooms=(15, 24)),
                    Extrusion(Stack.SOLID, "scene-structure", "scene-roof"),
                    Label(Stack.LABEL, Words.NAME, "map-label-3", 10.5, rank=70, anchored=True, zooms=(16, 24)),
                ),
                title=word(GroundKind.STRUCTURE),
            ),
        ),
        where=kinds(GroundKind.STRUCTURE),
        zooms=(13, 24),
        visible=True,
        base=True,
        columns=("height_m",),
    ),
    Layer(
        "buildings",
        Element.PLACES,
        Text("楼栋", "Buildings"),
        "areas",
        Shape.POLYGON,
        (
            Rule(
                "building",
                (
                    Fill(Stack.BUILDING, "map-building", opacity=((13.5, 0), (14.5, 1)), zooms=(13.5, 24)),
                    Line(Stack.BUILDING, "map-building-line", 0.6, zooms=(15, 24)),
                    Extrusion(Stack.SOLID, "scene-facade", "scene-roof"),
                    Label(Stack.LABEL, Words.NUMBER, "map-label-3", 10.5, rank=60, anchored=True, zooms=(17, 24)),
                ),
                title=word(LevelSlug.BUILDING),
            ),
        ),
        level=LevelSlug.BUILDING,
        zooms=(13, 24),
        visible=True,
        base=True,
        columns=("kind", "floors", "height_m", "staircases", "households", "elderly_alone", "built"),
    ),
)


BASE = (*GROUND, *ROADS, *BUILDINGS)
