"""Bad requests: each is answered with a problem document that says what to do, in the caller's language."""

import httpx
import pytest

ITEMS = "/collections/areas/items"

BAD = [
    (f"{ITEMS}?bbox=105,29,106", 400, "bbox"),
    (f"{ITEMS}?bbox=105,29,106,x", 400, "bbox"),
    (f"{ITEMS}?bbox=105,30,106,29", 400, "south"),
    (f"{ITEMS}?bbox=29,105,30,106", 400, "swapped"),
    (f"{ITEMS}?bbox=nan,29,106,30", 400, "finite"),
    (f"{ITEMS}?bbox=105,29,inf,30", 400, "finite"),
    (f"{ITEMS}?bbox=105,29,1e999,30", 400, "finite"),
    (f"{ITEMS}?bbox=-200,29,106,30", 400, "globe"),
    (f"{ITEMS}?limit=0", 400, "limit"),
    (f"{ITEMS}?limit=-1", 400, "limit"),
    (f"{ITEMS}?limit=ten", 400, "limit"),
    (f"{ITEMS}?limit={'9' * 390}", 400, "limit"),
    (f"{ITEMS}?limit={'9' * 5000}", 400, "limit"),
    (f"{ITEMS}?limit=1&limit=2", 400, "limit"),
    (f"{ITEMS}?after=%00", 400, "after"),
    (f"{ITEMS}?level=galaxy", 400, "level"),
    (f"{ITEMS}?model=perhaps", 400, "model"),
    (f"{ITEMS}?name=%00", 400, "name"),
    (f"{ITEMS}?colour=red", 400, "colour"),
    (f"{ITEMS}?levle=grid", 400, "Did you mean level"),
    (f"{ITEMS}?f=gml", 400, "json"),
    ("/collections/incidents/items?datetime=yesterday", 400, "datetime"),
    ("/collections/incidents/items?datetime=2026-02-30", 400, "datetime"),
    ("/collections/incidents/items?datetime=2026-01-01T00:00:00", 400, "datetime"),
    ("/collections/incidents/items?datetime=../..", 400, "datetime"),
    ("/collections/incidents/items?datetime=2026-02-01/2026-01-01", 400, "starts after"),
    ("/collections/nothing/items", 404, "areas"),
    ("/collections/nothing", 404, "areas"),
    ("/collections/areas/nothing", 404, "areas"),
    (f"{ITEMS}/no-such-code", 404, "search"),
    ("/locate", 400, "lon"),
    ("/locate?lon=105.376", 400, "lat"),
    ("/locate?lon=29.151&lat=105.376", 400, "swapped"),
    ("/locate?lon=NaN&lat=29", 400, "finite"),
    ("/locate?lon=181&lat=29", 400, "globe"),
    ("/locate?lon=1_0&lat=29", 400, "lon"),
    ("/search", 400, "q"),
    ("/search?q=999,1", 400, "globe"),
    ("/collections/areas/tiles/WebMercatorQuad/1/2/0", 404, "row"),
    ("/collections/areas/tiles/WebMercatorQuad/30/0/0", 404, "22"),
    ("/collections/areas/tiles/WebMercatorQuad/a/0/0", 400, "tileMatrix"),
    ("/collections/areas/tiles/WebMercatorQuad/-1/0/0", 400, "tileMatrix"),
    ("/collections/areas/tiles/WorldCRS84Quad", 404, "areas"),
    ("/no/such/place", 404, "/api"),
    ("/../../etc/passwd", 404, "/api"),
    ("/%2e%2e/%2e%2e/etc/passwd", 404, "/api"),
    ("/base/tiles.pmtiles", 404, "--base-tiles"),
    ("/styles/pink", 404, "dark"),
]


@pytest.mark.parametrize(("address", "status", "hint"), BAD)
def test_a_bad_request_is_told_what_is_wrong_and_what_to_do(
    address: str, status: int, hint: str, public: httpx.Client
) -> None:
    answer = public.get(address, headers={"Accept-Language": "en"})
    said = answer.json()
    assert answer.status_code == said["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert hint in said["detail"]
    assert said["problem"]
    assert said["remedy"]
    assert said["type"].startswith("urn:gridscape:problem:")


def test_a_problem_is_told_in_the_language_of_the_caller(public: httpx.Client) -> None:
    chinese = public.get("/locate", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
    english = public.get("/locate", headers={"Accept-Language": "en-GB"})
    assert chinese.json()["problem"] == "缺少参数 lon"
    assert english.json()["problem"] == "The parameter lon is missing"
    assert "Accept-Language" in chinese.headers["vary"]


def test_another_method_is_refused_and_told_which_one_to_use(public: httpx.Client) -> None:
    answer = public.post("/districts", json={}, headers={"Accept-Language": "en"})
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "GET" in answer.json()["remedy"]


def test_what_was_typed_is_not_repeated_at_length(public: httpx.Client) -> None:
    said = public.get(f"/locate?lon={'<script>' * 40}&lat=1").json()
    assert len(said["detail"]) < 300


def test_a_limit_above_the_maximum_means_the_maximum(public: httpx.Client) -> None:
    answer = public.get("/collections/assets/items?limit=1000000").json()
    assert answer["numberReturned"] == answer["numberMatched"] == 2500
