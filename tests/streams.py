"""A dispatcher's screen without a screen: it reads the board, follows the stream and comes back where it broke off."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

PAGE = 500


def ask(port: int, path: str, timeout_s: float = 20.0) -> tuple[int, Any]:
    """Ask a server for a document; raises OSError or HTTPException where it is away."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def board(port: int) -> tuple[int, dict[str, Any]]:
    """Return the whole board by key, and the event that it holds; read again where it moved between two pages."""
    while True:
        rows: dict[str, Any] = {}
        events, matched = set(), 1
        while len(rows) < matched:
            status, page = ask(port, "/incidents?" + urlencode({"limit": PAGE, "offset": len(rows)}))
            if status != 200:
                raise ConnectionError(f"the board was answered with {status}")
            events.add(page["event"])
            matched = page["matched"]
            if not page["incidents"]:
                break
            rows |= {f"{row['district']}/{row['code']}": row for row in page["incidents"]}
        if len(events) == 1 and len(rows) == matched:
            return events.pop(), rows


class Follower:
    """One who follows what happens, in a thread of its own, as a browser would.

    `told`: the number of the event and the incident, of every message in the order in which they came. `picture`: what
    is on its screen. `anew`: how often it was told to read the board again.
    """

    def __init__(self, port: int, after: int | None = None) -> None:
        self.port = port
        self.told: list[tuple[int, str]] = []
        self.picture: dict[str, Any] = {}
        self.breaks = 0
        self.anew = 0
        self.statuses: set[int] = set()
        self.last = after
        self.at: dict[str, float] = {}
        self.opened = threading.Event()
        self._stream: socket.socket | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def until(self, done: Callable[["Follower"], bool], seconds: float = 20.0) -> bool:
        """Wait until something holds of what was heard; returns whether it did in time."""
        end = time.monotonic() + seconds
        while not done(self):
            if time.monotonic() > end:
                return False
            time.sleep(0.005)
        return True

    def stop(self) -> None:
        """Hang up and wait until that is done."""
        self._ended.set()
        stream = self._stream
        if stream is not None:
            with suppress(OSError):
                stream.shutdown(socket.SHUT_RDWR)
        self._thread.join(30)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                if self.last is None:
                    self.last, self.picture = board(self.port)
                self._follow()
            except (OSError, http.client.HTTPException, ValueError):
                self.breaks += 1
            self._ended.wait(0.05)

    def _follow(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30.0)
        try:
            connection.request("GET", "/events", headers={"Last-Event-ID": str(self.last)})
            self._stream = connection.sock
            answer = connection.getresponse()
            self.statuses.add(answer.status)
            if answer.status != 200:
                raise ConnectionError(f"the stream was answered with {answer.status}")
            fields: dict[str, str] = {}
            while not self._ended.is_set() and (line := answer.readline()):
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "retry":
                    self.opened.set()
                if name:
                    fields[name] = value
                    continue
                if "data" in fields and not self._take(fields):
                    return
                fields = {}
        finally:
            self._stream = None
            connection.close()

    def _take(self, fields: dict[str, str]) -> bool:
        """Take a message in; returns whether the stream goes on."""
        said = json.loads(fields["data"])
        if fields["event"] == "beat":
            return True
        if fields["event"] == "anew":
            self.anew += 1
            self.last = None
            return False
        key = f"{said['district']}/{said['code']}"
        self.told.append((said["event"], key))
        self.at.setdefault(key, time.perf_counter())
        if fields["event"] == "gone":
            self.picture.pop(key, None)
        else:
            self.picture[key] = said["incident"]
        if "id" in fields:
            self.last = int(fields["id"])
        return True
