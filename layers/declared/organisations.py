"""Organisations: stations as houses, size and bars telling the tier, and what lies around them as the crow flies."""

from layers.declared.words import kinds
from layers.model import Cluster, Dot, Fill, Icon, Is, Label, Layer, Line, Mark, Rule, Scale, Shape, Stack, Words
from spatial.text import Text
from spatial.vocabulary import Element, StationTier, word

TIER_TOKENS: dict[StationTier, str] = {
    StationTier.DISTRICT_CENTRE: "tier-district",
    StationTier.STREET_CENTRE: "tier-street",
    StationTier.COMMUNITY_STATION: "tier-community",
    StationTier.GOVERNANCE: "tier-community",
    StationTier.PARTY_SERVICE: "tier-compound",
    StationTier.DOORSTEP: "tier-compound",
    StationTier.REGISTRATION: "tier-compound",
    StationTier.CIVIC_PRACTICE: "tier-compound",
    StationTier.SHARED_SPACE: "tier-compound",
    StationTier.MICRO: "tier-micro",
}
"""One hue: the tier that each kind of station stands on."""

_FROM: dict[StationTier, float] = {
    StationTier.DISTRICT_CENTRE: 8,
    StationTier.STREET_CENTRE: 10,
    StationTier.COMMUNITY_STATION: 12,
    StationTier.GOVERNANCE: 12,
}

_BELOW: dict[StationTier, float] = {
    StationTier.DISTRICT_CENTRE: 1.95,
    StationTier.STREET_CENTRE: 1.75,
    StationTier.COMMUNITY_STATION: 1.55,
    StationTier.GOVERNANCE: 1.55,
}
"""How far below its point the name of a station begins, clear of its house."""


def _station(tier: StationTier) -> Rule:
    token = TIER_TOKENS[tier]
    if tier is StationTier.MICRO:
        marks: tuple[Mark, ...] = (
            Dot(Stack.STATION, token, ((13, 1.8), (15, 3), (17, 4)), "map-halo", 0.8, zooms=(13, 24)),
            Label(Stack.LABEL, Words.NAME, "map-label-3", 10.5, rank=75, below=0.8, zooms=(17, 24)),
        )
    else:
        first, below = _FROM.get(tier, 13), _BELOW.get(tier, 1.4)
        size: Scale = ((first, 0.5 if first >= 12 else 0.7), (first + 3, 1.0))
        marks = (
            Icon(Stack.STATION, f"station-{tier.value}", size=size, zooms=(first, 24)),
            Label(Stack.LABEL, Words.NAME, "map-label-2", 10.5, rank=55, below=below, zooms=(max(15.5, first + 2), 24)),
        )
    return Rule(tier.value, marks, where=kinds(tier), title=word(tier))


STATIONS = Layer(
    "stations",
    Element.ORGANISATIONS,
    Text("服务站点", "Service stations"),
    "stations",
    Shape.POINT,
    (
        Rule(
            "cluster",
            (Cluster(Stack.STATION, "tier-micro", "map-label-1"),),
            where=kinds(StationTier.MICRO),
        ),
        *(_station(tier) for tier in reversed(StationTier)),
    ),
    zooms=(8, 24),
    columns=("kind", "functions", "opens"),
)

CIRCLES = Layer(
    "circles",
    Element.ORGANISATIONS,
    Text("服务圈 5/10/15 分钟（直线距离）", "5/10/15-minute circles (as the crow flies)"),
    "circles",
    Shape.POLYGON,
    tuple(
        Rule(
            f"minutes-{minutes}",
            (
                Fill(Stack.REACH, "reach-circle", opacity=veil, united=True),
                Line(Stack.REACH, "reach-circle", width, dash=(6, 5), opacity=tone, round=False, united=True),
            ),
            where=(Is("minutes", (minutes,)),),
            title=title,
        )
        for minutes, width, tone, veil, title in (
            (5, 1.4, 0.8, 0.012, Text("5 分钟 · 300 m", "5 min · 300 m")),
            (10, 1.2, 0.6, 0.012, Text("10 分钟 · 500 m", "10 min · 500 m")),
            (15, 1.0, 0.45, 0.012, Text("15 分钟 · 1,000 m", "15 min · 1,000 m")),
        )
    ),
    zooms=(11, 24),
    note=Text(
        "直线距离：不考虑道路、围墙与河流", "As the crow flies: streets, walls and rivers are not taken into account"
    ),
    columns=("minutes", "radius_m"),
)

ORGANISATIONS = (CIRCLES, STATIONS)
