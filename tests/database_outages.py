"""A database that goes away and comes back while people write and listen, and what must hold at the end."""

import random
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass

import psycopg

from spatial.store import open_store
from tests import small_town
from tests.conftest import PostgisServer
from tests.killed_server import WITHIN_S, Writer, check_stream, check_writes
from tests.server import Server
from tests.streams import Follower, ask, board


@dataclass(frozen=True, slots=True)
class Outages:
    """What a run came to; `back_s`: the longest from the return of the database to the first answer that is well."""

    reports: int
    told_away: int
    slowest_s: float
    back_s: float
    breaks: int

    def __str__(self) -> str:
        return (
            f"{self.reports} reports acknowledged, {self.told_away} times told to come back later, the slowest answer "
            f"after {self.slowest_s:.1f} s, well {self.back_s:.1f} s after the return at the latest, streams broken "
            f"off {self.breaks} times"
        )


def restart_again_and_again(
    database: PostgisServer, url: str, modes: list[str], writers: int, streams: int, away_s: float, seed: int
) -> Outages:
    """Stop and start the database in each of some modes under load, and check that nothing is lost or doubled."""
    name = url.rpartition("/")[2]
    with psycopg.connect(database.url("postgres"), autocommit=True) as connection:
        # the throwaway database acknowledges what is not on the disk yet; a real one does not
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = on'.encode())
    with closing(open_store(url)) as store:
        small_town.fill(store)
        began = store.events()[-1].id
    chance = random.Random(seed)
    server = Server(url)
    server.start()
    process = server.process
    followers = [Follower(server.port) for _ in range(streams)]
    assert all(follower.opened.wait(20) for follower in followers)
    writing = [Writer(server.port, number, seed) for number in range(writers)]
    back_s = 0.0
    try:
        for mode in modes:
            time.sleep(chance.uniform(1.0, 2.0))  # under load for a while, until it goes at any moment
            database.stop(mode)
            assert _health(server.port) == 503
            time.sleep(away_s)
            database.start()
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
        for follower in followers:
            follower.stop()
        server.stop()
    check_writes(url, writing, began)
    for follower in followers:
        check_stream(follower, rows)
    kept = [writer.kept for writer in writing]
    return Outages(
        sum(len(one.reports) for one in kept),
        sum(one.away for one in kept),
        max(one.slowest_s for one in kept),
        back_s,
        sum(follower.breaks for follower in followers),
    )


def _health(port: int) -> int:
    return ask(port, "/health")[0]


def _until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + WITHIN_S
    while not done():
        assert time.monotonic() < end, "the server does not recover"
        time.sleep(0.05)
