"""A server that is killed again and again while people write and listen, and what must hold at the end."""

import http.client
import json
import random
import subprocess
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from spatial.store import open_store
from tests import small_town
from tests.server import COMMAND, ROOT, Server
from tests.streams import Follower, board

LIGHT = "0502"
WRITERS, STREAMS = 3, 4
WITHIN_S = 60.0


@dataclass(slots=True)
class Acknowledged:
    """What a writer was told is kept: the code of each report by its key, and the reports whose filing was answered.

    `away`: how often it was told, in our words, that the store is away. `slowest_s`: the longest that it waited for one
    answer.
    """

    reports: dict[str, str] = field(default_factory=dict)
    filed: set[str] = field(default_factory=set)
    again: int = 0
    away: int = 0
    slowest_s: float = 0.0
    refused: list[tuple[int, bytes]] = field(default_factory=list)


class Writer:
    """One who reports incidents and files them, and sends a request again under its key until it is answered."""

    def __init__(self, port: int, number: int, seed: int) -> None:
        self.kept = Acknowledged()
        self._port = port
        self._number = number
        self._chance = random.Random(seed + number)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Let it finish what it began, and wait for that."""
        self._ended.set()
        self._thread.join(WITHIN_S)
        assert not self._thread.is_alive(), "a writer waits for an answer that does not come"

    def _run(self) -> None:
        number = 0
        while not self._ended.is_set():
            key = f"w{self._number}-{number}"
            place = {
                "lon": small_town.WEST + self._chance.uniform(0.001, small_town.SIDE - 0.001),
                "lat": small_town.SOUTH + self._chance.uniform(0.001, small_town.SIDE - 0.001),
            }
            told = self._until_answered("/incidents", key, {**place, "kind": LIGHT, "note": key}, {})
            code = str(told["code"])
            self.kept.reports[key] = code
            if number % 2 == 0:
                path, version = f"/incidents/{told['district']}/{code}/steps", f'"{told["version"]}"'
                self._until_answered(path, f"{key}-file", {"act": "file"}, {"If-Match": version})
                self.kept.filed.add(code)
            number += 1

    def _until_answered(self, path: str, key: str, body: dict[str, Any], headers: dict[str, str]) -> dict[str, Any]:
        """Send a request, the same one again where no answer came or the store was away, and return the answer."""
        content = json.dumps(body)
        headers = {"Content-Type": "application/json", "Idempotency-Key": key, **headers}
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            began = time.monotonic()
            try:
                connection.request("POST", path, content, headers)
                answer = connection.getresponse()
                said = answer.read()
                if answer.status in (200, 201):
                    told: dict[str, Any] = json.loads(said)
                    return told
                if answer.status != 503:
                    self.kept.refused.append((answer.status, said))
                    raise AssertionError(f"{path} was answered with {answer.status}: {said!r}")
                assert answer.headers["Content-Type"] == "application/problem+json"
                assert int(answer.headers["Retry-After"]) > 0
                self.kept.away += 1
                self._ended.wait(0.25)  # a real one waits for as long as it was told to
            except (OSError, http.client.HTTPException):
                pass
            finally:
                connection.close()
                self.kept.slowest_s = max(self.kept.slowest_s, time.monotonic() - began)
            self.kept.again += 1
            time.sleep(0.05)
        raise AssertionError(f"{path} was not answered")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the run came to."""

    reports: int
    filed: int
    sent_again: int
    breaks: int
    anew: int

    def __str__(self) -> str:
        return (
            f"{self.reports} reports and {self.filed} filings acknowledged, {self.sent_again} requests sent again, "
            f"streams broken off {self.breaks} times, told to read anew {self.anew} times"
        )


def kill_again_and_again(url: str, times: int, seed: int) -> Outcome:
    """Kill the server of a store while it is written to and listened to, and check that nothing is lost or doubled."""
    with closing(open_store(url, create=True)) as store:
        small_town.fill(store)
        began = store.events()[-1].id
    chance = random.Random(seed)
    server = Server(url)
    server.start()
    followers = [Follower(server.port) for _ in range(STREAMS)]
    assert all(follower.opened.wait(20) for follower in followers)
    writers = [Writer(server.port, number, seed) for number in range(WRITERS)]
    try:
        for _ in range(times):
            time.sleep(chance.uniform(0.05, 0.8))  # the moment of the kill is what is tried out, not waited for
            server.kill()
            server.start()
        for writer in writers:
            writer.stop()
        event, rows = board(server.port)
        for follower in followers:
            assert follower.until(lambda one: one.last is not None and one.last >= event, WITHIN_S), (
                "a stream is behind"
            )
    finally:
        for follower in followers:
            follower.stop()
        server.stop()
    check_writes(url, writers, began)
    for follower in followers:
        check_stream(follower, rows)
    kept = [writer.kept for writer in writers]
    return Outcome(
        sum(len(one.reports) for one in kept),
        sum(len(one.filed) for one in kept),
        sum(one.again for one in kept),
        sum(follower.breaks for follower in followers),
        sum(follower.anew for follower in followers),
    )


def check_writes(url: str, writers: list[Writer], began: int) -> None:
    """Check that every acknowledged write is kept, once, and that the trail tells of each once and is whole."""
    with closing(open_store(url)) as store:
        table = store.read("incidents")
        notes = [note for note in table["note"] if note and note.startswith("w")]
        states = dict(zip(table["code"], table["state"], strict=True))
        by_note = dict(zip(table["note"], table["code"], strict=True))
        reported, page, last = [], store.events(began), began
        while page:
            reported += [event for event in page if event.collection == "incidents"]
            last = page[-1].id
            page = store.events(last)
        filings = {code: len(store.steps("luxian", code)) for one in writers for code in one.kept.filed}
    assert len(notes) == len(set(notes)), "an incident is there twice"
    for writer in writers:
        assert writer.kept.refused == []
        for key, code in writer.kept.reports.items():
            assert by_note.get(key) == code, f"the acknowledged report {key} is lost"
        for code in writer.kept.filed:
            assert states[code] == "filed", f"the acknowledged filing of {code} is lost"
    assert set(filings.values()) <= {2}, "a step is there twice"
    opened = [code for event in reported if event.action == "report" for code in event.codes]
    assert len(opened) == len(set(opened)) == len(notes), "an event is there twice, or is missing"
    verified = subprocess.run([*COMMAND, "audit", "verify", "--store", url], cwd=ROOT, capture_output=True, check=False)
    assert verified.returncode == 0, verified.stderr.decode()


def check_stream(follower: Follower, rows: dict[str, Any]) -> None:
    """Check that a stream heard each event once and in order, and that its picture is the server's board."""
    assert len(follower.told) == len(set(follower.told)), "a message came twice"
    numbers = [number for number, _ in follower.told]
    assert numbers == sorted(numbers), "messages came out of order"
    assert follower.picture.keys() == rows.keys()
    differing = [key for key, row in rows.items() if follower.picture[key] != row]
    assert differing == []
