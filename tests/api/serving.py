"""A real server on a free loopback port, for the time of a test."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from api.commands.serve import STALLED_S, give_up_stalled
from api.server import StreamEndingServer
from tests.waiting import until


@contextmanager
def serving(app: FastAPI, stalled_s: float = STALLED_S) -> Iterator[str]:
    """Serve an application from a thread and yield its address; stops it gracefully at the end."""
    with socket.socket() as listening:
        give_up_stalled(listening, stalled_s)
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="warning", proxy_headers=False, server_header=False)
        server = StreamEndingServer(app, config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until(lambda: server.started or not thread.is_alive(), "the server did not start")
        assert thread.is_alive(), "the server ended at once"
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=20)
