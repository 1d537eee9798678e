"""The declared layers as one HTML file with a flat map: folium's frame, our own marks on it, no request at all.

folium makes the page and the Leaflet map; `DeclaredLayers` is a plugin of the usual kind, whose scripts lie in
`layers/browser` and draw what `layers.page_content` says. Nothing of a feature becomes HTML or a template.
"""

import html
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import orjson

from layers.gathered import Gathered
from layers.page_content import page_content
from layers.single_file import script_safe, single_file
from layers.tokens import tokens
from spatial.text import Language

if TYPE_CHECKING:
    import folium

_LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist"
_CONTENT = "gridscape:content.js"
_TOKENS = "gridscape:tokens.css"


def folium_map(gathered: Gathered, theme: str, language: Language, at: datetime) -> str:
    """Return a whole HTML page with the layers of one district on a flat map."""
    west, south, east, north = extent(gathered)
    content = {**page_content(gathered, theme, language, at), "bounds": [[south, west], [north, east]]}
    page: str = framed(gathered, language).get_root().render()
    return single_file(
        page.replace("<html>", f'<html lang="{"zh-CN" if language is Language.ZH else "en"}" data-theme="{theme}">', 1),
        written={
            _CONTENT: f"const gridscapeContent = {script_safe(orjson.dumps(content).decode())};",
            _TOKENS: token_styles(theme),
        },
    )


def framed(gathered: Gathered, language: Language) -> "folium.Map":
    """Return the folium map of a district with the declared layers on it; its page still needs its assets."""
    import folium
    from branca.element import Figure
    from folium.elements import JSCSSMixin
    from folium.template import Template

    class DeclaredLayers(JSCSSMixin):
        """All layers of the catalogue, drawn by our own scripts."""

        _template = Template(
            "{% macro script(this, kwargs) %}gridscapeFlatMap({{ this._parent.get_name() }}, gridscapeContent);"
            "{% endmacro %}"
        )

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call]
            self.default_js = [
                ("gridscape_content", _CONTENT),
                ("gridscape_legend", "gridscape:legend.js"),
                ("gridscape_labels", "gridscape:labels.js"),
                ("gridscape_flat_map", "gridscape:flat_map.js"),
            ]
            self.default_css = [("gridscape_tokens", _TOKENS), ("gridscape_page", "gridscape:page.css")]

    west, south, east, north = extent(gathered)
    made = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        tiles=None,
        zoom_control="bottomleft",
        prefer_canvas=True,
        min_zoom=8,
        max_zoom=21,
        attributionControl=False,
    )
    # only Leaflet itself: folium's other defaults serve markers and popups that are not used
    made.default_js = [("leaflet", f"{_LEAFLET}/leaflet.js")]
    made.default_css = [("leaflet_css", f"{_LEAFLET}/leaflet.css")]
    made.add_child(DeclaredLayers())
    figure = made.get_root()
    if isinstance(figure, Figure):
        figure.title = html.escape(f"Gridscape · {gathered.district.name.in_language(language)}")
    return made


def extent(gathered: Gathered) -> tuple[float, float, float, float]:
    """Return west, south, east, north of what a page should show first: the built-up part of the district."""
    for name in ("areas.building", "areas.compound", "areas.community", "areas.street", "areas.district"):
        table = gathered.sources.get(name)
        if table is not None and len(table):
            centres = np.array([shape.bounds for shape in table.geometry])
            west, south = np.quantile(centres[:, :2], 0.02, axis=0)
            east, north = np.quantile(centres[:, 2:], 0.98, axis=0)
            return float(west), float(south), float(east), float(north)
    lon, lat = gathered.district.centre
    return lon - 0.02, lat - 0.02, lon + 0.02, lat + 0.02


def token_styles(theme: str) -> str:
    """Return a style sheet that holds the tokens of a theme, and colours Leaflet's own parts by them."""
    declared = ";".join(f"--{name}:{value}" for name, value in tokens(theme).items())
    return f":root{{color-scheme:{theme};{declared}}}"
