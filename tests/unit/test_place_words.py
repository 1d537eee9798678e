"""Words for a place: what a report and a move say of where it is, in both languages."""

import json
from typing import Any

import pytest
import shapely

from spatial.errors import BadInput
from spatial.governance import Role
from spatial.incidents.desk import Wanted, act, report
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import Act
from spatial.incidents.place_words import NEAR_ROAD_M, RoadNear, nearest_road, with_place, words_for
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import Report
from spatial.incidents.steps import Person
from spatial.incidents.tag import Position, Tag
from spatial.levels import MAIN_TREE
from spatial.locate import Locator, TreeAnswer
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.text import Text
from tests import small_town
from tests.small_town import FIRST_GRID, IN_FIRST_BUILDING, IN_FIRST_GRID, IN_VACANT_GRID, NOW, VACANT_GRID

FIELD = Person("field", Role.WORKER)
LIGHT = "0502"
AVENUE = Text("玉蟾大道", "Yuchan Avenue")
IN_FIRST_COMPOUND = (105.3405, 29.1250)


@pytest.fixture
def store(town_store: Store) -> Store:
    return town_store


@pytest.fixture
def locator(store: Store) -> Locator:
    return Locator.of(store)


def told(stored: StoredCase, _tagged: Tag | None, _item: EventItem | None) -> dict[str, Any]:
    return {"code": stored.code}


def answer_at(locator: Locator, place: tuple[float, float]) -> TreeAnswer:
    return next(tree for tree in locator.locate(*place).trees if tree.tree == MAIN_TREE)


def place_of(store: Store, code: str) -> Any:
    (extra,) = store.read("incidents", Query(equal={"code": code}))["extra"]
    return json.loads(extra)["place"]


def reported(store: Store, locator: Locator, place: tuple[float, float], **more: Any) -> str:
    accuracy = more.pop("accuracy_m", None)
    wanted = Report(Position(*place, accuracy_m=accuracy), LIGHT, **more)
    return str(report(store, locator, wanted, FIELD, NOW, told)[1]["code"])


def test_a_building_is_named_with_its_compound_and_a_compound_alone(store: Store, locator: Locator) -> None:
    code = reported(store, locator, IN_FIRST_BUILDING)
    assert place_of(store, code) == {"zh": "书香美地0010011栋", "en": "Shuxiang 001001, Building 1"}
    code = reported(store, locator, IN_FIRST_COMPOUND)
    assert place_of(store, code) == {"zh": "书香美地001001", "en": "Shuxiang 001001"}


def test_outside_compounds_it_is_on_a_road_or_near_one(store: Store, locator: Locator) -> None:
    lon, lat = IN_FIRST_GRID
    on_it = place_of(store, reported(store, locator, (lon + 0.001, lat)))
    assert on_it == {"zh": "玉蟾大道1（康桥社区第一网格）", "en": "Yuchan Avenue 1 (Community 1 grid 1)"}
    near_it = place_of(store, reported(store, locator, (lon + 0.001, lat - 0.0005)))
    assert near_it == {"zh": "玉蟾大道1附近（康桥社区第一网格）", "en": "near Yuchan Avenue 1 (Community 1 grid 1)"}
    far = place_of(store, reported(store, locator, (lon, lat + 0.008)))
    assert far == {"zh": "康桥社区第一网格", "en": "Community 1 grid 1"}


def test_a_road_is_as_far_as_its_nearest_point_and_not_beyond_the_limit(store: Store) -> None:
    lon, lat = IN_FIRST_GRID
    beside = nearest_road(store, "luxian", lon + 0.01, lat - 0.0005)
    assert beside is not None
    assert beside.name.zh == "玉蟾大道1"
    assert beside.distance_m == pytest.approx(0.00055 * 111_320, rel=1e-3)  # it rises by 0.0001° over its length
    assert nearest_road(store, "luxian", lon + 0.01, lat - 2 * NEAR_ROAD_M / 111_320) is None
    before_its_end = nearest_road(store, "luxian", lon - 0.0005, lat)
    assert before_its_end is not None
    metres = shapely.LineString([(lon, 0), (lon - 0.0005, 0)]).length * 111_320 * 0.8736
    assert before_its_end.distance_m == pytest.approx(metres, rel=1e-3)


def test_a_name_in_one_language_stands_in_for_the_other_and_nothing_is_made_up(locator: Locator) -> None:
    answer = answer_at(locator, IN_FIRST_GRID)
    assert words_for(answer, RoadNear(AVENUE, NEAR_ROAD_M + 1)) == Text("康桥社区第一网格", "Community 1 grid 1")
    bare = TreeAnswer(answer.tree, answer.edition, (), None)
    assert words_for(bare, RoadNear(AVENUE, 40.0)) == Text("玉蟾大道附近", "near Yuchan Avenue")
    assert words_for(bare, None) is None


def test_a_move_says_the_new_place_and_keeps_what_else_was_known(store: Store, locator: Locator) -> None:
    code = reported(store, locator, IN_FIRST_BUILDING)
    with store.write("test") as tx:
        tx.update("incidents", "luxian", code, {"extra": '{"place": {"zh": "旧", "en": "old"}, "lamp": 7}'})
    lon, lat = IN_VACANT_GRID
    wanted = Wanted(Act.MOVE, "看错了", version=1, position=Position(lon, lat + 0.008))
    act(store, locator, "luxian", code, wanted, FIELD, NOW, told)
    (extra,) = store.read("incidents", Query(equal={"code": code}))["extra"]
    assert json.loads(extra) == {"lamp": 7, "place": {"zh": "康桥社区第二网格", "en": "Community 1 grid 2"}}
    assert "extra" in store.events()[-1].fields


def test_attributes_that_are_no_json_object_are_replaced() -> None:
    assert with_place("[1]", None) is None
    assert with_place("not json", Text("甲", "a")) == '{"place": {"zh": "甲", "en": "a"}}'


def test_a_stated_owner_is_kept_beside_the_tag_and_decides_nothing(store: Store, locator: Locator) -> None:
    place = (small_town.WEST + small_town.SIDE / 4 - 0.00002, small_town.SOUTH + 0.005)
    code = reported(store, locator, place, accuracy_m=20.0, stated_owner=VACANT_GRID)
    stored = store.case("luxian", code)
    assert stored.tag["stated_owner"] == VACANT_GRID
    assert (stored.path or "").endswith(f"/{FIRST_GRID}")
    assert store.steps("luxian", code)[0].step.details["stated_owner"] == VACANT_GRID


@pytest.mark.parametrize(("accuracy", "stated"), [(None, VACANT_GRID), (20.0, "510521002001001")])
def test_only_a_candidate_can_be_stated(store: Store, locator: Locator, accuracy: float | None, stated: str) -> None:
    before = store.events()
    place = (small_town.WEST + small_town.SIDE / 4 - 0.00002, small_town.SOUTH + 0.005)
    with pytest.raises(BadInput, match="no candidate"):
        reported(store, locator, place, accuracy_m=accuracy, stated_owner=stated)
    assert store.events() == before
