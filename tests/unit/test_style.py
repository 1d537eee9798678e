"""The MapLibre style: whole, in order, in the tokens' colours, and without cameras for the public."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest

from layers.catalog import BY_ID, layers_for
from layers.style import style
from layers.symbols import symbols
from layers.tiling import SHEETS
from layers.tokens import Theme, tokens
from spatial.errors import NotFound
from spatial.text import Language
from spatial.vocabulary import Audience

VARIANTS = [(theme, language, audience) for theme in Theme for language in Language for audience in Audience]
HEXADECIMAL = re.compile(r'"(#[0-9A-Fa-f]{3,8})"')


def positions(made: dict[str, Any], *owners: str, kind: str | None = None) -> list[int]:
    """Return where in the drawing order the style layers of some layers stand."""
    return [
        index
        for index, one in enumerate(made["layers"])
        if one.get("metadata", {}).get("gridscape:layer") in owners and kind in (None, one["type"])
    ]


@pytest.mark.parametrize(("theme", "language", "audience"), VARIANTS)
def test_ids_are_unique_and_sources_and_their_layers_exist(
    theme: Theme, language: Language, audience: Audience
) -> None:
    made = style(theme, language, audience)
    ids = [one["id"] for one in made["layers"]]
    assert len(set(ids)) == len(ids)
    for one in made["layers"][1:]:
        assert one["source"] in made["sources"]
        held = {sheet.name for sheet in SHEETS[one["source"]]}
        assert one["source-layer"] in held, one["id"]


@pytest.mark.parametrize("theme", list(Theme))
def test_every_colour_comes_from_the_tokens(theme: Theme) -> None:
    known = {value.upper() for value in tokens(theme).values() if value.startswith("#")}
    used = {found.upper() for found in HEXADECIMAL.findall(json.dumps(style(theme, "zh", Audience.STAFF)))}
    # halos are a token's colour with an opacity behind it
    assert {colour[:7] for colour in used} <= known
    assert used


def test_every_image_is_a_symbol() -> None:
    named = set(re.findall(r'"((?:hatch|disc|incident|station|camera|asset)-[\w.-]+)"', json.dumps(images())))
    assert named
    assert named <= symbols("dark").keys()


def images() -> list[Any]:
    """Return what a style says of images."""
    return [
        one["layout"].get("icon-image") or one["paint"].get("fill-pattern")
        for one in style("dark", "zh", Audience.STAFF)["layers"][1:]
    ]


def test_metadata_names_the_style_layers_of_every_layer() -> None:
    made = style("dark", "zh", Audience.STAFF)
    named = made["metadata"]["gridscape:layers"]
    assert named.keys() == BY_ID.keys()
    listed = [name for names in named.values() for name in names]
    assert sorted(listed) == sorted(one["id"] for one in made["layers"][1:])


def test_only_default_layers_show_and_raised_ones_never_by_themselves() -> None:
    for one in style("dark", "zh", Audience.STAFF)["layers"][1:]:
        owner = BY_ID[one["metadata"]["gridscape:layer"]]
        raised = one["type"] == "fill-extrusion"
        assert one["layout"]["visibility"] == ("visible" if owner.visible and not raised else "none")
        assert raised == one["id"].endswith("-3d")


def test_the_order_is_the_guides_order() -> None:
    made = style("dark", "zh", Audience.STAFF)
    ascending = [
        positions(made, "farmland", "water", "green", kind="fill"),
        positions(made, "roads", kind="line"),
        positions(made, "buildings", kind="fill"),
        positions(made, "community_types", kind="fill"),
        positions(made, "circles"),
        positions(made, "grid", "community", "street", "district", kind="line"),
        positions(made, "grid", "community", "street", "district", kind="symbol"),
        positions(made, "cameras", kind="fill"),
        positions(made, "stations", kind="circle"),
        positions(made, "incidents"),
    ]
    for below, above in pairwise(ascending):
        assert below
        assert max(below) < min(above)
    labels = [
        min(positions(made, name, kind="symbol")) for name in ("compounds", "grid", "community", "street", "district")
    ]
    assert labels == sorted(labels)  # the later one is placed first and stays


def test_the_public_style_does_not_speak_of_cameras() -> None:
    for theme in Theme:
        public = style(theme, "en", Audience.PUBLIC)
        assert "camera" not in json.dumps(public).lower()
        assert "cameras" in style(theme, "en", Audience.STAFF)["sources"]
        assert set(public["metadata"]["gridscape:layers"]) == {one.id for one in layers_for(Audience.PUBLIC)}


def test_chinese_reads_names_and_english_reads_english_names() -> None:
    def field(language: str) -> Any:
        made = style("dark", language)
        return next(one["layout"]["text-field"] for one in made["layers"] if one["id"] == "compounds-label")

    assert field("zh") == ["get", "name"]
    assert field("en") == ["coalesce", ["get", "name_en"], ["get", "name"]]


def test_tile_addresses_carry_base_and_revision_row_before_column() -> None:
    sources = style("dark", "zh", Audience.STAFF, "https://map.example", {"areas": 7})["sources"]
    assert sources["areas"]["tiles"] == ["https://map.example/collections/areas/tiles/WebMercatorQuad/{z}/{y}/{x}?v=7"]
    assert sources["roads"]["tiles"] == ["https://map.example/collections/roads/tiles/WebMercatorQuad/{z}/{y}/{x}"]


def test_the_style_needs_nothing_from_elsewhere() -> None:
    made = style("light", "zh", Audience.STAFF)
    assert "glyphs" not in made
    assert "sprite" not in made
    assert "http" not in json.dumps(made)


def test_zoom_stops_ascend_and_zooms_have_a_span() -> None:
    def check(value: Any) -> None:
        if isinstance(value, list):
            if value and value[0] == "interpolate" and value[2] == ["zoom"]:
                stops = value[3::2]
                assert stops == sorted(set(stops))
            for part in value:
                check(part)

    for one in style("dark", "zh", Audience.STAFF)["layers"][1:]:
        assert one.get("minzoom", 0) < one.get("maxzoom", 24), one["id"]
        for group in ("layout", "paint"):
            for value in one[group].values():
                check(value)


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(NotFound):
        style("sepia")
