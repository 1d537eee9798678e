"""A network between a program and its database that goes mute: it takes what is sent, and passes nothing on."""

import asyncio
import threading
from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class _Way:
    """A connection through it, to and fro; once `lost`, nothing comes through for ever."""

    lost: bool


class MuteNetwork:
    """Passes connections on to a port of the loopback until it is cut; a connection that was cut stays mute for ever.

    A real firewall that loses its state does the same: both sides believe that the other one is still there.
    """

    def __init__(self, target: int) -> None:
        self.port = 0
        self._target = target
        self._cut = False
        self._ways: set[_Way] = set()
        self._serving: set[asyncio.Task[None] | None] = set()  # a loop alone does not keep its tasks
        self._started = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._started.wait(10)

    def lose(self) -> None:
        """Let the connections that there are go mute; new ones pass."""
        for way in list(self._ways):
            way.lost = True

    def cut(self) -> None:
        """Let all connections go mute, and those that are made from now on."""
        self._cut = True
        self.lose()

    def mend(self) -> None:
        """Let new connections pass again."""
        self._cut = False

    def close(self) -> None:
        """End everything."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        way = _Way(self._cut)
        self._ways.add(way)
        self._serving.add(asyncio.current_task())
        outwards: asyncio.StreamWriter | None = None
        try:
            if way.lost:
                await _pump(reader, None, way)
                return
            inwards, outwards = await asyncio.open_connection("127.0.0.1", self._target)
            back = asyncio.create_task(_pump(inwards, writer, way))
            await _pump(reader, outwards, way)
            if not way.lost:
                outwards.close()
            await back  # of a lost one the other side never hears that this one has gone
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            self._ways.discard(way)
            self._serving.discard(asyncio.current_task())
            writer.close()
            if outwards is not None:
                outwards.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter | None, way: _Way) -> None:
    while data := await reader.read(65536):
        if writer is not None and not way.lost:
            writer.write(data)
            await writer.drain()
    if writer is not None and not way.lost:
        writer.close()
