"""Finding places by name, code or position."""

import httpx
import pytest

from api.routes.search import position_in
from tests import small_town


def hits(client: httpx.Client, text: str, **more: object) -> list[dict]:
    """Return the hits for a text."""
    return client.get("/search", params={"q": text, **more}).json()["hits"]


@pytest.mark.parametrize("text", ["康桥社区", "510521001001", "Community 1"])
def test_the_exact_one_comes_first(text: str, public: httpx.Client) -> None:
    first = hits(public, text)[0]
    assert (first["collection"], first["code"], first["level"]) == ("areas", "510521001001", "community")
    assert first["kind_name"] == {"zh": "混合型", "en": "Mixed"}
    west, south, east, north = first["box"]
    assert west <= first["position"][0] <= east
    assert south <= first["position"][1] <= north


def test_an_area_is_found_once_though_views_hold_it_too(public: httpx.Client) -> None:
    found = [hit["code"] for hit in hits(public, f"{small_town.FIRST_GRID}001")]
    assert len(found) == len(set(found)) == 4


def test_search_keeps_to_a_district_and_to_a_limit(public: httpx.Client) -> None:
    assert {hit["district"] for hit in hits(public, "网格", district="tongliang")} == {"tongliang"}
    assert len(hits(public, "栋", limit=5)) == 5


@pytest.mark.parametrize("text", ["105.337,29.112", "29.112, 105.337", " 105.337 29.112 ", "105.337，29.112"])
def test_coordinates_are_a_place(text: str, public: httpx.Client) -> None:
    (hit,) = hits(public, text)
    assert hit["collection"] == "position"
    assert hit["position"] == [105.337, 29.112]
    assert (hit["district"], hit["code"]) == ("luxian", small_town.FIRST_GRID)


@pytest.mark.parametrize("text", ["510521", "12,34,56", "1e5,2", "abc", "105.376"])
def test_other_texts_are_no_position(text: str) -> None:
    assert position_in(text) is None


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "😀", "\\"])
def test_wildcards_and_quotes_mean_themselves(text: str, public: httpx.Client) -> None:
    assert hits(public, text) == []
