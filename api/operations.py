"""What can be asked of the server, declared once: the route, its parameters, its audience and its documentation."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api import errors
from api.answers import JSON
from api.audience import may_see
from api.caller import Caller, sign_in_first
from api.identity import refuse_forged
from api.links import base_of
from api.parameters import Asked, Parameter, ask
from api.service import Service
from spatial.errors import GridscapeError, NotFound, Refused
from spatial.governance import Role
from spatial.text import Language, Text
from spatial.vocabulary import Audience, word


@dataclass(frozen=True, slots=True)
class Call:
    """One request as a handler sees it: who asks, for what, and the address that links are built on."""

    request: Request
    service: Service
    caller: Caller
    asked: Asked
    base: str
    language: Language

    def step(self, name: str) -> str:
        """Return a step of the path."""
        return str(self.request.path_params[name])

    @property
    def audience(self) -> Audience:
        """What the caller may see within its scope."""
        return self.caller.audience

    @property
    def held(self) -> str | None:
        """What the caller says it already holds."""
        return self.request.headers.get("if-none-match")


Handler = Callable[[Call], Response]
AsyncHandler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be asked: by GET, by POST where a document comes with it, or by another `verb`.

    `answers`: media type → JSON schema (a `$ref` into the components, as a rule). `steps`: the path's own parameters,
    by name. `audience`: who may know of it. `roles`: who of the staff may ask it, all of them where none are named;
    what changes something names them. `documented`: shown in the API definition. `instead`: the error for a caller who
    may not see it.
    `strict`: a parameter that is not declared is an error; the screens' own addresses carry parameters of theirs.
    `may_be_empty`: the answer may be 204, as of a tile with nothing in it. `body`: the JSON schema of the document
    that is posted; None for what comes without one. `guarded`: where it is no GET, whoever comes with a cookie must
    bring X-CSRF-Token; not for a question, nor for signing in.
    `takes`: the media types of what is posted.
    `keyed`: comes with an Idempotency-Key; `conditional`: and with an If-Match.
    """

    id: str
    path: str
    summary: Text
    answers: Mapping[str, Mapping[str, Any]]
    audience: Audience
    roles: frozenset[Role] | None = None
    parameters: tuple[Parameter[Any], ...] = ()
    steps: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    tag: str = "features"
    documented: bool = True
    strict: bool = True
    may_be_empty: bool = False
    instead: Callable[[Audience], NotFound] | None = None
    body: Mapping[str, Any] | None = None
    takes: tuple[str, ...] = (JSON,)
    keyed: bool = False
    conditional: bool = False
    verb: str | None = None
    guarded: bool = True

    @property
    def method(self) -> str:
        """The method by which it is asked."""
        return self.verb or ("GET" if self.body is None else "POST")

    @property
    def changes(self) -> bool:
        """Whether it changes something, so that another site must not be able to send it."""
        return self.method != "GET" and self.guarded


class Operations:
    """What can be asked, in the order in which it was declared; `bind` makes routes of it."""

    def __init__(self) -> None:
        self._handlers: list[tuple[Operation, AsyncHandler]] = []

    @property
    def declared(self) -> list[Operation]:
        """The operations without their handlers."""
        return [operation for operation, _ in self._handlers]

    def add(self, operation: Operation, handler: Handler) -> None:
        """Declare an operation that may block: it runs in a thread."""

        async def threaded(call: Call) -> Response:
            return await run_in_threadpool(handler, call)

        self.add_async(operation, threaded)

    def add_async(self, operation: Operation, handler: AsyncHandler) -> None:
        """Declare an operation that answers from memory, on the event loop."""
        self._handlers.append((operation, handler))

    def bind(self, app: FastAPI, service: Service) -> None:
        """Add a route to an application for each operation."""
        for operation, handler in self._handlers:
            endpoint = _endpoint(operation, handler, service)
            app.router.add_route(operation.path, endpoint, methods=[operation.method], name=operation.id)


def _endpoint(
    operation: Operation, handler: AsyncHandler, service: Service
) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        caller = await service.identity.caller_of(request)
        if not may_see(caller.audience, operation.audience):
            if caller.ended:
                raise sign_in_first()
            raise operation.instead(caller.audience) if operation.instead else _nothing()
        if operation.changes:
            refuse_forged(request, caller)
        _refuse_role(operation, caller)
        call = Call(
            request,
            service,
            caller,
            ask(request.query_params, operation.parameters, strict=operation.strict),
            base_of(request, service.settings),
            Language.parse(request.headers.get("accept-language")),
        )
        try:
            return await handler(call)
        except GridscapeError:
            raise
        except Exception as error:
            return errors.unexpected(request, error)

    return endpoint


def _refuse_role(operation: Operation, caller: Caller) -> None:
    if operation.roles is None or caller.role in operation.roles:
        return
    roles = [word(role) for role in Role if role in operation.roles]
    zh, en = "、".join(role.zh for role in roles), ", ".join(role.en for role in roles)
    raise Refused(
        Text(f"此角色不能执行：{operation.summary.zh}", f"Nobody in this role may do this: {operation.summary.en}"),
        Text(f"可用角色：{zh}", f"These roles may: {en}"),
    )


def _nothing() -> NotFound:
    return NotFound(
        Text("这里没有内容", "There is nothing here"),
        Text("接口目录见 /api", "See /api for what can be asked"),
    )
