"""Somebody who hears the stream of incidents in a thread."""

import json
import threading
import time
from typing import Any

import httpx


class Listener:
    """A stream that is read in a thread, as a browser does: it remembers the last event and comes back."""

    def __init__(self, address: str, after: int | None = None, token: str | None = None) -> None:
        self._token = token
        self.told: list[tuple[int, str, dict[str, Any]]] = []
        self.last = after
        self._address = address
        self._ended = threading.Event()
        self.opened = threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()
        assert self.opened.wait(10)

    def _read(self) -> None:
        headers = {} if self.last is None else {"Last-Event-ID": str(self.last)}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        with (
            httpx.Client(base_url=self._address, timeout=30) as client,
            client.stream("GET", "/events", headers=headers) as answer,
        ):
            assert answer.headers["content-type"].startswith("text/event-stream")
            fields: dict[str, str] = {}
            for line in answer.iter_lines():
                if self._ended.is_set():
                    return
                name, _, value = line.partition(": ")
                if line:
                    fields[name] = value
                    if name == "retry":
                        self.opened.set()
                elif "data" in fields and fields["event"] != "beat":
                    self.last = int(fields["id"])
                    self.told.append((self.last, fields["event"], json.loads(fields["data"])))
                    fields = {}
                else:
                    fields = {}

    def until(self, count: int, seconds: float = 10) -> list[tuple[int, str, dict[str, Any]]]:
        """Wait until so many messages came."""
        end = time.monotonic() + seconds
        while len(self.told) < count and time.monotonic() < end:
            time.sleep(0.01)
        return list(self.told)

    def stop(self) -> None:
        self._ended.set()
