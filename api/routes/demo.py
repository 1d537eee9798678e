"""How fast the demo plays: there only where one does, and only for those whom the open demo lets in unasked."""

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.bodies import Body, read, schema_of
from api.caller import DEMO
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.playing import FASTEST, SPEEDS, Play, PlayState
from spatial.errors import NotFound
from spatial.governance import Role
from spatial.text import Text
from spatial.vocabulary import Audience


class PlayBody(Body):
    """How the demo is to play. `speed`: so many times as fast as a real day."""

    speed: int = Field(ge=1, le=FASTEST)
    paused: bool


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "getDemo",
            "/demo",
            Text("演示的速度", "How fast the demo plays; 404 where none does"),
            as_json("Demo"),
            audience=Audience.STAFF,
            tag="service",
        ),
        demo,
    )
    operations.add_async(
        Operation(
            "setDemo",
            "/demo",
            Text("调整演示的速度，或暂停", "Let the demo play faster or slower, or pause it"),
            as_json("Demo"),
            audience=Audience.STAFF,
            roles=frozenset(Role),
            tag="service",
            body=schema_of(PlayBody),
            verb="PUT",
        ),
        set_demo,
    )


async def demo(call: Call) -> Response:
    """Tell how it plays."""
    return _told(_play(call).state())


async def set_demo(call: Call) -> Response:
    """Change how it plays; the same again changes nothing. Once a pause is answered, nothing is written any more."""
    play = _play(call)
    wanted = await read(call.request, PlayBody)
    chosen = play.choose(wanted.speed, wanted.paused)
    if chosen.paused:
        await run_in_threadpool(play.settle)
    return _told(chosen)


def _play(call: Call) -> Play:
    """Return the demo that plays; raises NotFound, also for those who have signed in: it is not theirs to steer."""
    play = call.service.play
    if play is None or call.caller is not DEMO:
        raise NotFound(
            Text("没有正在演示的内容", "No demo plays here"),
            Text("用 gridscape serve --open-demo 启动演示", "Start one: gridscape serve --open-demo"),
        )
    return play


def _told(state: PlayState) -> Response:
    told = {
        "speed": state.speed,
        "paused": state.paused,
        "ended": state.ended,
        "districts": list(state.districts),
        "speeds": list(SPEEDS),
    }
    return json_answer(told, headers={"Cache-Control": "no-store"})
