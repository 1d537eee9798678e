"""What happens, as it happens: the board in memory, kept by the trail of events, and the streams that follow it.

All of it lives on the event loop: only reading the store goes to threads. A message is told to a stream once, in the
order of the events, and a stream that comes back says which one it heard last.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import zip_longest

from starlette.concurrency import run_in_threadpool

from api.board_reading import PAGE, BoardReading, too_many
from api.caller import Caller
from api.listening import Listening
from api.streams import Stream, Streams
from api.told import Anew, Message, Switched, Told
from spatial.errors import GridscapeError, StoreUnavailable
from spatial.incidents.board import Board
from spatial.schema import INCIDENTS
from spatial.store.protocol import Store
from spatial.store.records import Event
from spatial.store.responses import RESPONSES
from spatial.text import Text

log = logging.getLogger("gridscape.live")

REPLAYED_AT_MOST = 5_000
"""A stream that missed more events than this is told to read the board anew."""

REPLAYS_KEPT = 64
"""So many answers to those who come back are kept for the next ones: after a restart everybody comes at once."""

READ_WITHIN_S = 15.0
"""Who asks for the board right after the start does not wait longer than this for it to be read."""

CAUGHT_UP_WITHIN_S = 3.0
"""Who wrote does not wait longer than this for its own change to be on the board: it is kept, whatever happens."""

Replay = tuple[int, int, tuple[str, ...]]
"""Behind which event, up to which one, and within which areas."""

WATCHED = (INCIDENTS.id, "districts")
"""The collections whose events change the board."""


class Live:
    """Keeps the board of a store and tells streams what changes on it.

    What others write is heard from the store, and then read from the trail. `poll_s`: after how many seconds the trail
    is looked at where others cannot be heard, or not to be relied on; `net_s`: where they can, in case one was missed.
    """

    def __init__(self, store: Store, now: Callable[[], datetime], poll_s: float = 0.2, net_s: float = 2.0) -> None:
        self._store = store
        self._now = now
        self._poll_s = poll_s
        self._net_s = net_s
        self._listening = Listening(store, self._heard)
        self._hearing = False
        self._unread = False
        self._board = Board()
        self._last = 0
        self._streams = Streams()
        self._replays: dict[Replay, asyncio.Task[list[Told]]] = {}
        self._reading = BoardReading(store, now)
        self._wake = asyncio.Event()
        self._ready = asyncio.Event()
        self._following: asyncio.Task[None] | None = None
        self._closing = False
        self._asked = 0
        self._served = 0
        self._served_more = asyncio.Condition()

    @property
    def last(self) -> int:
        """The id of the last event that the board has."""
        return self._last

    @property
    def listeners(self) -> int:
        """How many streams are told what happens."""
        return len(self._streams)

    def start(self) -> None:
        """Begin to follow the store; for the event loop."""
        if self._following is None:
            self._following = asyncio.create_task(self._follow())
            self._listening.start()

    async def board(self) -> Board:
        """Return the board once it has been read; it is asked on the event loop and not kept.

        Raises StoreUnavailable where the store has not let it be read.
        """
        self.start()
        try:
            await asyncio.wait_for(self._ready.wait(), READ_WITHIN_S)
        except TimeoutError:
            raise StoreUnavailable(
                Text("事件还没有读出来", "The incidents have not been read yet"),
                Text("稍后重试", "Try again in a moment"),
            ) from None
        return self._board

    async def caught_up(self) -> None:
        """Wait until the board has what this process wrote before the call, so that who wrote it sees it.

        Not for ever: where the store went away after the write, the board has it once the store is back.
        """
        await self.board()
        self._asked += 1
        mine = self._asked
        self._wake.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(CAUGHT_UP_WITHIN_S), self._served_more:
                await self._served_more.wait_for(lambda: self._served >= mine or self._closing)

    async def close(self) -> None:
        """End all streams and stop following."""
        self._closing = True
        self._wake.set()
        async with self._served_more:
            self._served_more.notify_all()
        for stream in self._streams:
            self._streams.lose(stream)
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
            await run_in_threadpool(self._listening.close)

    async def listen(self, caller: Caller, after: int | None) -> AsyncIterator[Sequence[Told]]:
        """Yield what a caller may hear, beginning behind the event `after`, all that there is at a time; nothing now
        and then where nothing happens.

        Ends where the listener is too slow or the server stops: it comes back and says what it heard last.
        """
        await self.board()
        if after is not None and after > self._last:
            await self.caught_up()  # who comes from another server may have heard what is not on this board yet
        stream = self._streams.open(caller)  # nothing is missed: what is read below ends where its queue begins
        upto = self._last
        try:
            if after is not None and after < upto:
                if missed := await self._replayed(after, upto, caller):
                    yield missed
            elif after is not None and after > upto:
                yield [Anew(upto)]  # heard what this trail does not have: a backup was restored, or a replica is behind
            while not stream.behind and not self._closing:
                try:
                    told = await asyncio.wait_for(stream.queue.get(), timeout=15.0)
                except TimeoutError:
                    yield []
                    continue
                waiting = [told, *stream.waiting()]
                if new := [each for each in waiting if each.id > upto]:
                    yield new
        finally:
            self._streams.leave(stream)

    async def _replayed(self, after: int, upto: int, caller: Caller) -> list[Told]:
        """Return what happened between two events, worked out once for all who come back from the same one at once."""
        key = (after, upto, caller.scope)
        replay = self._replays.get(key)
        if replay is None:
            while len(self._replays) >= REPLAYS_KEPT:
                self._replays.pop(next(iter(self._replays)))
            replay = self._replays[key] = asyncio.create_task(self._missed(after, upto, caller))
            replay.add_done_callback(lambda done: self._forget_failed(key, done))
        return await asyncio.shield(replay)

    def _forget_failed(self, key: Replay, done: "asyncio.Task[list[Told]]") -> None:
        if (done.cancelled() or done.exception() is not None) and self._replays.get(key) is done:
            del self._replays[key]

    async def _missed(self, after: int, upto: int, caller: Caller) -> list[Told]:
        """Return what happened between two events, each incident once, as it is now."""
        if upto - after > REPLAYED_AT_MOST:
            return [Anew(upto)]
        events = await run_in_threadpool(self._reading.events, after, upto)
        if events is None or any(too_many(event) for event in events):
            return [Anew(upto)]
        switched = await run_in_threadpool(self._reading.switched, events, [caller])
        told = [one for one, by in switched if by]
        events = [event for event in events if event.collection == INCIDENTS.id]
        latest = {(event.district or "", code): event for event in events for code in event.codes}
        found: list[Message] = []
        for key, event in sorted(latest.items(), key=lambda item: item[1].id):
            row = self._board.get(key)
            if row is not None and caller.bounds(row["path"]):
                found.append(Message(event.id, key, row, None, event.action, event.actor, event.at))
            elif not caller.scope:
                found.append(Message(event.id, key, None, None, event.action, event.actor, event.at))
        # whether what went away or moved had ever been in a bounded caller's area is not known any more, and no code of
        # another area is told: it reads the board anew
        unseen = [event for event in events if event.action == "delete" or "path" in event.fields]
        if caller.scope and any(not self._shows(event, caller) for event in unseen):
            return [Anew(upto)]
        ends = (then is None or then.id != one.id for one, then in zip_longest(found, found[1:]))
        whole = [replace(one, ends=last) for one, last in zip(found, ends, strict=True)]
        return sorted((*whole, *told), key=lambda one: one.id)

    def _shows(self, event: Event, caller: Caller) -> bool:
        """Return whether a caller may see every incident that an event speaks of, as they are now."""
        rows = [self._board.get((event.district or "", code)) for code in event.codes]
        return all(row is not None and caller.bounds(row["path"]) for row in rows)

    async def _follow(self) -> None:
        await self._read_until_it_answers()
        while not self._closing:
            woken = False
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), self._net_s if self._hearing else self._poll_s)
                woken = True
            self._wake.clear()
            asked, last = self._asked, self._last
            try:
                await self._catch_up()
            except GridscapeError as error:
                if not self._unread:
                    log.warning("the trail cannot be read for now: %s", error)
                self._unread = True
                await asyncio.sleep(self._poll_s)
                self._wake.set()
                continue
            if self._unread:
                log.warning("the trail is read again")
            self._unread = False
            if not woken and self._last > last:
                self._hearing = False  # something was written and not heard: do not rely on it until it is heard again
            self._served = asked
            async with self._served_more:
                self._served_more.notify_all()

    def _heard(self, last: int | None) -> None:
        """Hear of an event, or that nothing can be heard; what is on the board already is no reason to look."""
        self._hearing = last is not None
        if last is None or last > self._last:
            self._wake.set()

    async def _read_until_it_answers(self) -> None:
        while not self._closing:
            try:
                self._last = await run_in_threadpool(self._reading.newest)
                self._board = await run_in_threadpool(self._reading.board)
            except GridscapeError as error:
                log.warning("the incidents were not read yet: %s", error)
                await asyncio.sleep(1.0)
            else:
                self._ready.set()
                return

    async def _catch_up(self) -> None:
        """Bring the board to the end of the trail and tell the streams."""
        while events := await run_in_threadpool(self._store.events, self._last, PAGE):
            mine = [event for event in events if event.collection in WATCHED]
            if any(too_many(event) for event in mine):
                await self._read_anew(events[-1].id)
                continue
            keys = {(event.district or "", code) for event in mine for code in event.codes}
            rows = await run_in_threadpool(self._reading.rows, keys) if keys else {}
            switched = await self._switched(events)
            before = {key: None if (old := self._board.get(key)) is None else old["path"] for key in keys}
            for key in keys:
                row = rows.get(key)
                if row is None:
                    self._board.remove(key)
                else:
                    self._board.put(row)
            for event in events:  # in their order: a stream resumes behind the last that it heard
                for stream, told in switched.get(event.id, ()):
                    self._streams.put(stream, told)
                if event.collection not in WATCHED:
                    continue
                for code in event.codes:
                    key, ends = (event.district or "", code), code == event.codes[-1]
                    row, was = rows.get(key), before[key]
                    self._streams.tell(Message(event.id, key, row, was, event.action, event.actor, event.at, ends))
            self._last = events[-1].id
            self._replays.clear()
        self._board.forget_closed(self._now())

    async def _read_anew(self, last: int) -> None:
        """Read the whole board: more changed at once than an event names."""
        self._board, self._last = await run_in_threadpool(self._reading.board), last
        for stream in self._streams:
            self._streams.put(stream, Anew(last))

    async def _switched(self, events: list[Event]) -> dict[int, list[tuple[Stream, Switched]]]:
        """Return what each stream is told of responses in some events, those that open meanwhile among them."""
        mine = [event for event in events if event.collection == RESPONSES]
        found: dict[int, list[tuple[Stream, Switched]]] = {}
        asked: set[Stream] = set()
        while mine and (new := [stream for stream in self._streams if stream not in asked]):
            callers = [stream.caller for stream in new]
            for told, by in await run_in_threadpool(self._reading.switched, mine, callers):
                found.setdefault(told.id, []).extend((new[place], told) for place in by)
            asked.update(new)
        return found
