"""A writer in a process of its own, killed in the middle of its work."""

import signal
import subprocess
import sys
from pathlib import Path

from spatial.store.protocol import Store
from spatial.store.records import Query

WRITER = """
import sys
from pathlib import Path
from spatial.store import open_store
from tests.contract.sample import stations
store = open_store(Path(sys.argv[1]))
number = 0
while True:
    with store.write("writer") as tx:
        codes = [f"{sys.argv[2]}-{number}-{each}" for each in range(5)]
        tx.insert("stations", stations([(105 + number % 100 / 1000, 29)] * 5, code=codes))
    print(number, flush=True)
    number += 1
"""


def kill_while_writing(path: Path, name: str, acknowledged: int) -> int:
    """Start a writer, kill it when it has acknowledged some transactions, return how many it acknowledged in all."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path, name], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as writer:
        assert writer.stdout is not None
        heard = 0
        for _ in writer.stdout:
            heard += 1
            if heard == acknowledged:
                writer.send_signal(signal.SIGKILL)
    return heard


def assert_whole(store: Store, name: str, acknowledged: int) -> None:
    """Check that every acknowledged transaction is there, each as a whole, index and trail with it."""
    kept = [code for code in store.read("stations")["code"] if code.startswith(f"{name}-")]
    by_number: dict[str, int] = {}
    for code in kept:
        by_number[code.split("-")[1]] = by_number.get(code.split("-")[1], 0) + 1
    assert {str(number) for number in range(acknowledged)} <= set(by_number)
    assert set(by_number.values()) == {5}
    assert store.verify_events() is None
    assert store.count("stations", Query(box=(104, 28, 106, 30))) == store.count("stations")
