"""The catalogue: every layer can be drawn by every renderer, in colours that exist, and says what it shows."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from layers.catalog import BY_ID, LAYERS, layer, layers_for
from layers.legend import count, layer_list, legend
from layers.model import Between, Cluster, Fill, Icon, Is, at_zoom, matches
from layers.style import style
from layers.symbols import TYPE_CHARACTERS, symbols
from layers.tiling import SHEETS
from layers.tokens import Theme, tokens
from spatial.errors import NotFound
from spatial.schema import COLLECTIONS
from spatial.store.records import Query
from spatial.table import Table
from spatial.vocabulary import (
    AssetKind,
    Audience,
    CameraState,
    CommunityType,
    CompoundKind,
    Element,
    IncidentState,
    LevelSlug,
    Priority,
    RoadClass,
    StationTier,
)

MARKS = [(one, rule, mark) for one in LAYERS for rule in one.rules for mark in rule.marks]
COLOURS = ("colour", "outline", "halo", "facade", "roof", "ink")


def kinds_of(identifier: str) -> set[str]:
    """Return the kinds that the rules of a layer draw."""
    return {
        str(value)
        for rule in BY_ID[identifier].rules
        for condition in rule.where
        if isinstance(condition, Is) and condition.column == "kind"
        for value in condition.values
    }


def test_ids_are_unique_and_every_layer_has_both_languages() -> None:
    assert len(BY_ID) == len(LAYERS)
    for one in LAYERS:
        texts = [one.title, *(rule.title for rule in one.rules if rule.title), *([one.note] if one.note else [])]
        assert all(text.zh.strip() and text.en.strip() for text in texts), one.id
        assert len({rule.id for rule in one.rules}) == len(one.rules), one.id


@pytest.mark.parametrize("theme", list(Theme))
def test_every_colour_is_a_token_and_every_symbol_is_drawn(theme: Theme) -> None:
    known, drawn = tokens(theme), symbols(theme)
    for one, _, mark in MARKS:
        for name in COLOURS:
            value = getattr(mark, name, None)
            assert value is None or known[value].startswith("#"), (one.id, value)
        for symbol in (getattr(mark, "symbol", None), getattr(mark, "hatch", None)):
            assert symbol is None or symbol in drawn, (one.id, symbol)


def test_no_colour_is_typed_outside_the_tokens() -> None:
    folder = Path(__file__).parents[2] / "layers"
    typed = {
        f"{path.name}: {found}"
        for path in folder.rglob("*.py")
        for found in re.findall(r"""["'](#[0-9A-Fa-f]{3,8})["']""", path.read_text(encoding="utf-8"))
    }
    assert typed == set()


def test_every_condition_speaks_of_a_column_that_the_tiles_carry() -> None:
    for one in LAYERS:
        carried = {column for sheet in SHEETS[one.collection] for column in sheet.columns}
        for condition in (*one.where, *(condition for rule in one.rules for condition in rule.where)):
            assert condition.column in carried, (one.id, condition.column)


def test_every_member_of_a_closed_set_has_its_place_on_the_map() -> None:
    assert kinds_of("compounds") >= {kind.value for kind in CompoundKind}
    assert kinds_of("community_types") == {kind.value for kind in CommunityType}
    assert kinds_of("roads") | kinds_of("paths") == {kind.value for kind in RoadClass}
    assert kinds_of("stations") == {tier.value for tier in StationTier}
    shown = set.union(*(kinds_of(name) for name in ("gates", "lights", "parking", "benches", "amenities")))
    assert shown == {kind.value for kind in AssetKind}
    assert {one.level for one in LAYERS if one.level} == set(LevelSlug) - {LevelSlug.LEGACY_GRID}
    assert {one.element for one in LAYERS} == set(Element)


def test_every_incident_and_camera_is_drawn_by_exactly_one_single_rule() -> None:
    for state in IncidentState:
        for priority in Priority:
            row = Table.from_rows([{"geometry": None, "state": state.value, "priority": priority.value}])
            drawn = [
                rule.id
                for name in ("incidents", "incidents_closed")
                if matches(row, BY_ID[name].where)[0]
                for rule in BY_ID[name].rules
                if not isinstance(rule.marks[0], Cluster) and matches(row, rule.where)[0]
            ]
            assert len(drawn) == 1, (state, priority, drawn)
    cameras = [rule for rule in BY_ID["cameras"].rules if not isinstance(rule.marks[0], Cluster)]
    assert [rule.id for rule in cameras] == [state.value for state in CameraState]


def test_an_incident_that_someone_is_going_to_is_hollow() -> None:
    for state, suffix in ((IncidentState.REPORTED, ""), (IncidentState.DISPATCHED, "-attended")):
        row = Table.from_rows([{"geometry": None, "state": state.value, "priority": 2}])
        marks = [
            mark
            for rule in BY_ID["incidents"].rules
            if matches(row, rule.where)[0]
            for mark in rule.marks
            if isinstance(mark, Icon)
        ]
        assert [mark.symbol for mark in marks] == [f"incident-2{suffix}"]


def test_default_layers_are_levels_compounds_and_open_incidents() -> None:
    levels = {"district", "street", "community", "grid"}
    assert {one.id for one in LAYERS if one.visible and not one.base} == levels | {"compounds", "incidents"}


def test_types_are_told_by_tint_hatch_and_character() -> None:
    for rule in BY_ID["community_types"].rules:
        fills = [mark for mark in rule.marks if isinstance(mark, Fill)]
        assert fills[0].hatch is None
        assert at_zoom(fills[0].opacity, 13) == pytest.approx(0.42)
        assert fills[1].hatch == f"hatch-{fills[0].colour}"
        assert any(isinstance(mark, Icon) and mark.symbol == f"disc-{fills[0].colour}" for mark in rule.marks)
    assert "".join(TYPE_CHARACTERS.values()) == "街老商迁圈混"


def test_the_public_has_no_cameras_and_is_not_told_of_them() -> None:
    public = layers_for(Audience.PUBLIC)
    assert not any(one.collection == "cameras" or one.audience is Audience.STAFF for one in public)
    with pytest.raises(NotFound) as refused:
        layer("cameras", Audience.PUBLIC)
    assert "cameras" not in str(refused.value).split("There are")[1]
    assert layer("cameras").id == "cameras"


def test_circles_say_that_they_are_as_the_crow_flies() -> None:
    circles = BY_ID["circles"]
    assert "直线距离" in circles.title.zh
    assert "as the crow flies" in circles.title.en
    assert circles.note is not None


def test_conditions_select_rows_and_none_stands_for_missing() -> None:
    rows = Table.from_rows(
        [{"geometry": None, "kind": kind, "n": n} for kind, n in (("a", 1), ("b", 24.0), (None, None), ("a", 48))]
    )
    assert matches(rows, (Is("kind", ("a",)),)).tolist() == [True, False, False, True]
    assert matches(rows, (Is("kind", (None, "b")),)).tolist() == [False, True, True, False]
    assert matches(rows, (Between("n", 1, 48),)).tolist() == [True, True, False, False]
    assert matches(rows, (Is("absent", (None,)), Between("n", 2))).tolist() == [False, True, False, True]


def test_a_scale_runs_straight_between_its_stops_and_stays_beyond_them() -> None:
    scale = ((10, 1.0), (12, 3.0))
    assert [at_zoom(scale, zoom) for zoom in (9, 10, 11, 12, 20)] == [1, 1, 2, 3, 3]
    assert at_zoom(0.5, 3) == 0.5


HELD: dict[str, list[dict[str, object]]] = {
    "stations": [{"kind": "micro"}] * 7 + [{"kind": "doorstep"}] * 3,
    "areas": [
        {"level": "building", "households": 10},
        {"level": "building", "households": 60},
        {"level": "building", "households": None},
        {"level": "compound", "kind": "three_no"},
    ],
    "incidents": [{"state": "filed", "priority": 1}, {"state": "closed", "priority": 4}],
}


class Tallies:
    """A store of the rows above, as far as counting goes."""

    def tally(self, collection: str, by: list[str], query: Query = Query()) -> dict[tuple[object, ...], int]:
        """Count the rows held above."""
        found: dict[tuple[object, ...], int] = {}
        for row in HELD.get(collection, []):
            if all(row.get(name) == value for name, value in query.equal.items()):
                key = tuple(row.get(name) for name in by)
                found[key] = found.get(key, 0) + 1
        return found


def test_counts_follow_the_rules_of_the_legend() -> None:
    store = Tallies()
    assert count(store, BY_ID["stations"]) == (
        10,
        {t.value: {"micro": 7, "doorstep": 3}.get(t.value, 0) for t in StationTier},
    )
    assert count(store, BY_ID["households"]) == (3, {"few": 1, "some": 0, "many": 1})
    assert count(store, BY_ID["compounds"])[1]["three_no"] == 1
    assert count(store, BY_ID["circles"]) == (10, {"minutes-5": 10, "minutes-10": 10, "minutes-15": 10})
    total, by_rule = count(store, BY_ID["incidents"])
    assert (total, by_rule["priority-1"], by_rule["priority-4"]) == (1, 1, 0)


@pytest.mark.parametrize("audience", list(Audience))
def test_the_list_of_layers_names_tokens_symbols_and_style_layers(audience: Audience) -> None:
    names = style("dark", "zh", audience)["metadata"]["gridscape:layers"]
    listed = layer_list(audience, names, Tallies())
    assert [one["id"] for one in listed] == [one.id for one in layers_for(audience)]
    for one in listed:
        assert one["style_layers"], one["id"]
        for line in one["legend"]:
            assert line["label"]["zh"]
            assert line["label"]["en"]
            for name in ("fill", "line"):
                assert line[name] is None or line[name].removeprefix("--") in tokens("dark")
            assert line["symbol"] is None or line["symbol"] in symbols("dark")
            assert line["count"] is not None


def test_every_rule_with_a_title_shows_something_in_the_legend() -> None:
    for one in LAYERS:
        for line in legend(one):
            assert any((line.symbol, line.fill, line.line, line.hatch)), (one.id, line.rule)


def test_symbols_are_whole_and_of_the_same_names_in_both_themes() -> None:
    dark, light = symbols("dark"), symbols("light")
    assert dark.keys() == light.keys()
    for name, symbol in dark.items():
        assert symbol.svg.startswith("<svg xmlns=")
        assert f'width="{symbol.width}" height="{symbol.height}"' in symbol.svg
        assert "var(" not in symbol.svg
        assert symbol.hatch == name.startswith("hatch-")


def test_light_has_a_value_for_every_token_of_dark() -> None:
    dark, light = tokens("dark"), tokens("light")
    assert dark.keys() == light.keys()
    assert dark["map-land"] != light["map-land"]
    assert dark["m-quick"] == "120ms"  # what is said to browsers that want less motion is left out
    with pytest.raises(NotFound):
        tokens("sepia")


def test_marks_have_their_fields_in_reach_of_every_renderer() -> None:
    for one, rule, mark in MARKS:
        assert {"stack", "zooms"} <= {field.name for field in fields(mark)}, (one.id, rule.id)
        assert mark.zooms[0] < mark.zooms[1]
        assert COLLECTIONS.keys() | {"circles"} >= {one.collection}
