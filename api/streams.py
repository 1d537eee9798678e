"""Those who listen: a queue for each, what is put into it, and the end of one that falls behind."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from api.caller import Caller
from api.told import Anew, Message, Told

QUEUE_LENGTH = 2_000
"""A stream that is so many messages behind is ended: it comes back and asks for what it missed."""


@dataclass(eq=False, slots=True)
class Stream:
    """One who listens; `behind` once messages were lost on the way."""

    caller: Caller
    queue: "asyncio.Queue[Told]" = field(default_factory=lambda: asyncio.Queue(QUEUE_LENGTH))
    behind: bool = False

    def waiting(self) -> list[Told]:
        """Take all that is to be told and has not been taken yet."""
        return [self.queue.get_nowait() for _ in range(self.queue.qsize())]


class Streams:
    """The streams that are open; used on the event loop alone."""

    def __init__(self) -> None:
        self._streams: set[Stream] = set()

    def __len__(self) -> int:
        return len(self._streams)

    def __iter__(self) -> Iterator[Stream]:
        return iter(list(self._streams))

    def open(self, caller: Caller) -> Stream:
        """Add one who listens from now on."""
        stream = Stream(caller)
        self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        """Forget one who has gone."""
        self._streams.discard(stream)

    def tell(self, message: Message) -> None:
        """Tell of an incident to each who may hear of it, or that it left, to those who had it before."""
        for stream in self:
            bounds = stream.caller.bounds
            if message.row is not None and bounds(message.row["path"]):
                self.put(stream, message)
            elif message.before is not None and bounds(message.before):
                self.put(stream, replace(message, row=None))

    def put(self, stream: Stream, told: Told) -> None:
        """Tell one stream; it is ended where it is too far behind."""
        try:
            stream.queue.put_nowait(told)
        except asyncio.QueueFull:
            self.lose(stream)

    def lose(self, stream: Stream) -> None:
        """End a stream: what it has not heard yet is dropped, and it will ask for that again."""
        stream.behind = True
        self._streams.discard(stream)
        while not stream.queue.empty():
            stream.queue.get_nowait()
        stream.queue.put_nowait(Anew(0))  # wakes it; it is not told, because its number is not new
