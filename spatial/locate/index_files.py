"""Built indexes as files in a folder: a start maps those that are current, instead of building them."""

import hashlib
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit

from spatial.errors import BadFile
from spatial.ownership import GridIndex
from spatial.store import geopackage_path
from spatial.store.protocol import Edition

log = logging.getLogger("gridscape.indexes")

SUFFIX = ".indexes"
"""What the folder beside a GeoPackage is called, behind the store's own name."""


def label(edition: Edition, level: str) -> str:
    """Return what an index of a level says that it was built of: the edition that last changed the level.

    The time is part of it: a store that was made anew begins again at edition 1.
    """
    at = edition.published_at.isoformat(timespec="milliseconds")
    return f"{edition.district}/{edition.tree}/{level}/{edition.number}/{at}"


def folder_of(url: str, cache: Path | None = None) -> Path:
    """Return where the index files of a store lie: beside a GeoPackage; for a database in the user's cache folder.

    `cache`: the cache folder, where it is not the one that the environment names.
    """
    path = geopackage_path(url)
    if path is not None:
        return path.absolute().with_name(path.name + SUFFIX)
    parts = urlsplit(url)
    # the password may change, and belongs into no name
    which = f"{parts.hostname}:{parts.port}{parts.path}?{parts.query}"
    home = cache or Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return home / "gridscape" / "indexes" / hashlib.sha256(which.encode()).hexdigest()[:16]


class IndexFiles:
    """A folder of index files, one for each district, tree, level and edition that changed it; all may be deleted.

    Safe to use from several threads and processes: a file appears whole, and one that is mapped stays readable.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writable = True

    def path(self, edition: Edition, level: str, codes: Sequence[str]) -> Path:
        """Return where the file of a level lies, whether there is one or not.

        `edition`: the last one that added or changed an area of the level; with `codes`, in any order, it says which
        areas they are, also where later editions only took some away.
        """
        at = int(edition.published_at.timestamp() * 1000)
        parts = (_file_name(name) for name in (edition.district, edition.tree, level))
        which = hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()[:8]
        return self.folder.joinpath(*parts, f"{edition.number}-{at}-{which}.gsi")

    def index(self, edition: Edition, level: str, codes: Sequence[str], build: Callable[[], GridIndex]) -> GridIndex:
        """Return the index of a level, mapped where its file is sound, else built and saved.

        `edition`, `codes`: as for `path`. `build`: builds it, with `label` as its edition. What had to be repaired is
        not saved, so that every start tells of it.
        """
        path = self.path(edition, level, codes)
        found = self._mapped(path, label(edition, level), codes)
        if found is not None:
            return found
        built = build()
        if not built.repairs:
            self._save(built, path)
        return built

    def _mapped(self, path: Path, wanted: str, codes: Sequence[str]) -> GridIndex | None:
        try:
            found = GridIndex.load(path)
        except FileNotFoundError:
            return None
        except (BadFile, OSError, ValueError) as error:
            log.warning("the index file %s is built again: %s", path, error)
            return None
        if found.edition != wanted or len(found.codes) != len(codes) or set(found.codes) != set(codes):
            log.warning("the index file %s is built again: it is of %s, not %s", path, found.edition or "?", wanted)
            return None
        return found

    def _save(self, index: GridIndex, path: Path) -> None:
        if not self._writable:
            return
        try:
            index.save(path)
        except OSError as error:
            self._writable = False
            log.warning("index files cannot be kept in %s, each start builds them: %s", self.folder, error)


def _file_name(name: str) -> str:
    """Return a name as that of a file or folder, whatever its letters are."""
    return quote(name, safe="").replace(".", "%2E") or "%"
