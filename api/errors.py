"""Which status each error has, and how errors are told: application/problem+json in the caller's language."""

import logging
import re
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from spatial.errors import (
    BadInput,
    ConditionMissing,
    Conflict,
    GridscapeError,
    KeyReused,
    LimitExceeded,
    NoSpace,
    NotFound,
    Refused,
    Stale,
    StoreDamaged,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from spatial.text import Language, Text

log = logging.getLogger("gridscape.api")

STATUS: dict[type[GridscapeError], int] = {
    BadInput: 400,
    ConditionMissing: 428,
    KeyReused: 422,
    Unauthenticated: 401,
    Refused: 403,
    NotFound: 404,
    Conflict: 409,
    Stale: 412,
    LimitExceeded: 413,
    TooMany: 429,
    GridscapeError: 500,
    StoreDamaged: 500,
    Unavailable: 503,
    NoSpace: 507,
}
"""The one table of status codes; an error has the status of its nearest ancestor here."""

PROBLEM_JSON = "application/problem+json"

# what the framework itself may answer, said in our words
_PLAIN: dict[int, tuple[Text, Text]] = {
    404: (
        Text("这里没有内容", "There is nothing here"),
        Text("接口目录见 /api，数据集见 /collections", "See /api for what can be asked and /collections for the data"),
    ),
    405: (
        Text("此地址不接受这种请求方法", "This address does not take that method"),
        Text("请改用 GET", "Use GET instead"),
    ),
}
_UNEXPECTED = GridscapeError(
    Text("服务器出现意外错误", "Something unexpected went wrong here"),
    Text(
        "请稍后重试；若仍出现，请把时间告知运维人员", "Try again later; if it stays, tell the operator when it happened"
    ),
)


def status_of(error: GridscapeError) -> int:
    """Return the status code of an error of ours."""
    return next(STATUS[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUS)


def problem(error: GridscapeError, language: Language, instance: str, status: int | None = None) -> Response:
    """Return an error as a problem document (RFC 9457), with `problem` and `remedy` apart for screens."""
    status = status_of(error) if status is None else status
    document: dict[str, Any] = {
        "type": f"urn:gridscape:problem:{_slug(type(error))}",
        "title": error.problem.in_language(language),
        "status": status,
        "detail": error.in_language(language),
        "problem": error.problem.in_language(language),
        "remedy": error.remedy.in_language(language) if error.remedy else None,
        "instance": instance,
        "details": error.details,
    }
    headers = {"Cache-Control": "no-store", "Content-Language": language.value, "Vary": "Accept-Language"}
    match status:
        case 401:
            # browsers ask for a password of their own for Basic, so it is named only to those who came with it
            basic = error.details.get("scheme") == "basic"
            headers["WWW-Authenticate"] = f'{"Basic" if basic else "Bearer"} realm="Gridscape"'
        case 429:
            headers["Retry-After"] = str(error.details.get("retry_after_s", 5))
        case 503:
            headers["Retry-After"] = "5"
    return Response(orjson.dumps(document, default=str), status, headers, PROBLEM_JSON)


def problem_for(request: Request, error: GridscapeError, status: int | None = None) -> Response:
    """Return an error as a problem document in the language of the request."""
    return problem(error, Language.parse(request.headers.get("accept-language")), request.url.path, status)


def unexpected(request: Request, error: Exception) -> Response:
    """Log an error that is not ours, and return a problem document that tells nothing of it."""
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem_for(request, _UNEXPECTED)


def install(app: FastAPI) -> None:
    """Let an application tell all its errors as problem documents."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, GridscapeError)
        if status_of(error) >= 500:
            log.error("%s %s: %s", request.method, request.url.path, error)
        return problem_for(request, error)

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        said = _PLAIN.get(error.status_code)
        words = said or (Text(error.detail, error.detail), None)
        answer = problem_for(request, _Plain(words[0], words[1]), error.status_code)
        _add(answer, error.headers or {})
        return answer

    async def outermost(request: Request, error: Exception) -> Response:
        return unexpected(request, error)

    app.add_exception_handler(GridscapeError, ours)
    app.add_exception_handler(HTTPException, plain)
    app.add_exception_handler(Exception, outermost)


class _Plain(GridscapeError):
    """What the framework refused."""


def _add(answer: Response, headers: Mapping[str, str]) -> None:
    for name, value in headers.items():
        answer.headers[name] = value


def _slug(kind: type[GridscapeError]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__.lstrip("_")).lower()
