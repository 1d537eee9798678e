"""Addresses in answers: built on the request's own base, or on the public URL that the operator gave."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request

from api.settings import Settings

Link = dict[str, object]


def base_of(request: Request, settings: Settings) -> str:
    """Return the address of the landing page without its trailing slash.

    The Host header has been checked against the hosts that this server answers to before any route is reached.
    """
    if settings.public_url is not None:
        return settings.public_url
    scheme, host = request.url.scheme, request.headers["host"]
    return f"{scheme}://{host}{request.scope.get('root_path', '')}".rstrip("/")


def address(base: str, *steps: str, query: Mapping[str, str] | Sequence[tuple[str, str]] = ()) -> str:
    """Return an address below a base; each step is escaped whole."""
    path = "".join(f"/{quote(step, safe='')}" for step in steps)
    asked = urlencode(query)
    return f"{base}{path}{'?' + asked if asked else ''}"


def link(rel: str, href: str, media_type: str, title: str, *, templated: bool = False) -> Link:
    """Return one link of an answer."""
    made: Link = {"rel": rel, "href": href, "type": media_type, "title": title}
    if templated:
        made["templated"] = True
    return made
