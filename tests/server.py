"""The real server as a process, for tests, pictures and measurements."""

import re
import subprocess
import sys
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-c", "from api.commands.main import run; run()")


@dataclass(slots=True)
class Server:
    """`gridscape serve` as a process of our own over the demo store; `port` 0 takes a free one at the first start.

    `open_demo`: everybody sees everything, and nobody signs in. `play`: the speed at which a day plays by
    itself. `no_play`: otherwise none does.
    """

    store: Path | str
    port: int = 0
    open_demo: bool = True
    play: int | None = None
    no_play: bool = True
    process: subprocess.Popen[str] | None = None
    _draining: threading.Thread | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says where it is."""
        command = [*COMMAND, "serve", "--store", str(self.store), "--port", str(self.port)]
        command += ["--open-demo"] if self.open_demo else []
        command += ["--play", str(self.play)] if self.play else ["--no-play"] if self.no_play else []
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                self.port = int(found[1])
                # what it says later is let go: it would stand still once nobody had taken 64 kB of it
                self._draining = threading.Thread(target=deque, args=(self.process.stdout, 0), daemon=True)
                self._draining.start()
                return
        raise RuntimeError(f"the server ended before it was ready:\n{said}")

    def __enter__(self) -> Self:
        """Start it; it is ended at the end of the block, whatever became of it meanwhile."""
        self.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stop()

    def kill(self) -> None:
        """End it with kill -9, in the middle of whatever it does."""
        if self.process is not None:
            self.process.kill()
            self._gone()

    def stop(self) -> None:
        """End it and wait until it has gone."""
        if self.process is not None:
            self.process.terminate()
            self._gone()

    def _gone(self) -> None:
        if self.process is not None:
            self.process.wait(timeout=30)
            if self._draining is not None:
                self._draining.join()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None
