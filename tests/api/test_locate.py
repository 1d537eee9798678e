"""Which grid owns a point, who answers for it and why."""

import time
from datetime import timedelta

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.datums import Datum, convert
from spatial.errors import BadParameter, StoreUnavailable
from spatial.store.protocol import Store
from spatial.store.records import DutyHolder
from spatial.text import Text
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
    nothing = {"lon": 0.0, "lat": 0.0, "district": None, "trees": [], "nearest": []}
    assert ask(public, small_town.OUTSIDE) == nothing


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


def test_accuracy_ranks_each_level_and_says_when_to_ask(public: httpx.Client) -> None:
    border = small_town.WEST + small_town.SIDE / 4, 29.116
    answer = public.get("/locate", params={"lon": border[0], "lat": border[1], "accuracy": 20, "confidence": 0.95})
    (tree,) = answer.json()["trees"]
    assert tree["ambiguous"]
    assert tree["edge_m"] == pytest.approx(0, abs=0.01)
    assert {one["code"]: round(one["probability"], 2) for one in tree["candidates"]} == {
        small_town.FIRST_GRID: 0.5,
        small_town.VACANT_GRID: 0.5,
    }
    ambiguous = {owner["level"]: owner["ambiguous"] for owner in tree["owners"]}
    assert (ambiguous["grid"], ambiguous["community"]) == (True, False)


def test_a_phones_position_is_taken_back_to_the_globe(public: httpx.Client) -> None:
    lon, lat = small_town.IN_FIRST_GRID
    shown = {datum: convert(lon, lat, Datum.WGS84, datum) for datum in (Datum.GCJ02, Datum.BD09)}
    for datum, (x, y) in {**shown, Datum.CGCS2000: (lon, lat)}.items():
        answer = public.get("/locate", params={"lon": float(x), "lat": float(y), "crs": datum.value}).json()
        assert (answer["lon"], answer["lat"]) == pytest.approx((lon, lat), abs=1e-9)
        assert answer["trees"][0]["responsible"]["code"] == small_town.FIRST_GRID
    # half a kilometre off, in another grid or none
    x, y = shown[Datum.BD09]
    assert ask(public, (float(x), float(y)))["lon"] != pytest.approx(lon, abs=1e-3)


@pytest.mark.parametrize(
    ("asked", "kind", "said"),
    [
        ({"lon": "29.112", "lat": "105.337"}, "bad-position", "swapped"),
        ({"lon": "nan", "lat": "29.112"}, "bad-position", "not a finite number"),
        ({"lon": "inf", "lat": "29.112"}, "bad-position", "not a finite number"),
        ({"lon": "205.3", "lat": "29.112"}, "bad-position", "not on the globe"),
        ({"lon": "105,3", "lat": "29.112"}, "bad-parameter", "lon"),
        ({"lon": "105.3", "lat": "29.1", "crs": "beijing54"}, "bad-parameter", "crs"),
        ({"lon": "105.3", "lat": "29.1", "accuracy": "-1"}, "bad-parameter", "accuracy"),
        ({"lon": "105.3", "lat": "29.1", "accuracy": "1e9"}, "bad-parameter", "accuracy"),
        ({"lon": "105.3", "lat": "29.1", "accuracy": "nan"}, "bad-parameter", "accuracy"),
        ({"lon": "105.3", "lat": "29.1", "accuracy": "9", "confidence": "1"}, "bad-parameter", "confidence"),
        ({"lon": "105.3", "lat": "29.1", "at": "yesterday"}, "bad-parameter", "at"),
        ({"lon": "105.3", "lat": "29.1", "at": "2026-11-01T00:00:00"}, "bad-parameter", "at"),
        ({"lon": "105.3", "lat": "29.1", "at": "1990-01-01"}, "bad-parameter", "Nothing had been published"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_both_languages(
    asked: dict[str, str], kind: str, said: str, public: httpx.Client
) -> None:
    english = public.get("/locate", params=asked, headers={"Accept-Language": "en"})
    chinese = public.get("/locate", params=asked, headers={"Accept-Language": "zh-CN"})
    assert english.status_code == chinese.status_code == 400
    assert english.json()["type"].endswith(f":{kind}")
    assert said in english.json()["detail"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.json()["problem"])
    assert any("\u4e00" <= letter <= "\u9fff" for letter in chinese.json()["remedy"])


def test_beside_the_district_the_nearest_areas_are_named_and_nobody_is_responsible(public: httpx.Client) -> None:
    answer = ask(public, (small_town.WEST - 0.001, 29.112))
    assert (answer["district"], answer["trees"]) == (None, [])
    near = {one["level"]: one for one in answer["nearest"]}
    assert near["grid"]["code"] == small_town.FIRST_GRID
    assert near["grid"]["distance_m"] == pytest.approx(97.3, rel=0.01)
    assert near["building"]["distance_m"] > near["compound"]["distance_m"] > near["grid"]["distance_m"]


def renamed(store: Store, name: str) -> None:
    """Publish the next edition of Luxian, with another name for the first grid."""
    areas = small_town.luxian_areas()
    codes_and_names = zip(areas["code"], areas["name"], strict=True)
    names = [name if code == small_town.FIRST_GRID else before for code, before in codes_and_names]
    with store.write("test") as transaction:
        transaction.publish("luxian", areas.with_columns(name=names))


def test_at_a_time_the_edition_of_that_time_answers(own_town: Store) -> None:
    (first,) = own_town.editions("luxian")
    for number in range(6):  # more than are kept in memory
        renamed(own_town, f"改名{number}")
    editions = own_town.editions("luxian")
    assert len({edition.published_at for edition in editions}) == len(editions) == 7
    lon, lat = small_town.IN_FIRST_GRID
    with serving(create_app(own_town, Settings(open_demo=True))) as address:
        for edition in [*editions, *reversed(editions)]:
            at = edition.published_at.isoformat().replace("+00:00", "Z")
            answer = httpx.get(f"{address}/locate", params={"lon": lon, "lat": lat, "at": at}).json()
            (tree,) = answer["trees"]
            assert (tree["edition"], tree["published_at"]) == (edition.number, at)
            expected = "康桥社区第一网格" if edition == first else f"改名{edition.number - 2}"
            assert tree["responsible"]["name"] == expected
            assert "王敏" in tree["reason"]["zh"]
        posted = {"lon": [lon], "lat": [lat], "at": "2100-01-01T00:00:00Z"}
        answer = httpx.post(f"{address}/locate", json=posted).json()
        assert answer["editions"] == [{"district": "luxian", "tree": "main", "edition": 7}]
        early = httpx.post(f"{address}/locate", json={**posted, "at": "1990-01-01T00:00:00Z"})
        assert early.status_code == 400


class Cut:
    """A store whose connection can be cut: then every call says that it is away."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.away = False

    def __getattr__(self, name: str) -> object:
        if self.away:
            raise StoreUnavailable(Text("数据库不可用", "The database is away"))
        return getattr(self._store, name)


def test_while_the_store_is_away_what_was_read_still_answers(own_town: Store) -> None:
    renamed(own_town, "改名")
    first, second = own_town.editions("luxian")
    cut = Cut(own_town)
    lon, lat = small_town.IN_FIRST_GRID
    asked = {"lon": lon, "lat": lat}
    before = {**asked, "at": (second.published_at - timedelta(milliseconds=1)).isoformat().replace("+00:00", "Z")}
    with (
        serving(create_app(cut, Settings(refresh_s=0))) as address,  # type: ignore[arg-type]
        httpx.Client(base_url=address) as client,
    ):
        assert client.get("/locate", params=asked).json()["trees"][0]["edition"] == second.number
        cut.away = True
        answer = client.get("/locate", params=asked)
        assert answer.json()["trees"][0]["responsible"]["name"] == "改名"
        posted = client.post("/locate", json={"lon": [lon], "lat": [lat]})
        assert posted.json()["areas"]["code"][posted.json()["trees"][0]["responsible"][0]] == small_town.FIRST_GRID
        # an older edition was never read
        assert client.get("/locate", params=before).status_code == 503
        cut.away = False
        assert client.get("/locate", params=before).json()["trees"][0]["edition"] == first.number
        cut.away = True
        assert client.get("/locate", params=before).json()["trees"][0]["edition"] == first.number
        cut.away = False


def test_columns_come_back_as_columns_of_one_table_of_areas(public: httpx.Client) -> None:
    places = [small_town.IN_FIRST_BUILDING, small_town.IN_VACANT_GRID, (0.0, 0.0)]
    posted = {"lon": [place[0] for place in places], "lat": [place[1] for place in places]}
    answer = public.post("/locate", json=posted).json()
    (tree,) = answer["trees"]
    codes = answer["areas"]["code"]

    def named(column: list[int]) -> list[str | None]:
        return [None if row < 0 else codes[row] for row in column]

    assert answer["points"] == 3
    assert named(tree["responsible"]) == [small_town.FIRST_GRID, small_town.VACANT_GRID, None]
    assert named(tree["owners"]["district"]) == ["510521", "510521", None]
    assert named(tree["owners"]["building"]) == [f"{small_town.FIRST_GRID}001001", None, None]
    assert answer["areas"]["path"][tree["responsible"][0]].endswith(f"/{small_town.FIRST_GRID}")
    few = public.post("/locate", json={**posted, "levels": ["grid"]}).json()
    assert list(few["trees"][0]["owners"]) == ["grid"]
    assert few["areas"]["code"] == [small_town.FIRST_GRID, small_town.VACANT_GRID]


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{", 400, "not JSON"),
        ('{"lon": [NaN], "lat": [1]}', 400, "not JSON"),
        ("[" * 5000 + "]" * 5000, 400, "not JSON"),
        ("[1, 2]", 400, "Give an object"),
        ('{"lon": [1], "lat": [1], "role": "staff"}', 400, "There is no field role"),
        ('{"lon": [1]}', 400, "lat"),
        ('{"lon": [1, 2], "lat": [1]}', 400, "as many of each"),
        ('{"lon": [1, "2"], "lat": [1, 2]}', 400, "value 2 is not a number"),
        ('{"lon": [1, null], "lat": [1, 2]}', 400, "value 2 is not a number"),
        ('{"lon": [true], "lat": [1]}', 400, "value 1 is not a number"),
        ('{"lon": [1, 29.1], "lat": [1, 105.3]}', 400, "Row 2"),
        ('{"lon": [1e999], "lat": [1]}', 400, ""),
        ('{"lon": [' + "9" * 5000 + '], "lat": [1]}', 400, ""),
        ('{"lon": [1], "lat": [1], "crs": "beijing54"}', 400, "crs"),
        ('{"lon": [1], "lat": [1], "crs": 7}', 400, "crs"),
        ('{"lon": [1], "lat": [1], "at": "soon"}', 400, "at"),
        ('{"lon": [1], "lat": [1], "levels": ["galaxy"]}', 400, "levels"),
        ('{"lon": [1], "lat": [1], "levels": [["grid"]]}', 400, "levels"),
        ('{"lon": [' + "1," * 100_000 + '1], "lat": [1]}', 413, "100001 points"),
        (" " * 6_000_001, 413, "too long"),
    ],
)
def test_a_posted_question_that_is_wrong_is_refused(body: str, status: int, said: str, public: httpx.Client) -> None:
    answer = public.post("/locate", content=body, headers={"Content-Type": "application/json", "Accept-Language": "en"})
    assert answer.status_code == status
    assert said in answer.json()["detail"]


def test_a_posted_question_must_be_json_and_ends_at_the_limit_without_a_length(public: httpx.Client) -> None:
    assert public.post("/locate", content="{}", headers={"Content-Type": "text/plain"}).status_code == 400
    endless = (b" " * 100_000 for _ in range(100))
    answer = public.post("/locate", content=endless, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


def test_no_points_have_no_owners(public: httpx.Client) -> None:
    answer = public.post("/locate", json={"lon": [], "lat": []}).json()
    assert (answer["points"], answer["areas"]["code"], answer["trees"]) == (0, [], [])


def test_the_command_says_how_sure_it_is_and_what_is_nearest(
    own_town: Store, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from api.commands.locate import locate

    monkeypatch.setenv("GRIDSCAPE_LANG", "en")
    locate(small_town.WEST + small_town.SIDE / 4, 29.116, own_town.url, accuracy=20)
    said = capsys.readouterr().out
    assert "50.0%" in said
    assert "ask the person" in said
    locate(small_town.WEST - 0.001, 29.112, own_town.url)
    said = capsys.readouterr().out
    assert "lies in none of the districts" in said
    assert "97.3 m" in said
    x, y = convert(*small_town.IN_FIRST_GRID, Datum.WGS84, Datum.GCJ02)
    locate(float(x), float(y), own_town.url, crs="gcj02")
    assert f"› Grid       {small_town.FIRST_GRID}" in capsys.readouterr().out
    with pytest.raises(BadParameter):
        locate(*small_town.IN_FIRST_GRID, own_town.url, at="1990-01-01")


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
