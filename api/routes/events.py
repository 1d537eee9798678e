"""The stream of what happens, as server-sent events that resume where they were broken off."""

import time
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from api.answers import dumps
from api.incident_answers import message
from api.operations import Call, Operation, Operations
from api.parameters import Parameter, unusable
from api.told import Anew, Told
from spatial.errors import Unavailable
from spatial.text import Text
from spatial.vocabulary import Audience

EVENT_STREAM = "text/event-stream"
WRITTEN_KEPT = 2_000
"""So many messages are kept as they were sent."""

# by identity: while a message is held here, nothing else has its number
_held: dict[int, tuple[Told, bytes]] = {}

LOOKED_AT_EVERY_S = 5.0
"""How often it is looked at, where anything is to be told, whether who listens may still hear it."""


def _event(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 16):
        raise unusable("after", text, Text("请给出事件编号", "Give the number of an event"))
    return int(text)


AFTER_EVENT = Parameter(
    "after",
    Text("从该事件之后开始", "Begin behind this event; Last-Event-ID says it too, and counts first"),
    {"type": "integer", "minimum": 0},
    _event,
)


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "events",
            "/events",
            Text("事件动态，可断点续传", "What happens to incidents, as it happens; resumes from Last-Event-ID"),
            {EVENT_STREAM: {"type": "string"}},
            parameters=(AFTER_EVENT,),
            audience=Audience.STAFF,
            tag="incidents",
        ),
        events,
    )


async def events(call: Call) -> Response:
    """Open a stream; it ends when the listener goes, is too slow, or the server stops.

    Raises StoreUnavailable, before the stream begins, where the incidents could not be read yet.
    """
    await call.service.live.board()
    said = call.request.headers.get("last-event-id", "").strip()
    after = _event(said) if said else call.asked.get(AFTER_EVENT)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_told(call, after), 200, headers, EVENT_STREAM)


async def _told(call: Call, after: int | None) -> AsyncIterator[bytes]:
    yield b"retry: 1000\n\n" + _beat(call)
    looked_at = time.monotonic()
    async for told in call.service.live.listen(call.caller, after):
        if time.monotonic() - looked_at >= LOOKED_AT_EVERY_S:
            # whoever signed out, was disabled or has other areas now hears nothing more; who listens is still there
            try:
                if not await call.service.identity.stands(call.caller, call.request):
                    return
            except Unavailable:
                # nobody knows: the stream stays open, and what there is to tell waits for it to come back
                if told:
                    return
            looked_at = time.monotonic()
        yield b"".join(map(_written, told)) or _beat(call)


def _beat(call: Call) -> bytes:
    """Return what a stream begins with and says while nothing happens: for whom it is, and where the trail ends.

    It has no `id`: who comes back does so behind what was told.
    """
    caller = call.caller
    content = {"event": call.service.live.last, "account": caller.account, "scope": list(caller.scope)}
    return b"event: beat\ndata: %s\n\n" % dumps(content)


def _written(told: Told) -> bytes:
    """Return a message as it is sent; it is written once, however many listen."""
    held = _held.get(id(told))
    if held is not None:
        return held[1]
    name, content = message(told)
    # one event may tell of several incidents: only behind the last of them has it been heard
    number = b"id: %d\n" % told.id if isinstance(told, Anew) or told.ends else b""
    written = number + b"event: %s\ndata: %s\n\n" % (name.encode(), dumps(content))
    while len(_held) >= WRITTEN_KEPT:
        del _held[next(iter(_held))]
    _held[id(told)] = (told, written)
    return written
