"""Which grid owns a point, who answers for it and why."""

import time

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import DutyHolder, Store
from tests import small_town
from tests.api.serving import serving


def ask(client: httpx.Client, position: tuple[float, float]) -> dict:
    """Return the answer for a position."""
    return client.get("/locate", params={"lon": position[0], "lat": position[1]}).json()


def test_a_point_in_a_building_has_an_owner_at_every_level(staff: httpx.Client) -> None:
    answer = ask(staff, small_town.IN_FIRST_BUILDING)
    (tree,) = answer["trees"]
    assert answer["district"]["slug"] == "luxian"
    assert [owner["level"] for owner in tree["owners"]] == [
        "district",
        "street",
        "community",
        "grid",
        "compound",
        "building",
    ]
    assert [len(owner["code"]) for owner in tree["owners"]] == [6, 9, 12, 15, 18, 21]
    assert tree["responsible"]["code"] == small_town.FIRST_GRID
    assert tree["owners"][5]["kind_name"] == {"zh": "住宅", "en": "Housing"}


def test_a_level_that_nothing_owns_is_null(staff: httpx.Client) -> None:
    owners = ask(staff, small_town.IN_FIRST_GRID)["trees"][0]["owners"]
    assert [owner["code"] for owner in owners[4:]] == [None, None]


def test_a_point_outside_every_district_has_no_owner(public: httpx.Client) -> None:
    assert ask(public, small_town.OUTSIDE) == {"lon": 0.0, "lat": 0.0, "district": None, "trees": []}


def test_other_trees_answer_beside_the_main_one(public: httpx.Client) -> None:
    answer = ask(public, (106.05, 29.84))
    assert [tree["tree"] for tree in answer["trees"]] == ["main", small_town.LEGACY]


def test_the_reason_names_the_holder_of_the_post(staff: httpx.Client) -> None:
    reason = ask(staff, small_town.IN_FIRST_GRID)["trees"][0]["reason"]
    assert reason["zh"] == "在康桥社区第一网格内，由该网格负责：专职网格员王敏。"
    assert reason["en"] == "In Community 1 grid 1, which answers for it: Grid worker 王敏."


def test_where_the_post_is_vacant_the_parent_answers(staff: httpx.Client) -> None:
    tree = ask(staff, small_town.IN_VACANT_GRID)["trees"][0]
    grid = next(owner for owner in tree["owners"] if owner["level"] == "grid")
    assert [(post["post"], post["vacant"], post["holder"]) for post in grid["duty_holders"]] == [
        ("grid_worker", True, None)
    ]
    assert tree["responsible"]["code"] == small_town.VACANT_GRID
    assert (
        tree["reason"]["zh"]
        == "在康桥社区第二网格内，由该网格负责；专职网格员空缺，由上级康桥社区的兼职网格员李强负责。"
    )


def test_the_public_learns_the_area_and_no_post(public: httpx.Client) -> None:
    tree = ask(public, small_town.IN_VACANT_GRID)["trees"][0]
    assert tree["reason"] == {
        "zh": "在康桥社区第二网格内，由该网格负责。",
        "en": "In Community 1 grid 2, which answers for it.",
    }
    assert all("duty_holders" not in owner for owner in tree["owners"])


def until(client: httpx.Client, expected: str) -> str:
    """Ask for the reason in the first grid until it holds the expected words, and return it."""
    deadline = time.monotonic() + 10
    while True:
        said: str = ask(client, small_town.IN_FIRST_GRID)["trees"][0]["reason"]["zh"]
        if expected in said or time.monotonic() > deadline:
            return said
        time.sleep(0.02)


@pytest.mark.parametrize("what", ["edition", "post"])
def test_a_new_edition_or_post_is_seen_without_a_restart(what: str, own_town: Store) -> None:
    settings = Settings(open_demo=True, refresh_s=0)
    with serving(create_app(own_town, settings)) as address, httpx.Client(base_url=address) as client:
        assert "王敏" in until(client, "王敏")
        with own_town.write("test") as transaction:
            if what == "edition":
                areas = small_town.luxian_areas()
                names = [
                    "改名网格" if code == small_town.FIRST_GRID else name
                    for code, name in zip(areas["code"], areas["name"], strict=True)
                ]
                transaction.publish("luxian", areas.with_columns(name=names))
            else:
                path = f"/510521/510521001/510521001001/{small_town.FIRST_GRID}"
                moved = DutyHolder("P1", "luxian", "grid_worker", small_town.FIRST_GRID, path, "赵云")
                transaction.put_duty_holders([moved])
        expected = "改名网格" if what == "edition" else "赵云"
        assert expected in until(client, expected)


def test_the_command_prints_the_chain_in_the_language_of_the_terminal(
    own_town: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.commands.locate import locate

    lon, lat = small_town.IN_FIRST_GRID
    monkeypatch.setenv("GRIDSCAPE_LANG", "zh")
    locate(lon, lat, own_town.url)
    said = capsys.readouterr().out
    assert "康桥社区第一网格" in said
    assert "专职网格员: 王敏" in said
    locate(lon, lat, own_town.url, as_json=True)
    assert small_town.FIRST_GRID in capsys.readouterr().out
