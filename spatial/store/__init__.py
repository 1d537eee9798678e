"""Where everything is kept: one protocol, two stores. `open_store` chooses by the address."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from spatial.errors import BadParameter
from spatial.store.copying import Loadable, copy_tables
from spatial.store.migrations import Migration
from spatial.store.protocol import Store
from spatial.text import Text

POSTGRESQL = ("postgresql", "postgres")
GEOPACKAGE = "geopackage"


class WholeStore(Store, Loadable, Protocol):
    """A store that can also be filled from a backup."""


def open_store(url: str | Path, create: bool = False) -> WholeStore:
    """Open the store at an address: a path or `geopackage:///path`, or `postgresql://user@host/database`.

    `create`: make it where there is none yet. Raises NotFound where there is none, StoreDamaged for a file that is
    foreign, damaged or of another version, StoreUnavailable for a database that does not answer.
    """
    path = geopackage_path(url)
    if path is not None:
        from spatial.store.geopackage.store import GeoPackageStore

        return GeoPackageStore(path, create)
    from spatial.store.postgis.store import PostgisStore

    return PostgisStore(str(url), create)


def restore(source: Path, url: str | Path) -> Iterator[float]:
    """Fill an empty store, of either kind, from a backup, yielding progress from 0 to 1.

    The backup is checked from end to end first. Raises Conflict where the store is not empty; on any error nothing of
    the target is changed, and a file that was made for it is removed.
    """
    from spatial.store.geopackage.backup import remove_with_journals
    from spatial.store.geopackage.outside import open_copy

    path = geopackage_path(url)
    made = path is not None and not path.exists()
    whole = False
    with open_copy(source) as copy:
        target = open_store(url, create=True)
        try:
            with target.loading() as session:
                yield from copy_tables(copy, session)
            whole = True
        finally:
            target.close()
            if path is not None and made and not whole:
                remove_with_journals(path)


def migrate(url: str | Path) -> Iterator[Migration]:
    """Bring the schema of a store up to this version, yielding each step once it is kept."""
    path = geopackage_path(url)
    if path is not None:
        from spatial.store.geopackage.schema import upgrade_file

        yield from upgrade_file(path)
        return
    from spatial.store.postgis.schema import upgrade_database

    yield from upgrade_database(str(url))


def geopackage_path(url: str | Path) -> Path | None:
    """Return the file that an address means, None for a database; raises BadParameter for any other address."""
    if isinstance(url, Path):
        return url
    scheme, separator, rest = url.partition("://")
    if not separator:
        return Path(url)
    if scheme == GEOPACKAGE:
        return Path(unquote(urlsplit(url).path))
    if scheme in POSTGRESQL and rest:
        return None
    raise BadParameter(
        Text(f"无法识别的存储地址 {scheme}://…", f"{scheme}:// is no address of a store"),
        Text("用文件路径或 postgresql://…", "Use a file's path or postgresql://…"),
    )
