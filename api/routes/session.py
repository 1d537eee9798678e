"""Signing in, who one is, and signing out."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.bodies import Body, read, schema_of
from api.caller import DEMO, PUBLIC, Caller
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import Audience, word

BODY_MAXIMUM = 4000


class SignIn(Body):
    """Who signs in."""

    login: str
    password: str


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    answers = as_json("Session")
    operations.add_async(
        Operation(
            "getSession",
            "/session",
            Text("当前账户、角色和辖区", "Who is signed in: account, role and areas; role is null for the public"),
            answers,
            audience=Audience.PUBLIC,
            tag="session",
        ),
        session,
    )
    operations.add_async(
        Operation(
            "signIn",
            "/session",
            Text("登录", "Sign in; the answer sets a cookie"),
            answers,
            audience=Audience.PUBLIC,
            tag="session",
            body=schema_of(SignIn),
            guarded=False,
        ),
        sign_in,
    )
    operations.add_async(
        Operation(
            "signOut",
            "/session",
            Text("退出登录", "Sign out"),
            answers,
            audience=Audience.PUBLIC,
            tag="session",
            verb="DELETE",
        ),
        sign_out,
    )


async def session(call: Call) -> Response:
    """Tell who asks."""
    return await _told(call, call.caller)


async def sign_in(call: Call) -> Response:
    """Begin a session under a new secret, whatever the request came with."""
    posted = await read(call.request, SignIn, BODY_MAXIMUM)
    identity = call.service.identity
    secret, caller = await identity.sign_in(posted.login, posted.password, call.request)
    answer = await _told(call, caller)
    answer.set_cookie(
        identity.cookie,
        secret,
        max_age=int(identity.limits.absolute.total_seconds()),
        path="/",
        secure=identity.https,
        httponly=True,
        samesite="lax",
    )
    return answer


async def sign_out(call: Call) -> Response:
    """End the session; nobody signed in is no matter."""
    identity = call.service.identity
    await identity.sign_out(call.request)
    answer = await _told(call, DEMO if call.service.settings.open_demo else PUBLIC)
    answer.delete_cookie(identity.cookie, path="/", secure=identity.https, httponly=True, samesite="lax")
    return answer


async def _told(call: Call, caller: Caller) -> Response:
    role = caller.role
    words = None if role is None else word(role)
    scope = await run_in_threadpool(_areas, call.service.store, caller) if caller.scope else []
    document = {
        "account": None if role is None else caller.account,
        "name": caller.name if role is not None else None,
        "role": None if role is None else role.value,
        "role_name": None if words is None else {"zh": words.zh, "en": words.en},
        "scope": scope,
        "csrf": caller.request_key,
        "ends_at": caller.ends_at,
        "open_demo": call.service.settings.open_demo,
        "playing": call.service.play is not None and caller is DEMO,
    }
    return json_answer(document, headers={"Cache-Control": "no-store"})


def _areas(store: Store, caller: Caller) -> list[dict[str, Any]]:
    """Return the areas that bound a caller; one that is in no newest edition any more has no name."""
    codes = tuple(path.rpartition("/")[2] for path in caller.scope)
    columns = ("code", "district", "name", "name_en", "level", "path")
    query = Query(paths=caller.scope, tree=MAIN_TREE, equal={"code": codes}, columns=columns, shapes=False)
    rows = {str(row["path"]): row for row in store.read(AREAS.id, query).rows()}
    found = []
    for path, code in zip(caller.scope, codes, strict=True):
        row = rows.get(path, {})
        found.append({"path": path, **{name: row.get(name) for name in columns if name != "path"}, "code": code})
    return found
