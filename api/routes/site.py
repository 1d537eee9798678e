"""The built screens: their front page and their assets."""

import html
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.responses import Response

from api.answers import HTML, cache_control, etag, matches, not_modified
from api.compression import SMALLEST, Coding, accepted, compress, compressible
from api.operations import Call, Operation, Operations
from spatial.errors import NotFound
from spatial.text import Text
from spatial.vocabulary import Audience

_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".map": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


PAGES = frozenset({"dispatch", "report", "statistics"})
"""The screens beside the front page."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the screens as it is sent: its body in every coding that makes it smaller."""

    media_type: str
    validator: str
    bodies: dict[Coding | None, bytes]


def declare(operations: Operations) -> None:
    """Declare the operations of this family; to come last, since it takes every path that is left."""
    operations.add(
        Operation(
            "getFile",
            "/{path:path}",
            Text("界面文件", "A file of the screens"),
            {},
            audience=Audience.PUBLIC,
            tag="site",
            documented=False,
            strict=False,
        ),
        file,
    )


def front_page(call: Call) -> Response:
    """Return the screens' front page, or a page that says how to build them."""
    index = call.service.settings.site / "index.html"
    if not index.is_file():
        return Response(_not_built(), 200, {"Cache-Control": "no-store", "Vary": "Accept"}, HTML)
    return _send(call, index, f"{cache_control(Audience.PUBLIC)}", vary="Accept, Accept-Encoding")


def file(call: Call) -> Response:
    """Return one file of the built screens, `/dispatch` being dispatch.html; hashed assets may be kept for ever."""
    root = call.service.settings.site.resolve()
    asked = call.step("path")
    if asked in PAGES:
        asked = f"{asked}.html"
    path = (root / asked).resolve() if "\x00" not in asked else root
    if not path.is_relative_to(root) or not path.is_file():
        raise NotFound(
            Text("这里没有内容", "There is nothing here"),
            Text("接口目录见 /api，地图见 /", "See /api for what can be asked, and / for the map"),
        )
    hashed = path.is_relative_to(root / "assets")
    return _send(call, path, cache_control(Audience.PUBLIC, for_a_year=hashed), vary="Accept-Encoding")


def _send(call: Call, path: Path, control: str, vary: str) -> Response:
    stat = path.stat()
    known = _read(path, stat.st_mtime_ns, stat.st_size)
    if matches(call.held, known.validator):
        return not_modified(known.validator, control)
    coding = accepted(call.request.headers.get("accept-encoding", ""))
    headers = {"ETag": known.validator, "Cache-Control": control, "Vary": vary}
    if coding in known.bodies and coding is not None:
        headers["Content-Encoding"] = coding.value
        return Response(known.bodies[coding], 200, headers, known.media_type)
    return Response(known.bodies[None], 200, headers, known.media_type)


@lru_cache(maxsize=512)
def _read(path: Path, _mtime_ns: int, _size: int) -> _File:
    """Read and compress a file once; its time and size are part of the key, so that a new build is seen."""
    body = path.read_bytes()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if media_type.startswith("text/"):
        media_type = f"{media_type}; charset=utf-8"
    bodies: dict[Coding | None, bytes] = {None: body}
    if compressible(media_type) and len(body) >= SMALLEST:
        bodies |= {coding: compress(body, coding, thorough=True) for coding in Coding}
    return _File(media_type, etag(body), bodies)


def _not_built() -> str:
    lines = (
        ("界面尚未构建。请在项目根目录运行 make web，然后刷新本页。", "zh"),
        ("The screens have not been built. Run make web in the project's root, then load this page again.", "en"),
    )
    said = "".join(f'<p lang="{language}">{html.escape(line)}</p>' for line, language in lines)
    return (
        '<!doctype html><html lang="zh"><meta charset="utf-8"><title>Gridscape</title>'
        f'<h1>Gridscape</h1>{said}<p><a href="/collections">/collections</a> · <a href="/api">/api</a></p></html>'
    )
