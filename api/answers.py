"""How answers are written: JSON, validators (ETag), and how long a cache may keep them."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

from api.freshness import digest
from spatial.vocabulary import Audience

JSON = "application/json"
GEO_JSON = "application/geo+json"
SCHEMA_JSON = "application/schema+json"
OPENAPI_JSON = "application/vnd.oai.openapi+json;version=3.1"
MVT = "application/vnd.mapbox-vector-tile"
HTML = "text/html; charset=utf-8"
_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS
YEAR_S = 31_536_000


def dumps(content: Any) -> bytes:
    """Return content as JSON; NaN becomes null, times are UTC with a Z."""
    return orjson.dumps(content, option=_OPTIONS)


def json_answer(content: Any, media_type: str = JSON, headers: Mapping[str, str] | None = None) -> Response:
    """Return content as an answer of a JSON media type."""
    return Response(content if isinstance(content, bytes) else dumps(content), 200, headers, media_type)


def etag(*parts: object) -> str:
    """Return a weak validator made of some values: the same content may be compressed in several ways."""
    return f'W/"{digest(*parts)}"'


def matches(if_none_match: str | None, validator: str) -> bool:
    """Return whether a caller already holds what a validator stands for (weak comparison, RFC 9110)."""
    if not if_none_match:
        return False
    held = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return "*" in held or validator.removeprefix("W/") in held


def cache_control(audience: Audience, *, for_a_year: bool = False) -> str:
    """Return how long an answer may be kept: what is for staff stays in the caller's own cache."""
    who = "public" if audience is Audience.PUBLIC else "private"
    return f"{who}, max-age={YEAR_S}, immutable" if for_a_year else f"{who}, no-cache"


def not_modified(validator: str, control: str) -> Response:
    """Return the answer that what the caller holds still stands."""
    return Response(status_code=304, headers={"ETag": validator, "Cache-Control": control})


def revalidated(
    held: str | None, audience: Audience, content: Any, media_type: str = JSON, vary: str | None = None
) -> Response:
    """Return a document whose validator is made of its bytes, or that the one that the caller holds still stands."""
    body = content if isinstance(content, bytes) else dumps(content)
    validator, control = etag(body), cache_control(audience)
    if matches(held, validator):
        return not_modified(validator, control)
    headers = {"ETag": validator, "Cache-Control": control}
    if vary is not None:
        headers["Vary"] = vary
    return Response(body, 200, headers, media_type)
