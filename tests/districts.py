"""The five districts as the fixtures make them, generated once for all tests and kept until the generators change."""

import hashlib
import os
import pickle
import tempfile
from functools import lru_cache
from pathlib import Path

import shapely

from fixtures.load import generate
from fixtures.town import Content
from spatial.table import Table

ROOT = Path(__file__).resolve().parents[1]


@lru_cache(maxsize=5)
def content(slug: str) -> Content:
    """Return everything of one district, with the seed of the fixtures."""
    kept = _folder() / f"{slug}-{_state_of_generators()}.pickle"
    if kept.exists():
        loaded: Content = pickle.loads(kept.read_bytes())
        return loaded
    generated = generate(slug)
    unfinished = kept.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(pickle.dumps(generated))
    unfinished.rename(kept)  # another process may have been as fast: both wrote the same
    return generated


def _folder() -> Path:
    """Return a folder of ours alone: what is unpickled from it must be what we put there."""
    folder = Path(tempfile.gettempdir()) / f"gridscape-tests-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid() or folder.is_symlink():
        raise PermissionError(f"{folder} belongs to somebody else")
    return folder


@lru_cache(maxsize=1)
def _state_of_generators() -> str:
    hashed = hashlib.sha256()
    sources = [*(ROOT / "fixtures").rglob("*"), *(ROOT / "spatial").rglob("*.py")]
    play = ROOT / "fixtures" / "play"  # it makes no content
    sources = [path for path in sources if play not in path.parents]
    for path in sorted(path for path in sources if path.suffix in (".py", ".csv")):
        hashed.update(path.relative_to(ROOT).as_posix().encode())
        hashed.update(path.read_bytes())
    return hashed.hexdigest()[:16]


def digest(generated: Content) -> str:
    """Return a hash of everything that a district holds."""
    hashed = hashlib.sha256()
    for name, table in sorted([*generated.trees.items(), *generated.features.items()]):
        hashed.update(name.encode())
        _add(hashed, table)
    hashed.update(repr(generated.duty_holders).encode())
    hashed.update(repr(generated.responses).encode())
    return hashed.hexdigest()


def _add(hashed: "hashlib._Hash", table: Table) -> None:
    for shape in shapely.to_wkb(table.geometry):
        hashed.update(shape)
    for name in sorted(table.columns):
        hashed.update(repr((name, list(table[name]))).encode())
