"""What makes a page one file: known assets are put into it, unknown ones are refused."""

import pytest

from layers.single_file import KNOWN, POLICY, check_whole, script_safe, single_file
from spatial.errors import BadInput

LEAFLET = "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet"


def page(head: str = "", body: str = "") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def test_scripts_styles_and_their_pictures_are_put_into_the_page() -> None:
    links = f'<link rel="stylesheet" href="{LEAFLET}.css"/><script src="{LEAFLET}.js"></script>'
    made = single_file(page(links))
    assert "Leaflet 1.9.3" in made
    assert "url(data:image/png;base64," in made
    assert "sourceMappingURL" not in made
    assert POLICY in made


@pytest.mark.parametrize(
    "piece",
    [
        '<script src="https://cdn.example.org/new.js"></script>',
        "<script src=//cdn.example.org/new.js></script>",
        '<link rel="stylesheet" href="https://cdn.example.org/new.css">',
        '<link rel="icon" href="/favicon.ico">',
        '<img src="https://tiles.example.org/0/0/0.png">',
        '<img srcset="a.png 2x">',
        '<div style="background:url(https://example.org/a.png)"></div>',
        "<style>@import 'https://example.org/a.css';</style>",
        "<style>body { background: url('a.png') }</style>",
        '<iframe src="https://example.org"></iframe>',
        '<form action="https://example.org"></form>',
        '<svg><image xlink:href="https://example.org/a.png"/></svg>',
    ],
)
def test_an_asset_that_is_not_known_is_refused(piece: str) -> None:
    with pytest.raises(BadInput):
        single_file(page(body=piece))


def test_a_link_that_a_person_may_follow_is_no_asset() -> None:
    check_whole(page(body='<a href="https://leafletjs.com">Leaflet</a><img src="data:image/png;base64,AA=="/>'))


def test_what_is_declared_unused_is_taken_out() -> None:
    address = "https://unpkg.com/maplibre-gl@5.14.0/dist/maplibre-gl.css"
    made = single_file(page(f"<link rel=stylesheet href={address} />"), unused=frozenset({address}))
    assert address not in made


def test_every_known_asset_is_in_an_installed_package() -> None:
    assert all(len(asset.bytes()) > 500 for asset in KNOWN.values())


@pytest.mark.parametrize("text", ["</script><script>alert(1)</script>", "<!-- <script>", "\u2028"])
def test_text_in_a_script_cannot_end_it(text: str) -> None:
    safe = script_safe(f'"{text}"')
    assert "<" not in safe
    assert ">" not in safe
    assert "\u2028" not in safe
