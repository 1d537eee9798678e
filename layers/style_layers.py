"""Marks as layers of a MapLibre style; rules that differ in a colour or a symbol only share one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from layers import expressions as ex
from layers.model import (
    Cluster,
    Dot,
    Extrusion,
    Fill,
    Icon,
    Label,
    Layer,
    Line,
    Mark,
    Rule,
    Sector,
    Stack,
    Zooms,
)
from layers.tiling import SHEETS
from layers.tokens import colour
from spatial.text import Language

Properties = dict[str, Any]

# what may differ from feature to feature; the rest must be the same for rules to share a style layer
_VARYING = frozenset(
    {
        "fill-color",
        "fill-opacity",
        "fill-pattern",
        "line-color",
        "line-opacity",
        "icon-image",
        "circle-color",
        "circle-stroke-color",
        "text-color",
    }
)

# where words may stand around their point, as the side that faces it and the distance in ems; the first that is free,
# and none so far that the words would stand in a neighbour's area
_PLACES = [
    *("center", [0, 0], "top", [0, 0.1], "bottom", [0, -0.1]),
    *("top", [0, 1.1], "bottom", [0, -1.1], "left", [1.1, 0], "right", [-1.1, 0]),
    *("top-left", [0.8, 0.8], "bottom-right", [-0.8, -0.8]),
]
_PLACES_FAR = [
    *_PLACES,
    *("top-right", [-0.8, 0.8], "bottom-left", [0.8, -0.8], "top", [0, 2.2], "bottom", [0, -2.2]),
    *("left", [2.2, 0], "right", [-2.2, 0]),
]
# from this zoom on there is room for a name beside a station
_ROOM_FROM = 13.5


@dataclass(slots=True)
class Draft:
    """A style layer before it has its name and place: `order` sorts drafts bottom to top."""

    layer: Layer
    slot: str
    order: tuple[float, float]
    kind: str
    source_layer: str
    common: list[ex.Expression]
    own: list[ex.Expression]
    zooms: Zooms
    layout: Properties
    paint: Properties
    solid: bool = False

    def mergeable_with(self, other: "Draft") -> bool:
        """Return whether one style layer can draw both."""
        return (
            self.slot == other.slot
            and self.order == other.order
            and self.kind == other.kind
            and self.source_layer == other.source_layer
            and self.common == other.common
            and self.zooms == other.zooms
            and bool(self.own)
            and bool(other.own)
            and _alike(self.layout, other.layout)
            and _alike(self.paint, other.paint)
        )


def _alike(one: Properties, other: Properties) -> bool:
    if one.keys() != other.keys():
        return False
    return all(
        one[key] == other[key]
        or (key in _VARYING and not isinstance(one[key], list) and not isinstance(other[key], list))
        for key in one
    )


def merged(drafts: Sequence[Draft]) -> Draft:
    """Return one draft for several that are mergeable; the first rule that holds decides, as in the legend."""
    first = drafts[0]
    if len(drafts) == 1:
        return first
    conditions = [ex.every(draft.own) for draft in drafts]
    layout = {key: _cases(conditions, [draft.layout[key] for draft in drafts]) for key in first.layout}
    paint = {key: _cases(conditions, [draft.paint[key] for draft in drafts]) for key in first.paint}
    return Draft(
        first.layer,
        first.slot,
        first.order,
        first.kind,
        first.source_layer,
        first.common,
        [["any", *conditions]],
        first.zooms,
        layout,
        paint,
        first.solid,
    )


def _cases(conditions: Sequence[ex.Expression], values: Sequence[Any]) -> Any:
    if all(value == values[0] for value in values):
        return values[0]
    pairs = [part for pair in zip(conditions[:-1], values[:-1], strict=True) for part in pair]
    return ["case", *pairs, values[-1]]


class Draughtsman:
    """Turns the marks of layers into drafts for one theme and language."""

    def __init__(self, theme: str, language: Language) -> None:
        self._theme = theme
        self._language = language

    def drafts(self, layer: Layer) -> list[Draft]:
        """Return the style layers that draw a layer, rule by rule."""
        return [
            draft
            for rule in layer.rules
            for position, mark in enumerate(rule.marks)
            for draft in self._drafts(layer, rule, f"{type(mark).__name__}-{position}", mark)
        ]

    def _ink(self, token: str) -> str:
        return colour(self._theme, token)

    def _draft(
        self,
        layer: Layer,
        rule: Rule,
        slot: str,
        mark: Mark,
        kind: str,
        layout: Properties,
        paint: Properties,
        *more: ex.Expression,
        source_layer: str | None = None,
        nudge: float = 0.0,
    ) -> Draft:
        rank = mark.rank if isinstance(mark, Label) else 0
        common = ex.all_of(layer.where) + list(more)
        own = ex.all_of(rule.where)
        target = source_layer or _source_layer(layer, mark)
        if target == "area_lines":
            # a line bounds areas of more than one kind: only its level is known
            common, own = [], []
        if target in ("area_lines", "area_labels") and layer.level is not None:
            common = [["==", ["get", "level"], layer.level.value], *common]
        # tiles say by themselves where points are gathered
        zooms = layer.zooms if isinstance(mark, Cluster) else _overlap(mark.zooms, layer.zooms)
        return Draft(layer, slot, (mark.stack + nudge, -rank), kind, target, common, own, zooms, layout, paint)

    def _drafts(self, layer: Layer, rule: Rule, slot: str, mark: Mark) -> list[Draft]:
        match mark:
            case Fill():
                paint: Properties = {"fill-opacity": ex.scale(mark.opacity)}
                if mark.hatch is None:
                    paint["fill-color"] = self._ink(mark.colour)
                else:
                    paint["fill-pattern"] = mark.hatch
                return [self._draft(layer, rule, slot, mark, "fill", {}, paint)]
            case Line():
                return [self._line(layer, rule, slot, mark)]
            case Dot():
                paint = {
                    "circle-color": self._ink(mark.colour),
                    "circle-radius": ex.scale(mark.radius),
                    "circle-opacity": ex.scale(mark.opacity),
                    "circle-pitch-alignment": "map",
                }
                if mark.outline is not None:
                    paint["circle-stroke-color"] = self._ink(mark.outline)
                    paint["circle-stroke-width"] = mark.outline_width
                return [self._draft(layer, rule, slot, mark, "circle", {}, paint, *_single(layer))]
            case Icon():
                return [self._icon(layer, rule, slot, mark)]
            case Label():
                return [self._label(layer, rule, slot, mark)]
            case Extrusion():
                return self._extrusion(layer, rule, slot, mark)
            case Sector():
                return self._sector(layer, rule, slot, mark)
            case Cluster():
                return self._cluster(layer, rule, slot, mark)

    def _line(self, layer: Layer, rule: Rule, slot: str, mark: Line) -> Draft:
        ends = "round" if mark.round and not mark.dash else "butt"
        layout: Properties = {"line-join": "round", "line-cap": ends}
        paint: Properties = {
            "line-color": self._ink(mark.colour),
            "line-opacity": ex.scale(mark.opacity),
            "line-width": ex.width_in_metres(mark.width, mark.metres, 2 * mark.case)
            if mark.metres
            else ex.scale(mark.width, 2 * mark.case),
        }
        if mark.dash:
            # MapLibre counts dashes in widths of the line
            full = mark.width[-1][1] if isinstance(mark.width, tuple) else mark.width
            paint["line-dasharray"] = [round(part / full, 2) for part in mark.dash]
        return self._draft(layer, rule, slot, mark, "line", layout, paint)

    def _icon(self, layer: Layer, rule: Rule, slot: str, mark: Icon) -> Draft:
        layout: Properties = {
            "icon-image": mark.symbol,
            "icon-size": ex.scale(mark.size),
            "icon-allow-overlap": mark.always,
            "icon-padding": 1,
            "icon-ignore-placement": _gives_way(mark),
        }
        if mark.turned_by is not None:
            layout["icon-rotate"] = ["coalesce", ["get", mark.turned_by], 0]
            layout["icon-rotation-alignment"] = "map"
        if mark.lifted:
            layout["icon-offset"] = [0, -mark.lifted]
        if "priority" in layer.columns:
            # the most urgent is drawn last
            layout["symbol-sort-key"] = ["-", 9, ["coalesce", ["get", "priority"], 9]]
            layout["symbol-z-order"] = "source"
        paint = {"icon-opacity": ex.scale(mark.opacity)}
        return self._draft(layer, rule, slot, mark, "symbol", layout, paint, *_single(layer))

    def _label(self, layer: Layer, rule: Rule, slot: str, mark: Label) -> Draft:
        chinese = self._language is Language.ZH
        layout: Properties = {
            "text-field": ex.words(mark.words, self._language),
            "text-font": ex.font(mark.weight),
            "text-size": ex.scale(mark.size),
            # letters are tracked less than characters
            "text-letter-spacing": mark.spacing if chinese else round(mark.spacing / 3, 3),
            "text-max-width": 9,
            "text-line-height": 1.25,
            "text-padding": 4,
        }
        if mark.along:
            layout |= {
                "symbol-placement": "line",
                "symbol-spacing": 320,
                "text-max-angle": 30,
                "text-pitch-alignment": "viewport",
            }
        elif mark.anchored:
            # where a marker stands on the label's place, the label moves before it goes
            layout |= {
                "text-variable-anchor-offset": _PLACES if mark.kept is None else _PLACES_FAR,
                "text-justify": "auto",
            }
            if mark.kept is not None:
                # cooperative labels still keep clear of all words that are not kept
                layout["text-overlap"] = (
                    ["step", ["zoom"], "never", mark.kept, "cooperative"] if mark.kept else "cooperative"
                )
        if mark.below:
            layout |= {"text-anchor": "top", "text-offset": [0, mark.below], "text-padding": 2}
        paint = {
            "text-color": self._ink(mark.colour),
            # words along a line interrupt what runs along it
            "text-halo-color": _faded(self._ink(mark.halo), 0.97 if mark.along else 0.85),
            "text-halo-width": mark.halo_width,
            "text-opacity": ex.scale(mark.opacity),
        }
        more = [] if mark.anchored else _single(layer)
        return self._draft(layer, rule, slot, mark, "symbol", layout, paint, *more)

    def _extrusion(self, layer: Layer, rule: Rule, slot: str, mark: Extrusion) -> list[Draft]:
        height = ["coalesce", ["get", mark.height], 3]
        walls: Properties = {
            "fill-extrusion-color": self._ink(mark.facade),
            "fill-extrusion-height": height,
            "fill-extrusion-base": 0,
            "fill-extrusion-opacity": mark.opacity,
            "fill-extrusion-vertical-gradient": True,
        }
        roof: Properties = {
            **walls,
            "fill-extrusion-color": self._ink(mark.roof),
            "fill-extrusion-height": ["+", height, 0.4],
            "fill-extrusion-base": height,
        }
        found = [
            self._draft(layer, rule, f"{slot}-{name}", mark, "fill-extrusion", {}, paint, nudge=nudge)
            for name, paint, nudge in (("walls", walls, 0.0), ("roof", roof, 0.1))
        ]
        for draft in found:
            draft.solid = True
        return found

    def _sector(self, layer: Layer, rule: Rule, slot: str, mark: Sector) -> list[Draft]:
        fill: Properties = {"fill-color": self._ink(mark.colour), "fill-opacity": mark.opacity}
        line: Properties = {
            "line-color": self._ink(mark.colour),
            "line-width": 1.1,
            "line-opacity": 0.85,
        }
        if mark.dash:
            line["line-dasharray"] = list(mark.dash)
        layout = {"line-join": "round"}
        outline = self._draft(layer, rule, f"{slot}-line", mark, "line", layout, line, nudge=0.1)
        if not mark.opacity:
            return [outline]
        return [self._draft(layer, rule, f"{slot}-fill", mark, "fill", {}, fill), outline]

    def _cluster(self, layer: Layer, rule: Rule, slot: str, mark: Cluster) -> list[Draft]:
        count = ["get", "count"]
        gathered: list[ex.Expression] = [["has", "count"]] if mark.alone else [["has", "count"], [">", count, 1]]
        circle: Properties = {
            "circle-color": self._ink("map-halo"),
            "circle-opacity": 0.9,
            "circle-radius": [
                "interpolate",
                ["linear"],
                ["log10", ["max", count, 1]],
                *(0, 4, 0.301, 9, 1, 11, 2, 14, 3, 17, 4, 21),
            ],
            "circle-stroke-color": self._ink(mark.colour),
            "circle-stroke-width": 2.2,
        }
        text: Properties = {
            "text-field": ["number-format", count, {}],
            "text-font": ex.font(600),
            "text-size": 11,
            "text-allow-overlap": True,
            # other words keep off the whole disc
            "text-padding": 8,
        }
        paint = {"text-color": self._ink(mark.ink)}
        return [
            self._draft(layer, rule, f"{slot}-disc", mark, "circle", {}, circle, *gathered),
            self._draft(
                layer, rule, f"{slot}-count", mark, "symbol", text, paint, *gathered, [">", count, 1], nudge=0.1
            ),
        ]


def _gives_way(mark: Icon) -> bool | ex.Expression:
    """Return whether words may lie beneath a symbol: a street full of lamps, a whole town of stations keep names."""
    if mark.stack in (Stack.INCIDENT, Stack.LABEL):
        return False
    if mark.stack is not Stack.STATION:
        return True
    # stations that are seen from afar are few
    return mark.zooms[0] >= 12 and ["step", ["zoom"], True, _ROOM_FROM, False]


def _overlap(one: Zooms, other: Zooms) -> Zooms:
    return max(one[0], other[0]), min(one[1], other[1])


def _single(layer: Layer) -> list[ex.Expression]:
    """Return the condition that a point stands for itself alone, where the layer's tiles gather points at all."""
    if not any(sheet.gathered_by is not None for sheet in SHEETS[layer.collection]):
        return []
    return [["any", ["!", ["has", "count"]], ["==", ["get", "count"], 1]]]


def _source_layer(layer: Layer, mark: Mark) -> str:
    anchored = isinstance(mark, Label | Icon) and mark.anchored
    if layer.collection == "areas" and layer.level is not None:
        if isinstance(mark, Line) and mark.shared:
            return "area_lines"
        return "area_labels" if anchored else layer.level.value
    if isinstance(mark, Sector):
        return "camera_sectors"
    if isinstance(mark, Fill | Line) and mark.united:
        return f"{layer.collection}_united"
    return f"{layer.collection}_labels" if anchored else layer.collection


def _faded(colour_value: str, opacity: float) -> str:
    """Return a colour of six hexadecimal digits with an opacity."""
    return f"{colour_value}{round(opacity * 255):02X}"
