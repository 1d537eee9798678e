"""The declared layers as one HTML file with a scene in 3D: pydeck's page and bundle, and no request at all."""

import math
from collections.abc import Sequence
from datetime import datetime

import orjson

from layers.folium_map import extent, token_styles
from layers.gathered import Gathered
from layers.page_content import page_content
from layers.pydeck_layers import raised_layers
from layers.scene_layer import Raised
from layers.single_file import script_safe, single_file
from layers.tokens import colour, red_green_blue
from spatial.text import Language

PITCH, BEARING = 55.0, -18.0

UNUSED = frozenset(
    {
        # pydeck links to a base map's scripts and to icons of its own widgets, none of which a scene has
        "https://api.tiles.mapbox.com/mapbox-gl-js/v1.13.0/mapbox-gl.js",
        "https://maxcdn.bootstrapcdn.com/bootstrap/3.2.0/css/bootstrap-theme.min.css",
        "https://maxcdn.bootstrapcdn.com/font-awesome/4.6.3/css/font-awesome.min.css",
        "https://unpkg.com/maplibre-gl@5.14.0/dist/maplibre-gl.css",
        "https://cdn.jsdelivr.net/npm/@deck.gl/widgets@~9.3.*/dist/stylesheet.css",
    }
)
"""What pydeck 0.9.3 links to and a scene does without."""


def pydeck_scene(gathered: Gathered, theme: str, language: Language, at: datetime) -> str:
    """Return a whole HTML page with the layers of one district in 3D, buildings raised to their heights."""
    from pydeck.io.html import deck_to_html

    drawn = raised_layers(gathered, theme, language)
    # pydeck puts its JSON into a script as it is: a name must not end that script
    deck = script_safe(deck_json(gathered, theme, drawn))
    page: str = deck_to_html(deck, offline=True, as_string=True, tooltip=False, notebook_display=False)
    content = page_content(gathered, theme, language, at, with_shapes=False)
    heading = f"Gridscape · {gathered.district.name.in_language(language)}"
    page = page.replace("<html>", f'<html lang="{"zh-CN" if language is Language.ZH else "en"}">', 1)
    page = page.replace("<title>pydeck</title>", f"<title>{html_text(heading)}</title>", 1)
    links = "".join(f'<link rel="stylesheet" href="{name}">' for name in ("gridscape:tokens.css", "gridscape:page.css"))
    scripts = "".join(f'<script src="gridscape:{name}"></script>' for name in ("content.js", "legend.js", "scene.js"))
    page = page.replace("</head>", f"{links}</head>", 1)
    end = page.rindex("</html>")
    return single_file(
        page[:end] + scripts + page[end:],
        written={
            "gridscape:tokens.css": token_styles(theme),
            "gridscape:content.js": f"const gridscapeContent = {script_safe(orjson.dumps(content).decode())};",
        },
        unused=UNUSED,
    )


def deck_json(gathered: Gathered, theme: str, layers: Sequence[Raised]) -> str:
    """Return the scene as the JSON that pydeck hands to deck.gl: land, layers, light and camera."""
    import pydeck

    west, south, east, north = extent(gathered)
    lon, lat = (west + east) / 2, (south + north) / 2
    land = pydeck.Layer(
        "SolidPolygonLayer",
        [{"g": [[lon - 1, lat - 1], [lon + 1, lat - 1], [lon + 1, lat + 1], [lon - 1, lat + 1]]}],
        id="land",
        get_polygon="g",
        get_fill_color=list(red_green_blue(theme, "map-land")),
    )
    view = pydeck.ViewState(
        longitude=lon,
        latitude=lat,
        zoom=close_zoom(west, south, east, north),
        pitch=PITCH,
        bearing=BEARING,
        min_zoom=9,
        max_zoom=20,
        max_pitch=80,
    )
    scene = pydeck.Deck(
        layers=[land, *(one.drawn for one in layers)],
        initial_view_state=view,
        views=[pydeck.View(type="MapView", controller={"inertia": 200}, far_z_multiplier=1.6)],
        map_provider=None,
        map_style=None,
        parameters={"clearColor": [channel / 255 for channel in red_green_blue(theme, "map-land")] + [1]},
        effects=[
            {
                "@@type": "LightingEffect",
                "ambient": {"@@type": "AmbientLight", "color": [255, 255, 255], "intensity": 1.15},
                "sun": {
                    "@@type": "DirectionalLight",
                    "color": [255, 236, 210],
                    "intensity": 1.5,
                    # from the south-west, in the afternoon
                    "direction": [2.2, 2.8, -3.2],
                },
                "sky": {
                    "@@type": "DirectionalLight",
                    "color": [190, 210, 255],
                    "intensity": 0.45,
                    "direction": [-2, -1, -2],
                },
            }
        ],
    )
    described = orjson.loads(scene.to_json())
    for layer, one in zip(described["layers"][1:], layers, strict=True):
        layer["data"] = one.rows
    return orjson.dumps(described).decode()


def close_zoom(west: float, south: float, east: float, north: float) -> float:
    """Return the zoom at which a box fills most of a tilted view of 1,200 by 800 pixels; not closer than 17.

    A large district is not shown whole: from farther than zoom 14.6 its buildings would be a grey carpet.
    """
    span = max((east - west) / 1200, (north - south) / math.cos(math.radians((south + north) / 2)) / 1000)
    fitting = math.log2(360 / 512 / span) if span > 0 else 17.0
    return round(min(max(fitting + 0.35, 14.6), 17.0), 2)


def html_text(text: str) -> str:
    """Return text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def sky(theme: str) -> tuple[str, str]:
    """Return the colours of the sky overhead and at the horizon."""
    return colour(theme, "scene-sky"), colour(theme, "scene-horizon")
