"""One HTML file that needs nothing else: every script, style and picture that it names is put into it.

The files come from installed packages. What is not known here is refused, so that a new version of a renderer cannot
bring a network request back unseen; a content security policy in the file then forbids them to the browser as well.
"""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from importlib import resources
from types import MappingProxyType

from spatial.errors import BadInput
from spatial.text import Text

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "font-src data:; connect-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'"
)
"""What a browser lets an exported file do: run what is in it, and fetch nothing."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A file inside an installed package."""

    package: str
    path: str

    def text(self) -> str:
        """Return what the file holds as text."""
        return resources.files(self.package).joinpath(self.path).read_text(encoding="utf-8")

    def bytes(self) -> bytes:
        """Return what the file holds."""
        return resources.files(self.package).joinpath(self.path).read_bytes()

    def beside(self, relative: str) -> "Asset":
        """Return another file of the package, by its address relative to this one."""
        folder = self.path.rsplit("/", 1)[0] if "/" in self.path else ""
        return Asset(self.package, f"{folder}/{relative}" if folder else relative)


KNOWN: dict[str, Asset] = {
    # folium 0.20 links to the files that XStatic-Leaflet carries
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.js": Asset("xstatic.pkg.leaflet", "data/leaflet.js"),
    "https://cdn.jsdelivr.net/npm/leaflet@1.9.3/dist/leaflet.css": Asset("xstatic.pkg.leaflet", "data/leaflet.css"),
    "gridscape:legend.js": Asset("layers.browser", "legend.js"),
    "gridscape:labels.js": Asset("layers.browser", "labels.js"),
    "gridscape:flat_map.js": Asset("layers.browser", "flat_map.js"),
    "gridscape:scene.js": Asset("layers.browser", "scene.js"),
    "gridscape:page.css": Asset("layers.browser", "page.css"),
}
"""Address → the file that stands for it; addresses of our own begin with `gridscape:`."""

_SCRIPT = re.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']?([^\"'\s>]+)[\"']?[^>]*>\s*</script>", re.IGNORECASE)
_STYLESHEET = re.compile(
    r"<link\b(?=[^>]*\brel\s*=\s*[\"']?stylesheet)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)[\"']?[^>]*/?>", re.IGNORECASE
)
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_IMPORT = re.compile(r"@import\b")
_SOURCE_MAP = re.compile(r"^\s*(//|/\*)[#@]\s*sourceMappingURL=.*$", re.MULTILINE)
_MEDIA = {"png": "image/png", "svg": "image/svg+xml", "gif": "image/gif", "woff2": "font/woff2", "jpg": "image/jpeg"}


def single_file(
    page: str, written: Mapping[str, str] = MappingProxyType({}), unused: frozenset[str] = frozenset()
) -> str:
    """Return a page with every asset that it names put into it.

    `written`: address → content that was made for this page. `unused`: addresses whose tags are taken out, since
    nothing in the page needs them. Raises BadInput where the page
    names an address that is neither known nor unused, in whatever attribute or style.
    """

    def script(match: re.Match[str]) -> str:
        address = match.group(1)
        if address in unused:
            return ""
        code = written[address] if address in written else _known(address).text()
        return f"<script>{_as_script(code)}</script>"

    def stylesheet(match: re.Match[str]) -> str:
        address = match.group(1)
        if address in unused:
            return ""
        if address in written:
            return f"<style>{written[address]}</style>"
        asset = _known(address)
        return f"<style>{_with_pictures(asset.text(), asset)}</style>"

    # without a function as replacement, backslashes in the scripts would be read as escapes
    whole = _STYLESHEET.sub(stylesheet, _SCRIPT.sub(script, page))
    guarded = whole.replace("<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}">', 1)
    check_whole(guarded)
    return guarded


def check_whole(page: str) -> None:
    """Raise BadInput where a page names anything outside itself in a tag, a style or an import."""
    found = _Addresses()
    found.feed(page)
    found.close()
    if found.outside:
        raise _unknown(found.outside[0])


def script_safe(json_text: str) -> str:
    """Return JSON that can stand inside a script: no text in it can end the script or open a comment."""
    return json_text.replace("<", "\\u003c").replace(">", "\\u003e").replace("\u2028", "\\u2028")


class _Addresses(HTMLParser):
    """Collects what a page would load."""

    _LOADING = frozenset(
        {"src", "srcset", "href", "data", "poster", "action", "formaction", "background", "xlink:href"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        for name, value in attrs:
            # a link that a person may follow loads nothing by itself
            if name in self._LOADING and not (tag == "a" and name == "href"):
                self._note(value or "")
            elif name == "style":
                self._note_style(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._note_style(data)

    def _note_style(self, style: str) -> None:
        for address in _URL.findall(style):
            self._note(address)
        if _IMPORT.search(style):
            self.outside.append("@import")

    def _note(self, address: str) -> None:
        if address and not address.startswith(("data:", "#", "blob:")):
            self.outside.append(address)


def _known(address: str) -> Asset:
    asset = KNOWN.get(address)
    if asset is None:
        raise _unknown(address)
    return asset


def _unknown(address: str) -> BadInput:
    return BadInput(
        Text(f"页面引用了未知的外部资源 {address}", f"The page names an asset that is not known: {address}"),
        Text(
            "请在 layers/single_file.py 的 KNOWN 中登记它所在的软件包",
            "Say in layers/single_file.py, under KNOWN, which installed package has it",
        ),
        address=address,
    )


def _as_script(code: str) -> str:
    # a source map would be looked for beside the page
    return re.sub(r"</(script)", r"<\\/\1", _SOURCE_MAP.sub("", code), flags=re.IGNORECASE)


def _with_pictures(style: str, asset: Asset) -> str:
    def picture(match: re.Match[str]) -> str:
        address = match.group(1)
        if address.startswith(("data:", "#")):
            return match.group(0)
        if "://" in address or address.startswith("//"):
            raise _unknown(address)
        media = _MEDIA.get(address.rsplit(".", 1)[-1])
        if media is None:
            raise _unknown(address)
        encoded = base64.b64encode(asset.beside(address).bytes()).decode()
        return f"url(data:{media};base64,{encoded})"

    return _URL.sub(picture, style)
