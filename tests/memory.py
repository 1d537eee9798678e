"""How much memory a command takes."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.server import ROOT

_MEASURED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=sys.stderr, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def peak_mib(command: Sequence[str | Path]) -> int:
    """Run a command; return the most memory that it, or a process that it started, had at a time, in MiB.

    A small process starts it: to Linux the peak of a new process begins at what the one that started it holds, which
    would be that of all tests before.
    """
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED, *map(str, command)], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    return int(ran.stdout) >> 10
