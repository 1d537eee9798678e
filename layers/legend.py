"""The legend: for every layer its switch, its lines and its counts, with colours as names of tokens."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from layers.catalog import layers_for
from layers.model import Cluster, Dot, Extrusion, Fill, Icon, Label, Layer, Line, Mark, Rule, Sector, at_zoom, matches
from spatial.levels import MAIN_TREE
from spatial.schema import COLLECTIONS
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

_TYPICAL_ZOOM = 16.0
_DRAWN_BY_STATIONS = "stations"


class Tallies(Protocol):
    """What counts need of a store."""

    def tally(self, collection: str, by: Any, query: Query = Query()) -> dict[tuple[Any, ...], int]:
        """Return how many rows there are for each combination of values of some columns."""


@dataclass(frozen=True, slots=True)
class LegendLine:
    """One line of a legend: colours are tokens such as `--type-open`, symbols and hatches names of layers.symbols."""

    rule: str
    label: Text
    symbol: str | None = None
    fill: str | None = None
    fill_opacity: float | None = None
    line: str | None = None
    line_width: float | None = None
    dash: tuple[float, ...] | None = None
    hatch: str | None = None
    dot: bool = False
    count: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the line as the API says it."""
        return {
            "label": {"zh": self.label.zh, "en": self.label.en},
            "symbol": self.symbol,
            "fill": self.fill,
            "fill_opacity": self.fill_opacity,
            "line": self.line,
            "line_width": self.line_width,
            "dash": list(self.dash) if self.dash else None,
            "hatch": self.hatch,
            "dot": self.dot,
            "count": self.count,
        }


def legend(layer: Layer, counts: Mapping[str, int] | None = None) -> list[LegendLine]:
    """Return the lines of a layer's legend, most urgent or highest first; `counts` are by the id of the rule."""
    lines = [_line(rule, rule.title, (counts or {}).get(rule.id)) for rule in layer.rules if rule.title is not None]
    # what is drawn last lies on top and comes first in the list
    return lines[::-1] if any(isinstance(mark, Icon) for rule in layer.rules for mark in rule.marks) else lines


def _line(rule: Rule, title: Text, count: int | None) -> LegendLine:
    said: dict[str, Any] = {}
    for mark in rule.marks:
        for key, value in _said(mark).items():
            said.setdefault(key, value)
    return LegendLine(rule.id, title, count=count, **said)


def _said(mark: Mark) -> dict[str, Any]:
    match mark:
        case Fill(hatch=None):
            return {"fill": f"--{mark.colour}", "fill_opacity": at_zoom(mark.opacity, _TYPICAL_ZOOM)}
        case Fill():
            return {"hatch": mark.hatch}
        case Line(case=case) if case > 0 or mark.colour == "map-land":
            # casings and halos are not what a line means
            return {}
        case Line():
            width = at_zoom(mark.width, _TYPICAL_ZOOM)
            return {"line": f"--{mark.colour}", "line_width": width, "dash": mark.dash or None}
        case Icon():
            return {"symbol": mark.symbol}
        case Dot():
            return {"dot": True, "fill": f"--{mark.colour}", "fill_opacity": at_zoom(mark.opacity, _TYPICAL_ZOOM)}
        case Sector() | Extrusion() | Label() | Cluster():
            return {}


def count(
    store: Tallies, layer: Layer, district: str | None = None, scope: tuple[str, ...] = ()
) -> tuple[int, dict[str, int]]:
    """Return how many rows a layer has in a district (in all where None is given), and how many each rule draws.

    `scope`: paths of which, for a layer that is for staff, only rows at or below count; none for all.
    """
    reads = _DRAWN_BY_STATIONS if layer.collection == "circles" else layer.collection
    conditions = [*layer.where, *(condition for rule in layer.rules if rule.title for condition in rule.where)]
    known = COLLECTIONS[reads]
    columns = [name for name in dict.fromkeys(one.column for one in conditions) if known.column(name) is not None]
    equal = {"level": layer.level.value} if layer.level is not None else {}
    tree = MAIN_TREE if reads == "areas" else None
    paths = scope if layer.audience is Audience.STAFF else ()
    tallied = store.tally(reads, columns, Query(district=district, tree=tree, equal=equal, paths=paths))
    keys = list(tallied)
    numbers = np.array(list(tallied.values()), dtype=np.int64)
    combinations = Table(
        np.full(len(keys), None, dtype=object),
        {name: [key[position] for key in keys] for position, name in enumerate(columns)},
    )
    mine = matches(combinations, layer.where)
    total = int(numbers[mine].sum())
    if layer.collection == "circles":
        # each station has one circle of each size
        return total, {rule.id: total for rule in layer.rules}
    return total, {
        rule.id: int(numbers[mine & matches(combinations, rule.where)].sum()) for rule in layer.rules if rule.title
    }


def layer_list(
    audience: Audience,
    style_layers: Mapping[str, list[str]],
    store: Tallies | None = None,
    district: str | None = None,
    scope: tuple[str, ...] = (),
) -> list[dict[str, Any]]:
    """Return the layers that an audience may switch, as the API says them.

    `style_layers`: layer → ids of style layers, the `gridscape:layers` of a style's metadata. Counts are left out
    where no store is given. Layers without a single row in the district are listed too: their count is 0.
    """
    found = []
    for layer in layers_for(audience):
        total, by_rule = (None, None) if store is None else count(store, layer, district, scope)
        found.append(
            {
                "id": layer.id,
                "element": layer.element.value,
                "title": {"zh": layer.title.zh, "en": layer.title.en},
                "note": None if layer.note is None else {"zh": layer.note.zh, "en": layer.note.en},
                "audience": layer.audience.value,
                "visible": layer.visible,
                "base": layer.base,
                "zooms": list(layer.zooms),
                "count": total,
                "legend": [line.as_json() for line in legend(layer, by_rule)],
                "style_layers": list(style_layers.get(layer.id, ())),
            }
        )
    return found
