"""Built indexes as files in a folder: a start maps those that are current, instead of building them."""

import hashlib
import logging
import os
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, urlsplit

from spatial.errors import BadFile
from spatial.ownership import GridIndex
from spatial.store import geopackage_path
from spatial.store.records import Edition

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


OLDER_KEPT = 4
"""So many files of a level stay that belong to no edition that answers: those that were written or mapped last."""

_PART = "*.part"
_ABANDONED_S = 900.0
"""Seconds after which a file that was begun and never finished is nobody's any more: writing one takes some seconds."""


class IndexFiles:
    """A folder of index files, one for each district, tree, level and edition that changed it; all may be deleted.

    Safe to use from several threads and processes: a file appears whole, and one that is mapped stays readable.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock
        self._unsound: set[Path] = set()
        self._told = False

    def path(self, edition: Edition, level: str, codes: Sequence[str]) -> Path:
        """Return where the file of a level lies, whether there is one or not.

        `edition`: the last one that added or changed an area of the level; with `codes`, in any order, it says which
        areas they are, also where later editions only took some away.
        """
        at = int(edition.published_at.timestamp() * 1000)
        parts = (_file_name(name) for name in (edition.district, edition.tree, level))
        which = hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()[:8]
        return self.folder.joinpath(*parts, f"{edition.number}-{at}-{which}.gsi")

    def mapped(self, edition: Edition, level: str, codes: Sequence[str]) -> GridIndex | None:
        """Return the index of a level from its file, None where there is no sound one; never raises for a file.

        `edition`, `codes`: as for `path`.
        """
        path, wanted = self.path(edition, level, codes), label(edition, level)
        try:
            found = GridIndex.load(path)
        except FileNotFoundError:
            return None
        except (BadFile, OSError, ValueError) as error:
            self._unsound.add(path)
            log.warning("the index file %s is built again: %s", path, error)
            return None
        if found.edition != wanted or len(found.codes) != len(codes) or set(found.codes) != set(codes):
            self._unsound.add(path)
            log.warning("the index file %s is built again: it is of %s, not %s", path, found.edition or "?", wanted)
            return None
        with suppress(OSError):  # what was mapped last is removed last; a folder may be for reading only
            os.utime(path)
        return found

    def save(self, index: GridIndex, edition: Edition, level: str) -> bool:
        """Write the file of a level where no sound one lies; return False where none can be kept in the folder.

        What had to be repaired is not written, so that every start tells of it. `edition`: as for `path`.
        """
        if index.repairs:
            return True
        path = self.path(edition, level, index.codes)
        try:
            if path not in self._unsound and path.is_file():
                return True
            index.save(path)
        except (OSError, ValueError) as error:  # a disk that is full, a code that no file can hold
            if not self._told:
                log.warning("index files cannot be kept in %s, each start builds them: %s", self.folder, error)
            self._told = True
            return False
        self._unsound.discard(path)
        self._told = False
        return True

    def remove_superseded(self, needed: Collection[Path]) -> None:
        """Remove files that no edition that answers needs, of the trees that `needed` files are of.

        Of each level the `OLDER_KEPT` others stay that were written or mapped last. Where others hold a file that goes,
        it stays readable for them.
        """
        for folder in sorted({path.parents[1] for path in needed}):
            for level in _listed(folder, "*"):
                others = [path for path in _listed(level, "*.gsi") if path not in needed]
                others.sort(key=lambda path: (_written(path), path.name), reverse=True)
                abandoned = [path for path in _listed(level, _PART) if _written(path) < self._clock() - _ABANDONED_S]
                for path in (*others[OLDER_KEPT:], *abandoned):
                    with suppress(OSError):
                        path.unlink()


def _listed(folder: Path, pattern: str) -> list[Path]:
    with suppress(OSError):
        return list(folder.glob(pattern))
    return []


def _written(path: Path) -> float:
    """Return when a file was last written or mapped; one that has just gone counts as the oldest."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _file_name(name: str) -> str:
    """Return a name as that of a file or folder, whatever its letters are."""
    return quote(name, safe="").replace(".", "%2E") or "%"
