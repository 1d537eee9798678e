"""The five districts as the fixtures make them, generated once for all tests of a process."""

import hashlib
from functools import lru_cache

import shapely

from fixtures.load import generate
from fixtures.town import Content
from spatial.table import Table


@lru_cache(maxsize=5)
def content(slug: str) -> Content:
    """Return everything of one district, with the seed of the fixtures."""
    return generate(slug)


def digest(generated: Content) -> str:
    """Return a hash of everything that a district holds."""
    hashed = hashlib.sha256()
    for name, table in sorted([*generated.trees.items(), *generated.features.items()]):
        hashed.update(name.encode())
        _add(hashed, table)
    hashed.update(repr(generated.duty_holders).encode())
    return hashed.hexdigest()


def _add(hashed: "hashlib._Hash", table: Table) -> None:
    for shape in shapely.to_wkb(table.geometry):
        hashed.update(shape)
    for name in sorted(table.columns):
        hashed.update(repr((name, list(table[name]))).encode())
