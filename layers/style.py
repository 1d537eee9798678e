"""The MapLibre style of the map: every layer of the catalogue, for one theme, language and audience."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from layers import expressions as ex
from layers.catalog import layers_for
from layers.sheets import LAST_ZOOM
from layers.style_layers import Draft, Draughtsman, merged
from layers.tiling import SHEETS
from layers.tokens import colour
from spatial.text import Language
from spatial.vocabulary import Audience

Style = dict[str, Any]


def style(
    theme: str,
    language: Language | str = Language.ZH,
    audience: Audience = Audience.PUBLIC,
    base_url: str = "",
    revisions: Mapping[str, int | str] | None = None,
) -> Style:
    """Return a style (MapLibre style specification, version 8) over the tiles of this server.

    `base_url`: what comes before `/collections/…`; `revisions`: collection → revision, put into the addresses of
    tiles so that these can be kept for ever. Raises NotFound for a theme that there is not. Text is drawn from the
    fonts `Noto Sans SC` and `Noto Sans SC SemiBold`, whose files the page brings as `font-faces`; there are no
    `glyphs` and no sprite: images are the symbols of layers.symbols, by name.
    """
    language = Language(language)
    draughtsman = Draughtsman(theme, language)
    drafts = [draft for layer in layers_for(audience) for draft in draughtsman.drafts(layer)]
    drafts.sort(key=lambda draft: draft.order)
    style_layers: list[dict[str, Any]] = [
        {"id": "background", "type": "background", "paint": {"background-color": colour(theme, "map-land")}}
    ]
    names: defaultdict[str, list[str]] = defaultdict(list)
    for draft in _united(drafts):
        name = _name(draft, names[draft.layer.id])
        names[draft.layer.id].append(name)
        style_layers.append(_style_layer(name, draft))
    used = {draft.layer.collection for draft in drafts}
    return {
        "version": 8,
        "name": f"Gridscape {theme}",
        "metadata": {
            "gridscape:theme": theme,
            "gridscape:language": language.value,
            "gridscape:layers": dict(names),
        },
        "sources": {
            collection: _source(collection, base_url, (revisions or {}).get(collection))
            for collection in SHEETS
            if collection in used
        },
        "light": {"anchor": "map", "position": [1.4, 205, 42], "intensity": 0.32},
        "sky": {
            "sky-color": colour(theme, "scene-sky"),
            "horizon-color": colour(theme, "scene-haze"),
            "fog-color": colour(theme, "scene-haze"),
            "sky-horizon-blend": 0.7,
            "horizon-fog-blend": 0.6,
            "fog-ground-blend": 0.75,
        },
        "transition": {"duration": 120, "delay": 0},
        "layers": style_layers,
    }


def _source(collection: str, base_url: str, revision: int | str | None) -> dict[str, Any]:
    version = "" if revision is None else f"?v={revision}"
    return {
        "type": "vector",
        "tiles": [f"{base_url}/collections/{collection}/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}{version}"],
        "minzoom": min(sheet.first for sheet in SHEETS[collection]),
        "maxzoom": LAST_ZOOM,
        "promoteId": "code",
    }


def _united(drafts: list[Draft]) -> list[Draft]:
    """Return drafts in their order, those that one style layer can draw united."""
    found: list[Draft] = []
    for _, same_place in groupby(drafts, key=lambda draft: (draft.order, draft.layer.id)):
        waiting = list(same_place)
        while waiting:
            first = waiting.pop(0)
            alike = [first, *(draft for draft in waiting if first.mergeable_with(draft))]
            waiting = [draft for draft in waiting if not any(draft is one for one in alike)]
            found.append(merged(alike))
    return found


def _name(draft: Draft, taken: list[str]) -> str:
    """Return a name: the layer's, what is drawn, and a number where there are several; raised ones end in -3d."""
    if draft.solid:
        suffix = "-roof-3d" if draft.slot.endswith("roof") else "-3d"
        return f"{draft.layer.id}{suffix}"
    noun = {"symbol": "label" if "text-field" in draft.layout else "symbol", "circle": "dot"}.get(
        draft.kind, draft.kind
    )
    name = f"{draft.layer.id}-{noun}"
    number = 2
    while name in taken:
        name = f"{draft.layer.id}-{noun}-{number}"
        number += 1
    return name


def _style_layer(name: str, draft: Draft) -> dict[str, Any]:
    visible = draft.layer.visible and not draft.solid
    made: dict[str, Any] = {
        "id": name,
        "type": draft.kind,
        "source": draft.layer.collection,
        "source-layer": draft.source_layer,
        "metadata": {"gridscape:layer": draft.layer.id},
        "layout": {**draft.layout, "visibility": "visible" if visible else "none"},
        "paint": draft.paint,
    }
    if draft.zooms[0] > 0:
        made["minzoom"] = draft.zooms[0]
    if draft.zooms[1] < 24:
        made["maxzoom"] = draft.zooms[1]
    conditions = ex.every([*draft.common, *draft.own])
    if conditions is not None:
        made["filter"] = conditions
    return made
