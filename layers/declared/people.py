"""People: counts per building, never a person. What is public is rounded to 5."""

from layers.model import Between, Fill, Label, Layer, Rule, Shape, Stack, Words
from spatial.text import Text
from spatial.vocabulary import Audience, Element, LevelSlug

_ROUNDED = Text("公开页取整到 5", "Public figures are rounded to 5")

HOUSEHOLDS = Layer(
    "households",
    Element.PEOPLE,
    Text("每栋户数", "Households per building"),
    "areas",
    Shape.POLYGON,
    tuple(
        Rule(
            identifier,
            (Fill(Stack.SOLID, "bound", opacity=tone),),
            where=(Between("households", low, high),),
            title=title,
        )
        for identifier, low, high, tone, title in (
            ("few", 1, 24, 0.18, Text("少于 24 户", "Fewer than 24")),
            ("some", 24, 48, 0.4, Text("24–47 户", "24 to 47")),
            ("many", 48, float("inf"), 0.7, Text("48 户及以上", "48 and more")),
        )
    ),
    level=LevelSlug.BUILDING,
    zooms=(14, 24),
    note=_ROUNDED,
    columns=("households", "floors", "staircases"),
)

ELDERLY_ALONE = Layer(
    "elderly_alone",
    Element.PEOPLE,
    Text("独居老人（每栋人数）", "Elderly living alone, per building"),
    "areas",
    Shape.POLYGON,
    (
        Rule(
            "some",
            (
                Fill(Stack.SOLID, "warn", opacity=0.35),
                Label(
                    Stack.LABEL,
                    Words.ELDERLY_ALONE,
                    "map-label-1",
                    11,
                    600,
                    rank=45,
                    anchored=True,
                    zooms=(16, 24),
                ),
            ),
            where=(Between("elderly_alone", 1),),
            title=Text("有独居老人的楼栋", "Buildings with elderly people living alone"),
        ),
    ),
    level=LevelSlug.BUILDING,
    zooms=(14, 24),
    audience=Audience.STAFF,
    columns=("elderly_alone", "households"),
)

PEOPLE = (HOUSEHOLDS, ELDERLY_ALONE)
