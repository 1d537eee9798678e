"""Files appear whole or not at all: they are written beside their place and then renamed into it.

They are written in a hidden folder that its process holds locked. The system lets go of the lock when the process ends,
however it ends, so that the next one beside it knows which folders nobody will ever finish, and removes them.
"""

import errno
import fcntl
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from spatial.errors import BadFile, Conflict, NoSpace, Refused
from spatial.store import geopackage_path
from spatial.text import Text

_SCARCE = 1 << 20
_ENDING = ".gridscape.part"


def check_target(target: Path, store_url: str) -> None:
    """Raise Refused where a target is the store's own file: writing it would destroy what is to be exported."""
    own = geopackage_path(store_url)
    if own is None:
        return
    names = {own.resolve(), *(own.resolve().with_name(own.name + ending) for ending in ("-wal", "-shm", "-journal"))}
    if target.resolve() in names:
        raise Refused(
            Text(f"{target} 就是正在读取的存储文件", f"{target} is the very store that is read"),
            Text("请换一个文件名", "Choose another name for the export"),
        )


def check_free(target: Path, force: bool) -> None:
    """Raise Conflict where something would be overwritten unasked."""
    if target.exists() and not force:
        raise Conflict(
            Text(f"{target} 已存在，未作改动", f"{target} exists already and was left as it is"),
            Text("加上 --force 以覆盖", "Add --force to overwrite it"),
        )


@contextmanager
def staged(target: Path, force: bool) -> Iterator[Path]:
    """Give a new folder beside a target; what is in it when the block ends is renamed to stand beside the target.

    An existing target is replaced only with `force`. When the block raises, nothing of it remains. Raises NoSpace
    on a full disk and BadFile where the folder cannot be written.
    """
    check_free(target, force)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_abandoned(target.parent)
        folder, lock = _own_folder(target)
    except OSError as error:
        raise _said(error, target) from error
    try:
        yield folder
        # the target last: where it is, all is there
        made = sorted(folder.iterdir(), key=lambda path: (path.name == target.name, path.name))
        for path in made:
            check_free(target.with_name(path.name), force)
        for path in made:
            _move(path, target.with_name(path.name))
    except Exception as error:
        full = shutil.disk_usage(target.parent).free < _SCARCE
        if isinstance(error, OSError) or (full and type(error).__module__.startswith("pyogrio")):
            raise _said(error, target, full) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def remove_abandoned(parent: Path) -> list[Path]:
    """Remove the folders that processes which have ended left unfinished in another, and return which.

    Those of a process that lives stay, and so do all where the disk knows no locks.
    """
    removed = []
    for folder in sorted(parent.glob(f".*{_ENDING}")):
        lock = _opened(folder)
        if lock is None:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder)
        except OSError:  # held by a process that lives, or there are no locks
            continue
        finally:
            os.close(lock)
    return removed


def _own_folder(target: Path) -> tuple[Path, int]:
    """Return a new folder beside a target and the lock on it, which ends with this process."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=_ENDING, dir=target.parent))
        lock = _opened(folder)
        if lock is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:  # somebody found it before it was locked and is removing it
                os.close(lock)
                continue
            except OSError:  # a disk without locks: there nobody removes anything
                return folder, lock
            if folder.exists():
                return folder, lock
            os.close(lock)


def _opened(folder: Path) -> int | None:
    try:
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None


def pack(folder: Path, archive: Path) -> None:
    """Put the files of a folder into one zip, names relative to it, and remove them."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, path.relative_to(folder))
    shutil.rmtree(folder)


def _move(path: Path, target: Path) -> None:
    if path.is_dir() and target.is_dir():
        for inner in path.iterdir():
            _move(inner, target / inner.name)
    else:
        path.replace(target)


def _said(error: Exception, target: Path, full: bool = False) -> NoSpace | BadFile:
    if full or (isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)):
        return NoSpace(
            Text(f"磁盘已满，{target} 未写成", f"The disk is full; {target} was not written"),
            Text("请腾出空间或换一个位置", "Make room or choose another place"),
        )
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return BadFile(
        Text(f"无法写入 {target}：{reason}", f"{target} cannot be written: {reason}"),
        Text("请换一个有写权限的文件夹", "Choose a folder that you may write to"),
    )
