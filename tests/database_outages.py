"""A database that goes away and comes back while people write and listen, and what must hold at the end."""

import random
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

import psycopg

from spatial.store import open_store
from tests import small_town
from tests.conftest import PostgisServer
from tests.killed_server import WITHIN_S, Writer, check_stream, check_writes
from tests.mute_network import MuteNetwork
from tests.server import Server
from tests.streams import Follower, ask, board
from tests.waiting import until

LOCATED_WITHIN_S = 5.0
"""However busy the machine: who owns a place is answered from memory, and no database is waited for."""

Outage = tuple[Callable[[], None], Callable[[], None]]
"""What takes the database away, and what brings it back."""


@dataclass(frozen=True, slots=True)
class Outages:
    """What a run came to.

    `back_s`: the longest from the return of the database to the first answer that is well. `located_s`: the longest
    that anybody waited to hear who owns a place, with or without a database.
    """

    reports: int
    told_away: int
    slowest_s: float
    back_s: float
    breaks: int
    located_s: float

    def __str__(self) -> str:
        return (
            f"{self.reports} reports acknowledged, {self.told_away} times told to come back later, the slowest answer "
            f"after {self.slowest_s:.1f} s, well {self.back_s:.1f} s after the return at the latest, streams broken "
            f"off {self.breaks} times, ownership answered after {1000 * self.located_s:.0f} ms at the latest"
        )


class Locating:
    """One who asks who owns a place, again and again, in a thread of its own."""

    def __init__(self, port: int) -> None:
        self.worst_s = 0.0
        self.statuses: set[int] = set()
        self._port = port
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish, and wait for that."""
        self._ended.set()
        self._thread.join(WITHIN_S)

    def _run(self) -> None:
        place = f"lon={small_town.WEST + 0.001}&lat={small_town.SOUTH + 0.001}"
        while not self._ended.wait(0.05):
            began = time.monotonic()
            self.statuses.add(ask(self._port, f"/locate?{place}")[0])
            self.worst_s = max(self.worst_s, time.monotonic() - began)


def restart_again_and_again(
    database: PostgisServer, url: str, modes: list[str], writers: int, streams: int, away_s: float, seed: int
) -> Outages:
    """Stop and start the database in each of some modes under load, and check that nothing is lost or doubled."""
    outages = [(lambda mode=mode: database.stop(mode), database.start) for mode in modes]
    return _endure(url, url, outages, writers, streams, away_s, seed)


def cut_off_again_and_again(url: str, times: int, writers: int, streams: int, away_s: float, seed: int) -> Outages:
    """Let the network to the database go mute under load, and check that nothing is lost or doubled."""
    head, _, tail = url.rpartition(":")
    port, _, name = tail.partition("/")
    network = MuteNetwork(int(port))
    try:
        over = f"{head}:{network.port}/{name}"
        return _endure(url, over, [(network.cut, network.mend)] * times, writers, streams, away_s, seed)
    finally:
        network.close()


def _endure(
    url: str, over: str, outages: Sequence[Outage], writers: int, streams: int, away_s: float, seed: int
) -> Outages:
    """Let a server live through outages of its database; `over`: the address by which the server reaches it."""
    name = url.rpartition("/")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        # the throwaway database acknowledges what is not on the disk yet; a real one does not
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on'.encode())
    with closing(open_store(url)) as store:
        small_town.fill(store)
        began = store.events()[-1].id
    chance = random.Random(seed)
    server = Server(over)
    server.start()
    process = server.process
    followers = [Follower(server.port) for _ in range(streams)]
    assert all(follower.opened.wait(20) for follower in followers)
    writing = [Writer(server.port, number, seed) for number in range(writers)]
    locating = Locating(server.port)
    back_s = 0.0
    try:
        for go, come in outages:
            time.sleep(chance.uniform(1.0, 2.0))  # under load for a while, until it goes at any moment
            go()
            _until(lambda: _health(server.port) == 503)
            time.sleep(away_s)
            come()
            returned = time.monotonic()
            _until(lambda: _health(server.port) == 200)
            acknowledged = sum(len(writer.kept.reports) for writer in writing)
            _until(lambda least=acknowledged: sum(len(writer.kept.reports) for writer in writing) > least)
            back_s = max(back_s, time.monotonic() - returned)
        for writer in writing:
            writer.stop()
        event, rows = board(server.port)
        for follower in followers:
            caught_up = follower.until(lambda one: one.last is not None and one.last >= event, WITHIN_S)
            assert caught_up, "a stream is behind"
        assert server.process is process
        assert process is not None
        assert process.poll() is None
    finally:
        locating.stop()
        for follower in followers:
            follower.stop()
        server.stop()
    check_writes(url, writing, began)
    for follower in followers:
        check_stream(follower, rows)
    assert locating.statuses == {200}
    assert locating.worst_s < LOCATED_WITHIN_S
    kept = [writer.kept for writer in writing]
    return Outages(
        sum(len(one.reports) for one in kept),
        sum(one.away for one in kept),
        max(one.slowest_s for one in kept),
        back_s,
        sum(follower.breaks for follower in followers),
        locating.worst_s,
    )


def _health(port: int) -> int:
    return ask(port, "/health")[0]


def _until(done: Callable[[], bool]) -> None:
    until(done, "the server does not recover", WITHIN_S)
