"""Run every measurement of this folder that has a `main`, one after the other: `python -m tests.bench [name …]`."""

import sys
from importlib import import_module
from pathlib import Path


def run(names: list[str]) -> None:
    """Run the measurements of the given names, all of them where none is given."""
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path.stem.startswith("_") or (names and path.stem not in names):
            continue
        main = getattr(import_module(f"tests.bench.{path.stem}"), "main", None)
        if main is not None:
            print(f"\n{path.stem}")
            main()


run(sys.argv[1:])
