"""What an exported page shows, as plain data: rows in words of one language, marks in colours of one theme."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
import orjson
import shapely

from layers.boundaries import label_points, shared_lines
from layers.gathered import Gathered, GatheredLayer, collection_of
from layers.model import Cluster, Dot, Extrusion, Fill, Icon, Label, Layer, Line, Mark, Rule, Scale, Sector
from layers.sheets import GATHERED_BELOW
from layers.symbols import symbols
from layers.tokens import colour, tokens
from layers.wording import BEIJING, name_of, said, title_of
from spatial.table import Geometries, Table
from spatial.text import Language, Text
from spatial.vocabulary import Audience, Element, LevelSlug, word

DIGITS = 6
"""Decimals of a degree that a page keeps: a tenth of a metre."""

_BASE = Text("底图", "Base map")
_WORDS = {
    "layers": Text("图层与图例", "Layers and legend"),
    "fold": Text("收起", "Fold"),
    "unfold": Text("展开", "Unfold"),
    "turn": Text(
        "拖动平移 · 按住 Ctrl 或右键拖动旋转倾斜 · 滚轮缩放",
        "Drag to move · Ctrl or right button to turn · wheel to zoom",
    ),
}
_LEVELS = tuple(LevelSlug)
LINED_LEVELS = (LevelSlug.DISTRICT, LevelSlug.STREET, LevelSlug.COMMUNITY, LevelSlug.GRID)
"""The levels whose borders are drawn as shared lines, from the top down."""


def page_content(
    gathered: Gathered,
    theme: str,
    language: Language,
    at: datetime,
    with_shapes: bool = True,
) -> dict[str, Any]:
    """Return the whole content of a page; a person reads it in `language`, the clock is the district's.

    `with_shapes`: geometries come along; a renderer that brings them in its own way needs them not.
    """
    with_rows = [one for one in gathered.layers if len(one.rows) or not one.layer.base]
    sources = {}
    columns: dict[str, tuple[str, ...]] = {}
    for one in with_rows:
        columns[one.source] = tuple(dict.fromkeys((*columns.get(one.source, ()), *one.layer.columns)))
    for one in with_rows:
        if one.source not in sources:
            sources[one.source] = _source(one, gathered.sources[one.source], columns[one.source], language, with_shapes)
    for level, lines in _shared_lines(gathered).items() if with_shapes else ():
        sources[f"lines.{level}"] = {"rows": [["", "", None, shape, [], None, None] for shape in lines], "columns": []}
    used = {
        mark.symbol for one in with_rows for rule in one.layer.rules for mark in rule.marks if isinstance(mark, Icon)
    }
    used |= {
        mark.hatch
        for one in with_rows
        for rule in one.layer.rules
        for mark in rule.marks
        if isinstance(mark, Fill) and mark.hatch
    }
    elements = [*Element]
    groups = [{"id": element.value, "title": word(element).in_language(language)} for element in elements]
    return {
        "about": about(gathered, language, at),
        "words": {name: text.in_language(language) for name, text in _WORDS.items()},
        "groups": [
            *(group for group in groups if any(_group(one.layer) == group["id"] for one in with_rows)),
            {"id": "base", "title": _BASE.in_language(language)},
        ],
        "layers": [layer_content(one, theme, language, columns[one.source]) for one in with_rows],
        "sources": sources,
        "symbols": {
            name: {"svg": one.svg, "width": one.width, "height": one.height}
            for name, one in symbols(theme).items()
            if name in used
        },
        "ink": {"select": colour(theme, "select"), "halo": colour(theme, "map-halo")},
        "fonts": tokens(theme)["font"],
    }


def about(gathered: Gathered, language: Language, at: datetime) -> dict[str, str | None]:
    """Return what the card of a page says: which district, which edition, when exported, and whether it is real."""
    names = gathered.district.name
    other = Language.EN if language is Language.ZH else Language.ZH
    edition = gathered.edition
    if edition is None:
        published = Text("尚无版本", "No edition yet")
    else:
        time = edition.published_at.astimezone(BEIJING)
        published = Text(
            f"第 {edition.number} 版 · {time:%Y-%m-%d %H:%M} 发布",
            f"Edition {edition.number} · published {time:%Y-%m-%d %H:%M}",
        )
    now = at.astimezone(BEIJING)
    scope = (
        Text("公开内容", "public content")
        if gathered.audience is Audience.PUBLIC
        else Text("工作人员内容", "content for staff")
    )
    exported = Text(f"导出于 {now:%Y-%m-%d %H:%M} · {scope.zh}", f"Exported {now:%Y-%m-%d %H:%M} · {scope.en}")
    return {
        "title": names.in_language(language),
        "second": f"{names.in_language(other)} {gathered.district.code}",
        "edition": published.in_language(language),
        "exported": exported.in_language(language),
        "synthetic": Text("合成数据", "Synthetic data").in_language(language) if gathered.district.synthetic else None,
    }


def layer_content(one: GatheredLayer, theme: str, language: Language, columns: Sequence[str]) -> dict[str, Any]:
    """Return one layer: its switch, its legend, and which rows are drawn by which marks."""
    layer = one.layer
    return {
        "id": layer.id,
        "title": layer.title.in_language(language),
        "what": (word(layer.level) if layer.level is not None else layer.title).in_language(language),
        "note": layer.note.in_language(language) if layer.note is not None else None,
        "group": _group(layer),
        "source": one.source,
        "visible": layer.visible,
        "base": layer.base,
        "zooms": layer.zooms,
        "count": len(one.rows),
        "columns": [columns.index(name) for name in layer.columns],
        "areas": layer.collection == "areas",
        "told": bool(layer.columns) or not layer.base,
        "order": _order(layer),
        "rules": [
            {
                "id": rule.id,
                "title": rule.title.in_language(language) if rule.title is not None else None,
                "count": len(rows),
                "rows": rows.tolist(),
                "marks": [
                    _of_layer(mark_content(mark, theme, language), mark, layer) for mark in clickable_marks(layer, rule)
                ],
            }
            for rule, rows in one.rules
        ],
    }


def mark_content(mark: Mark, theme: str, language: Language) -> dict[str, Any]:
    """Return a mark with its colours from the tokens of a theme and every scale as pairs of zoom and number."""
    common: dict[str, Any] = {"stack": int(mark.stack), "zooms": mark.zooms}
    own: dict[str, Any]
    match mark:
        case Fill():
            own = {
                "is": "fill",
                "colour": colour(theme, mark.colour),
                "opacity": _scale(mark.opacity),
                "hatch": mark.hatch,
            }
        case Line():
            own = {
                "is": "line",
                "colour": colour(theme, mark.colour),
                "opacity": _scale(mark.opacity),
                "width": _scale(mark.width),
                "dash": mark.dash,
                "round": mark.round,
                "metres": mark.metres is not None,
                "case": mark.case,
            }
        case Dot():
            own = {
                "is": "dot",
                "colour": colour(theme, mark.colour),
                "opacity": _scale(mark.opacity),
                "radius": _scale(mark.radius),
                "outline": colour(theme, mark.outline) if mark.outline else None,
                "outlineWidth": mark.outline_width,
            }
        case Icon():
            own = {
                "is": "icon",
                "symbol": mark.symbol,
                "size": _scale(mark.size),
                "opacity": _scale(mark.opacity),
                "turnedBy": mark.turned_by,
                "always": mark.always,
                "lifted": mark.lifted,
            }
        case Label():
            own = {
                "is": "label",
                "words": mark.words.value,
                "colour": colour(theme, mark.colour),
                "halo": colour(theme, mark.halo),
                "haloWidth": mark.halo_width,
                "size": _scale(mark.size),
                "weight": mark.weight,
                # letters are tracked less than characters
                "spacing": mark.spacing if language is Language.ZH else round(mark.spacing / 3, 3),
                "rank": mark.rank,
                "along": mark.along,
                "below": mark.below,
                "opacity": _scale(mark.opacity),
            }
        case Extrusion():
            own = {"is": "extrusion", "facade": colour(theme, mark.facade), "roof": colour(theme, mark.roof)}
        case Sector():
            own = {
                "is": "sector",
                "colour": colour(theme, mark.colour),
                "opacity": _scale(mark.opacity),
                "dash": mark.dash,
            }
        case Cluster():
            own = {
                "is": "cluster",
                "colour": colour(theme, mark.colour),
                "ink": colour(theme, mark.ink),
                "alone": mark.alone,
                # a page gathers where the server's tiles do
                "zooms": (mark.zooms[0], min(mark.zooms[1], GATHERED_BELOW)),
            }
    return {**common, **own}


def rounded_shapes(geometry: Geometries) -> Geometries:
    """Return geometries with six decimals, multi-geometries of one part as that part."""
    rounded = shapely.transform(geometry, lambda coordinates: np.round(coordinates, DIGITS))
    single = (shapely.get_type_id(rounded) >= shapely.GeometryType.MULTIPOINT) & (
        shapely.get_num_geometries(rounded) == 1
    )
    if single.any():
        rounded[single] = shapely.get_geometry(rounded[single], 0)
    return np.asarray(rounded, dtype=object)


def _source(
    one: GatheredLayer, table: Table, columns: Sequence[str], language: Language, with_shapes: bool
) -> dict[str, Any]:
    described = collection_of(one.layer)
    level = one.layer.level.value if one.layer.level is not None else None
    nothing: list[Any] = [None] * len(table)
    shapes = shapely.to_geojson(rounded_shapes(table.geometry)) if with_shapes else nothing
    anchors = _anchors(table.geometry) if with_shapes else nothing
    rows = []
    for index, row in enumerate(table.rows()):
        name = name_of(row, language)
        other = name_of(row, Language.EN if language is Language.ZH else Language.ZH)
        rows.append(
            [
                row["code"],
                name,
                other if other != name else None,
                orjson.Fragment(shapes[index]) if shapes[index] is not None else None,
                [said(described, column, row.get(column), language, level) for column in columns],
                anchors[index],
                said(described, "elderly_alone", row.get("elderly_alone"), language),
            ]
        )
    content: dict[str, Any] = {
        "rows": rows,
        "columns": [title_of(described, column, language) for column in columns],
    }
    if "width_m" in table.columns:
        content["metres"] = [value or 0 for value in _numbers(table, "width_m")]
    if {"bearing", "field_of_view", "range_m"} <= set(table.columns):
        content["turns"] = _numbers(table, "bearing")
        content["sectors"] = list(
            zip(*(_numbers(table, name) for name in ("bearing", "field_of_view", "range_m")), strict=True)
        )
    return content


def _shared_lines(gathered: Gathered) -> dict[str, list[orjson.Fragment]]:
    """Return the lines of each level as GeoJSON: an edge that levels share is drawn once, with the highest of them."""
    levels = [
        (level, gathered.sources[f"areas.{level.value}"].geometry)
        for level in LINED_LEVELS
        if f"areas.{level.value}" in gathered.sources
    ]
    lines = shared_lines(levels)
    found: dict[str, list[orjson.Fragment]] = {level.value: [] for level, _ in levels}
    for level, shape in zip(lines["level"], shapely.to_geojson(rounded_shapes(lines.geometry)), strict=True):
        found[level].append(orjson.Fragment(shape))
    return found


def _of_layer(content: dict[str, Any], mark: Mark, layer: Layer) -> dict[str, Any]:
    shared = isinstance(mark, Line) and mark.shared and layer.level is not None
    return {**content, "source": f"lines.{layer.level.value}"} if shared and layer.level else content


def _numbers(table: Table, name: str) -> list[float]:
    return [float(value) if value is not None and value == value else 0.0 for value in table[name]]


def _anchors(geometry: Geometries) -> list[list[float] | None]:
    # where a label or a disc of a polygon stands
    polygons = shapely.get_dimensions(geometry) == 2
    found: list[list[float] | None] = [None] * len(geometry)
    if polygons.any():
        points = shapely.get_coordinates(label_points(geometry[polygons]))
        for index, (lon, lat) in zip(np.flatnonzero(polygons), np.round(points, DIGITS).tolist(), strict=True):
            found[index] = [lon, lat]
    return found


def clickable_marks(layer: Layer, rule: Rule) -> tuple[Mark, ...]:
    """Return the marks of a rule; areas that are drawn as lines alone get an invisible inside, to be clicked."""
    if layer.collection != "areas" or any(isinstance(mark, Fill) and mark.hatch is None for mark in rule.marks):
        return rule.marks
    line = next((mark for mark in rule.marks if isinstance(mark, Line)), None)
    return rule.marks if line is None else (*rule.marks, Fill(line.stack, line.colour, opacity=0.0))


def _group(layer: Layer) -> str:
    return "base" if layer.base else layer.element.value


def _order(layer: Layer) -> float:
    """Return what is told first where several things lie under the pointer: points, buildings, lines, then areas."""
    if layer.collection == "areas" and layer.level is not None:
        return 10.0 * _LEVELS.index(layer.level)
    return {"ground": 48.0, "roads": 45.0, "circles": 1.0}.get(layer.collection, 500.0)


def _scale(scale: Scale) -> list[list[float]]:
    return [[float(stop), float(value)] for stop, value in scale] if isinstance(scale, tuple) else [[0.0, float(scale)]]
