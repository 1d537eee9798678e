"""Places: the levels in one ink, told apart by weight and dash, compounds by kind and communities by type."""

from layers.declared.words import kinds
from layers.model import (
    Fill,
    Icon,
    Is,
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
from spatial.vocabulary import CommunityType, CompoundKind, Element, LevelSlug, word


def _level(
    level: LevelSlug,
    width: Scale,
    dash: tuple[float, ...],
    labels: tuple[Label, ...],
    zooms: Zooms,
    opacity: Scale,
    columns: tuple[str, ...] = (),
) -> Layer:
    marks: list[Mark] = [
        Line(Stack.LEVEL, "bound", width, dash=dash, opacity=opacity, round=not dash, shared=True),
        *labels,
    ]
    if level is not LevelSlug.GRID:
        marks.insert(0, Line(Stack.LEVEL_HALO, "map-land", 5, opacity=0.7, shared=True))
    title = word(level)
    return Layer(
        level.value,
        Element.PLACES,
        Text(f"{title.zh}界", f"{title.en} lines"),
        "areas",
        Shape.POLYGON,
        (Rule(level.value, tuple(marks), title=title),),
        level=level,
        zooms=zooms,
        visible=True,
        columns=columns,
    )


def _name(words: Words, size: Scale, spacing: float, rank: int, zooms: Zooms, kept: float | None = None) -> Label:
    return Label(
        Stack.LABEL,
        words,
        "map-label-1",
        size,
        600,
        spacing=spacing,
        rank=rank,
        anchored=True,
        kept=kept,
        halo_width=2.2,
        zooms=zooms,
    )


LEVELS = (
    _level(
        LevelSlug.GRID,
        ((12, 0.7), (15, 1.25)),
        (7, 4),
        (Label(Stack.LABEL, Words.CODE_TAIL, "map-label-2", 11, rank=35, anchored=True, zooms=(14, 24)),),
        (12, 24),
        ((12, 0.4), (14, 0.65)),
        ("households", "elderly_alone"),
    ),
    _level(
        LevelSlug.COMMUNITY,
        ((9, 0.6), (12, 1.2), (15, 2)),
        (),
        (
            _name(Words.NAME, ((12, 11), (14, 13)), 0.12, 30, (12, 14.5)),
            _name(Words.NAME_AND_CODE, 14, 0.12, 30, (14.5, 17.5), kept=14.5),
        ),
        (9, 24),
        ((9, 0.5), (13, 0.85)),
        ("kind", "model", "households"),
    ),
    _level(
        LevelSlug.STREET,
        ((7, 0.8), (11, 1.8), (14, 2.5)),
        (14, 4, 3, 4),
        (_name(Words.NAME, ((10, 12), (12, 16), (14, 22)), 0.16, 20, (10, 14.5), kept=10),),
        (7, 24),
        1.0,
    ),
    _level(
        LevelSlug.DISTRICT,
        ((4, 1), (9, 2), (13, 3.5)),
        (),
        (_name(Words.NAME, ((3, 12), (8, 15), (11, 20)), 0.1, 10, (0, 11.5), kept=0),),
        (0, 24),
        1.0,
    ),
)

_TYPES = (
    (CommunityType.OPEN_STREET_BLOCK, "type-open"),
    (CommunityType.OLD_NEW_VILLAGE, "type-old"),
    (CommunityType.COMMERCIAL_HOUSING, "type-commodity"),
    (CommunityType.RESETTLEMENT, "type-resettle"),
    (CommunityType.BUSINESS_DISTRICT, "type-business"),
    (CommunityType.MIXED, "type-mixed"),
)

COMMUNITY_TYPES = Layer(
    "community_types",
    Element.PLACES,
    Text("社区六型", "Community types"),
    "areas",
    Shape.POLYGON,
    tuple(
        Rule(
            kind.value,
            (
                Fill(Stack.TINT, token, opacity=((13, 0.42), (16, 0.3))),
                Fill(Stack.HATCH, token, hatch=f"hatch-{token}", opacity=((11, 0.5), (13, 0.7))),
                # far out only those that there is room for
                Icon(Stack.LABEL, disc, size, always=False, lifted=20, anchored=True, zooms=(10, 13)),
                Icon(Stack.LABEL, disc, size, lifted=20, anchored=True, zooms=(13, 24)),
            ),
            where=kinds(kind),
            title=word(kind),
        )
        for kind, token in _TYPES
        for disc, size in ((f"disc-{token}", ((10, 0.7), (14, 1))),)
    ),
    level=LevelSlug.COMMUNITY,
    where=kinds(*CommunityType),
    zooms=(9, 24),
    columns=("kind", "model", "households"),
)

_COMPOUND_LABEL = Label(
    Stack.LABEL, Words.NAME, "map-label-2", ((14, 10.5), (16, 12)), rank=50, anchored=True, zooms=(14.5, 24)
)

COMPOUNDS = Layer(
    "compounds",
    Element.PLACES,
    Text("小区", "Compounds"),
    "areas",
    Shape.POLYGON,
    (
        *(
            Rule(
                kind.value,
                (
                    Fill(Stack.TINT, "map-label-1", opacity=tone),
                    Line(Stack.COMPOUND, "wall", ((13, 0.6), (15, 1)), dash=(1.5, 3), zooms=(13, 24)),
                    _COMPOUND_LABEL,
                ),
                where=kinds(kind),
                title=word(kind),
            )
            for kind, tone in (
                (CompoundKind.COMMERCIAL, 0.012),
                (CompoundKind.OLD, 0.03),
                (CompoundKind.RESETTLEMENT, 0.02),
                (CompoundKind.WORK_UNIT, 0.04),
                (CompoundKind.SELF_BUILT, 0.05),
            )
        ),
        Rule(
            CompoundKind.THREE_NO.value,
            (
                Fill(Stack.HATCH, "three-no", hatch="hatch-three-no", opacity=((12, 0.8), (15, 1))),
                Line(Stack.COMPOUND, "three-no", ((12, 0.8), (15, 1.4)), dash=(4, 2.5), round=False),
                _COMPOUND_LABEL,
            ),
            where=kinds(CompoundKind.THREE_NO),
            title=word(CompoundKind.THREE_NO),
        ),
        Rule("other", (Line(Stack.COMPOUND, "wall", 1, dash=(1.5, 3)), _COMPOUND_LABEL), where=(Is("kind", (None,)),)),
    ),
    level=LevelSlug.COMPOUND,
    zooms=(12, 24),
    visible=True,
    columns=("kind", "management", "households", "elderly_alone", "built"),
)


PLACES = (COMMUNITY_TYPES, COMPOUNDS, *LEVELS)
