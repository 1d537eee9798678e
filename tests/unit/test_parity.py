"""Every layer by every renderer: the same features and the same colours, whatever draws them."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import mapbox_vector_tile
import numpy as np
import orjson
import pytest
import shapely

from layers import geojson
from layers.catalog import LAYERS, layers_for
from layers.circles import circles
from layers.gathered import Gathered, gather, source_of
from layers.legend import legend
from layers.model import Cluster, Extrusion, Fill, Icon, Label, Layer, Line, Sector, matches
from layers.page_content import page_content
from layers.pydeck_layers import raised_layers
from layers.style import style
from layers.symbols import symbols
from layers.tiles import TileSource
from layers.tokens import colour, red_green_blue, tokens
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.table import Table
from spatial.text import Language
from spatial.vocabulary import Audience
from tests.unit.exported_town import AT, town

ZOOM = 15
IDS = [layer.id for layer in LAYERS]
NAMELESS = ("walls", "trees")
THEMES = ("dark", "light")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town with ground and awkward names, to be read only."""
    opened = town(tmp_path_factory.mktemp("parity") / "town.gpkg")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def gathered(store: Store) -> Gathered:
    return gather(store, "luxian")


@pytest.fixture(scope="module")
def tiles(store: Store) -> Iterator[TileSource]:
    source = TileSource(store)
    yield source
    source.close()


@pytest.fixture(scope="module")
def in_tiles(store: Store, tiles: TileSource) -> "dict[str, dict[str, Table]]":
    """Return the features of all tiles at one zoom, by collection and layer of the tile."""
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    box = store.extent("areas", Query(district="luxian"))
    assert box is not None
    # circles reach a kilometre beyond the areas
    west, north = tile_of(box[0] - 0.012, box[3] + 0.012)
    east, south = tile_of(box[2] + 0.012, box[1] - 0.012)
    for collection in {layer.collection for layer in LAYERS}:
        layers = found.setdefault(collection, {})
        for column in range(west, east + 1):
            for row in range(north, south + 1):
                decoded = mapbox_vector_tile.decode(tiles.tile(collection, ZOOM, column, row, Audience.STAFF))
                for name, content in decoded.items():
                    for feature in content["features"]:
                        properties = feature["properties"]
                        key = str(properties.get("code", properties.get("kind")))
                        layers.setdefault(name, {})[key] = {"code": None, **properties}
    return {
        collection: {name: table_of(list(rows.values())) for name, rows in layers.items()}
        for collection, layers in found.items()
    }


def tile_of(lon: float, lat: float) -> tuple[int, int]:
    side = 1 << ZOOM
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * side), int(y * side)


def table_of(rows: list[dict[str, Any]]) -> Table:
    return Table.from_rows([{**row, "geometry": shapely.Point()} for row in rows])


def codes_of(layer: Layer, table: Table | None) -> list[str]:
    """Return the codes of what the rules of a layer draw of a table of its collection, sorted."""
    if table is None:
        return []
    drawn = layer.selects(table) & np.any([matches(table, rule.where) for rule in layer.rules], axis=0)
    return sorted(str(table["code"][position]) for position in np.flatnonzero(drawn))


def stored(store: Store, layer: Layer) -> list[str]:
    """Return the codes of a layer straight from the store."""
    equal = {"level": layer.level.value} if layer.level is not None else {}
    tree = "main" if layer.collection == "areas" else None
    collection = "stations" if layer.collection == "circles" else layer.collection
    rows = store.read(collection, Query(district="luxian", equal=equal, tree=tree))
    return codes_of(layer, circles(rows) if layer.collection == "circles" else rows)


@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_tiles_hold_the_features_of_the_store(
    store: Store, in_tiles: "dict[str, dict[str, Table]]", layer: Layer
) -> None:
    name = layer.level.value if layer.level is not None else layer.collection
    expected = stored(store, layer)
    if layer.id in NAMELESS:
        # thousands of trees and walls leave their codes out of tiles: there is one of each kind in this town
        ground = in_tiles[layer.collection][name]
        nameless = ground.take([row for row, code in enumerate(ground["code"]) if code is None])
        assert layer.selects(nameless).sum() == len(expected)
        return
    assert codes_of(layer, in_tiles[layer.collection].get(name)) == expected


@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_geojson_holds_the_features_of_the_store(store: Store, gathered: Gathered, layer: Layer) -> None:
    written = [
        orjson.loads(feature)
        for feature in geojson.features(gathered.sources[source_of(layer)], layer.collection, Audience.STAFF)
    ]
    table = table_of([feature["properties"] for feature in written])
    assert codes_of(layer, table if len(table) else None) == stored(store, layer)


@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_flat_map_holds_the_features_of_the_store(store: Store, gathered: Gathered, layer: Layer) -> None:
    content = flat_content(id(gathered), "dark") or remember(gathered, "dark")
    found = next((one for one in content["layers"] if one["id"] == layer.id), None)
    rows = content["sources"][found["source"]]["rows"] if found else []
    marked = {row for rule in (found["rules"] if found else ()) if rule["marks"] for row in rule["rows"]}
    assert sorted(rows[row][0] for row in marked) == stored(store, layer)


@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_scene_holds_the_features_of_the_store(store: Store, gathered: Gathered, layer: Layer) -> None:
    table = gathered.sources[source_of(layer)]
    drawn = {row["i"] for one in scene(id(gathered)) if owner(one) == layer.id for row in one.rows if "i" in row}
    assert sorted(str(table["code"][row]) for row in drawn) == stored(store, layer)


def test_no_name_stands_twice_at_one_place_of_the_scene(gathered: Gathered) -> None:
    texts = [one for one in scene(id(gathered)) if one.drawn.type == "TextLayer"]
    named = [(row["t"], *row["g"][:2]) for one in texts for row in one.rows]
    assert len(named) > 5
    assert len(named) == len(set(named))


# what a renderer needs for each test is made once
_CONTENT: dict[tuple[int, str], dict[str, Any]] = {}
_GATHERED: dict[int, Gathered] = {}


def remember(gathered: Gathered, theme: str) -> dict[str, Any]:
    _CONTENT[id(gathered), theme] = page_content(gathered, theme, Language.ZH, AT)
    return _CONTENT[id(gathered), theme]


def flat_content(key: int, theme: str) -> dict[str, Any] | None:
    return _CONTENT.get((key, theme))


@pytest.fixture(autouse=True)
def _known(gathered: Gathered) -> None:
    _GATHERED[id(gathered)] = gathered


@lru_cache(maxsize=4)
def scene(key: int, theme: str = "dark") -> list[Any]:
    return raised_layers(_GATHERED[key], theme, Language.ZH)


def owner(raised: Any) -> str:
    return str(raised.drawn.id).split("/")[0]


def declared(layer: Layer, theme: str) -> set[str]:
    """Return the colours that the declaration of a layer names, as they stand in the tokens."""
    names: set[str] = set()
    for rule in layer.rules:
        for mark in rule.marks:
            for field in ("colour", "outline", "ink", "facade", "roof", "halo"):
                name = getattr(mark, field, None)
                if name is not None:
                    names.add(name)
    return {colour(theme, name).upper() for name in names}


def hexes(value: Any) -> set[str]:
    """Return every colour written in a piece of JSON."""
    return {found.upper() for found in re.findall(r"#[0-9A-Fa-f]{6}\b", orjson.dumps(value).decode())}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_style_draws_a_layer_in_its_declared_colours(layer: Layer, theme: str) -> None:
    made = style(theme, Language.ZH, Audience.STAFF)
    own = [one for one in made["layers"] if one.get("metadata", {}).get("gridscape:layer") == layer.id]
    assert own
    # gathered points stand on a disc of the halo's colour
    allowed = declared(layer, theme) | {colour(theme, "map-halo").upper()}
    assert hexes([[one["paint"], one["layout"]] for one in own]) <= allowed
    painted = {
        colour(theme, mark.colour).upper()
        for rule in layer.rules
        for mark in rule.marks
        if not isinstance(mark, Icon | Extrusion) and not (isinstance(mark, Fill) and mark.hatch)
    }
    assert painted <= hexes([one["paint"] for one in own])


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_flat_map_draws_a_layer_in_its_declared_colours(gathered: Gathered, layer: Layer, theme: str) -> None:
    content = flat_content(id(gathered), theme) or remember(gathered, theme)
    found = next((one for one in content["layers"] if one["id"] == layer.id), None)
    if found is None:
        # a layer of the base without a single feature is left out of a page
        assert layer.base
        assert not gathered.codes(layer.id)
        return
    assert hexes(found["rules"]) == declared(layer, theme)
    used = {mark["symbol"] for rule in found["rules"] for mark in rule["marks"] if mark["is"] == "icon"}
    assert all(content["symbols"][name]["svg"] == symbols(theme)[name].svg for name in used)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_scene_draws_a_layer_in_its_declared_colours(gathered: Gathered, layer: Layer, theme: str) -> None:
    # light, windows and the crowns of trees are the scene's own, by tokens of their own
    own = {colour(theme, name).upper() for name in tokens(theme) if name.startswith("scene-")}
    own |= {colour(theme, name).upper() for name in ("map-label-2", "accent")}
    own |= (
        {colour(theme, f"priority-{number}").upper() for number in range(1, 5)}
        if layer.collection == "incidents"
        else set()
    )
    crown = red_green_blue(theme, "scene-tree")
    for raised in scene(id(gathered), theme):
        if owner(raised) != layer.id:
            continue
        for name in ("get_fill_color", "get_color", "outline_color"):
            value = getattr(raised.drawn, name, None)
            if value is None:
                continue
            said = "#{:02X}{:02X}{:02X}".format(*value[:3])
            shade = layer.id == "trees" and all(
                abs(one - other) <= 36 for one, other in zip(value, crown, strict=False)
            )
            assert said in declared(layer, theme) | own or shade, (raised.drawn.id, name, said)


@pytest.mark.parametrize("layer", LAYERS, ids=IDS)
def test_the_legend_names_only_tokens_and_symbols_of_the_declaration(layer: Layer) -> None:
    tokens_of = {
        f"--{getattr(mark, field)}"
        for rule in layer.rules
        for mark in rule.marks
        for field in ("colour", "outline", "ink", "facade", "roof")
        if getattr(mark, field, None) is not None
    }
    pictures = {mark.symbol for rule in layer.rules for mark in rule.marks if isinstance(mark, Icon)}
    pictures |= {mark.hatch for rule in layer.rules for mark in rule.marks if isinstance(mark, Fill) and mark.hatch}
    for line in legend(layer):
        said = line.as_json()
        assert {said[key] for key in ("fill", "line") if said[key] is not None} <= tokens_of
        assert {said[key] for key in ("symbol", "hatch") if said[key] is not None} <= pictures


def test_every_kind_of_mark_occurs_and_no_colour_is_typed_twice() -> None:
    kinds = {type(mark) for layer in LAYERS for rule in layer.rules for mark in rule.marks}
    assert {Fill, Line, Icon, Label, Extrusion, Sector, Cluster} <= kinds
    typed = [mark for layer in LAYERS for rule in layer.rules for mark in rule.marks if "#" in repr(mark)]
    assert typed == []


def test_no_renderer_shows_the_public_what_is_for_staff(store: Store) -> None:
    for_public = {layer.id for layer in layers_for(Audience.PUBLIC)}
    seen = gather(store, "luxian", Audience.PUBLIC)
    assert {one.layer.id for one in seen.layers} == for_public
    assert {one["id"] for one in page_content(seen, "light", Language.EN, AT)["layers"]} <= for_public
    assert {owner(one) for one in raised_layers(seen, "light", Language.EN)} <= for_public
    assert "camera" not in orjson.dumps(page_content(seen, "light", Language.EN, AT)).decode()
    assert set(style("light", Language.EN, Audience.PUBLIC)["metadata"]["gridscape:layers"]) == for_public
