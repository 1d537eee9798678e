"""The way in: links, conformance, hosts, headers and the screens."""

from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import Store
from tests.api.serving import serving

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def rels(document: dict) -> dict[str, dict]:
    """Return links by their relation."""
    return {link["rel"]: link for link in document["links"]}


def every_link(part: object) -> list[str]:
    """Return all addresses in a document."""
    if isinstance(part, dict):
        own = [part["href"]] if isinstance(part.get("href"), str) else []
        return own + [href for value in part.values() for href in every_link(value)]
    return [href for value in part for href in every_link(value)] if isinstance(part, list) else []


def test_the_landing_page_links_to_everything_and_every_link_answers(public: httpx.Client) -> None:
    waiting, seen = ["/", "/collections", "/tileMatrixSets", "/collections/areas/tiles/WebMercatorQuad"], set()
    for address in waiting:
        for href in every_link(public.get(address).json()):
            if href not in seen and "{" not in href:
                seen.add(href)
                assert public.get(href).status_code == 200, href
    assert {"service-desc", "conformance", "data", "self"} <= set(rels(public.get("/").json()))
    assert len(seen) > 30


def test_the_definition_is_linked_by_its_media_type(public: httpx.Client) -> None:
    link = rels(public.get("/").json())["service-desc"]
    assert public.get(link["href"]).headers["content-type"] == link["type"]


def test_conformance_names_features_and_tiles(public: httpx.Client) -> None:
    classes = public.get("/conformance").json()["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson" in classes
    assert "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt" in classes


def test_tile_addresses_in_the_style_answer(public: httpx.Client) -> None:
    sources = public.get("/styles/dark?lang=en").json()["sources"]
    assert "cameras" not in sources
    for source in sources.values():
        assert public.get(source["tiles"][0].format(z=0, x=0, y=0)).status_code in (200, 204)


def test_counts_and_legends_are_by_district(staff: httpx.Client) -> None:
    counts = {layer["id"]: layer["count"] for layer in staff.get("/layers?district=tongliang").json()["layers"]}
    assert counts["cameras"] == 0
    assert staff.get("/layers?district=atlantis").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "[::1", ""])
def test_a_foreign_host_is_refused(host: str, public: httpx.Client) -> None:
    answer = public.get("/collections", headers={"Host": host})
    assert answer.status_code == 400
    if host:
        assert answer.headers["content-type"] == "application/problem+json"
        assert host not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "LOCALHOST"])
def test_links_are_built_on_the_loopback_host_that_was_asked(host: str, public: httpx.Client) -> None:
    port = public.base_url.port
    document = public.get("/", headers={"Host": f"{host}:{port}"}).json()
    assert all(href.startswith(f"http://{host}:{port}/") for href in every_link(document))


def test_links_are_built_on_the_public_address_whatever_the_proxy_says(town: Store) -> None:
    settings = Settings(public_url="https://map.example.org/town")
    forged = {"Host": "map.example.org", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    with serving(create_app(town, settings)) as address:
        document = httpx.get(f"{address}/collections", headers=forged).json()
        style = httpx.get(f"{address}/styles/dark").json()
    assert all(href.startswith("https://map.example.org/town/") for href in every_link(document))
    assert style["sources"]["areas"]["tiles"][0].startswith("https://map.example.org/town/collections/areas/tiles/")


def test_every_answer_keeps_the_browser_on_this_origin(public: httpx.Client) -> None:
    for address in ("/", "/districts", "/nothing", "/collections/areas/tiles/WebMercatorQuad/0/0/0"):
        headers = public.get(address, headers=BROWSER).headers
        assert headers["content-security-policy"].startswith("default-src 'self';")
        assert "http" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in headers


def test_a_browser_gets_the_screens_and_a_program_the_links(town: Store, tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>screens</title>", encoding="utf-8")
    (tmp_path / "assets" / "overview-abc123.mjs").write_text("export {};" * 200, encoding="utf-8")
    (tmp_path / "assets" / "noto-abc123.woff2").write_bytes(b"wOF2")
    with serving(create_app(town, Settings(site=tmp_path))) as address, httpx.Client(base_url=address) as client:
        page = client.get("/?district=luxian#map", headers=BROWSER)
        links = client.get("/", headers={"Accept": "application/json"})
        forced = client.get("/?f=html", headers={"Accept": "application/json"})
        script = client.get("/assets/overview-abc123.mjs")
        again = client.get("/assets/overview-abc123.mjs", headers={"If-None-Match": script.headers["etag"]})
        font = client.get("/assets/noto-abc123.woff2")
    assert "screens" in page.text
    assert "screens" in forced.text
    assert page.headers["cache-control"] == "public, no-cache"
    assert "Accept" in page.headers["vary"]
    assert links.json()["title"] == "Gridscape"
    assert script.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert script.headers["content-type"].startswith("text/javascript")
    assert script.headers["content-encoding"] == "br"
    assert again.status_code == 304
    assert font.headers["content-type"] == "font/woff2"


def test_without_built_screens_a_page_says_how_to_build_them(town: Store, tmp_path: Path) -> None:
    with serving(create_app(town, Settings(site=tmp_path / "nothing"))) as address:
        page = httpx.get(address, headers=BROWSER)
    assert page.status_code == 200
    assert "make web" in page.text


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/..%2fsecret", "/assets/..%2f..%2fsecret", "/%00"])
def test_nothing_outside_the_screens_folder_is_served(path: str, town: Store, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")
    with serving(create_app(town, Settings(site=tmp_path / "site"))) as address:
        assert httpx.get(f"{address}{path}").status_code == 404
        assert httpx.get(f"{address}/link").status_code == 404


def test_health_says_that_the_store_is_away(own_town: Store) -> None:
    with serving(create_app(own_town, Settings(refresh_s=0))) as address, httpx.Client(base_url=address) as client:
        well = client.get("/health")
        lon_lat = {"lon": 105.337, "lat": 29.112}
        client.get("/locate", params=lon_lat)
        own_town.close()
        away = client.get("/health", headers={"Accept-Language": "en"})
        items = client.get("/collections/areas/items")
        from_memory = client.get("/locate", params=lon_lat)
    assert well.json()["status"] == "ok"
    assert isinstance(well.json()["warming_up"], bool)
    assert (away.status_code, items.status_code) == (503, 503)
    assert away.headers["retry-after"] == "5"
    assert from_memory.json()["district"]["slug"] == "luxian"
