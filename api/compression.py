"""Compression of answers: brotli where the caller takes it, else gzip."""

import gzip
from enum import StrEnum

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SMALLEST = 600
"""Below this many bytes an answer fits into one packet as it is."""

_ON_THE_LOOP = 16_384
"""Above this many bytes compressing takes a millisecond or more, and is done in a thread."""

_TYPES = ("text/", "image/svg+xml", "application/vnd.mapbox-vector-tile", "application/javascript", "application/wasm")


class Coding(StrEnum):
    """The content codings that are offered, best first."""

    BROTLI = "br"
    GZIP = "gzip"


def accepted(accept_encoding: str) -> Coding | None:
    """Return the best coding that an Accept-Encoding header takes, None where it takes neither."""
    takes: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        try:
            quality = float(parameters.partition("=")[2]) if "q=" in parameters else 1.0
        except ValueError:
            quality = 0.0
        takes[name.strip()] = quality
    anything = takes.get("*", 0.0)
    return next((coding for coding in Coding if takes.get(coding.value, anything) > 0), None)


def compress(body: bytes, coding: Coding, *, thorough: bool = False) -> bytes:
    """Return a body in a coding; `thorough` for what is compressed once and sent often."""
    match coding:
        case Coding.BROTLI:
            return bytes(brotli.compress(body, quality=9 if thorough else 4))
        case Coding.GZIP:
            return gzip.compress(body, compresslevel=9 if thorough else 6, mtime=0)


def compressible(media_type: str) -> bool:
    """Return whether answers of a media type shrink."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence.startswith(_TYPES) or essence.endswith("json")


class Compression:
    """Compresses answers that come in one piece; streams, ranges and what is compressed already pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        coding = accepted(Headers(scope=scope).get("accept-encoding", ""))
        start: Message | None = None

        async def squeezed(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                start = message
                return
            if start is not None and message["type"] == "http.response.body":
                headers = MutableHeaders(scope=start)
                if compressible(headers.get("content-type", "")):
                    headers.add_vary_header("Accept-Encoding")
                    body = message.get("body", b"")
                    whole = not message.get("more_body", False) and start["status"] == 200
                    if whole and coding and len(body) >= SMALLEST and "content-encoding" not in headers:
                        if len(body) > _ON_THE_LOOP:
                            body = await run_in_threadpool(compress, body, coding)
                        else:
                            body = compress(body, coding)
                        headers["Content-Encoding"] = coding.value
                        headers["Content-Length"] = str(len(body))
                        message = {**message, "body": body}
                await send(start)
                start = None
            await send(message)

        await self._app(scope, receive, squeezed)
