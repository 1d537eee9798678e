"""Starting the process that reads strangers' files, and saying what its end means."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

import numpy as np
import orjson

from spatial import errors
from spatial.errors import BadFile, GridscapeError, LimitExceeded, NoSpace
from spatial.importing import source
from spatial.importing.source import Limits, ReadRequest, Source
from spatial.overlaps import Overlap
from spatial.table import Geometries
from spatial.text import Text

WORKER = "spatial.importing.read_worker"
_OUT_OF_MEMORY, _NO_SPACE = 3, 4
_TO_END_S = 10
_ROOT = Path(source.__file__).parents[2]


def read(request: ReadRequest) -> Source:
    """Return the rows of a file, read in a process of its own.

    Raises what the reading raised (BadFile, BadPosition, BadGeometry, BadParameter, LimitExceeded), LimitExceeded
    where it took too long or too much memory, BadFile where it crashed.
    """
    with tempfile.TemporaryDirectory(prefix="gridscape-import-") as name:
        folder = Path(name)
        here = replace(request, path=request.path.absolute())  # the process works in another folder
        (folder / "request.json").write_bytes(here.to_json())
        _run("read", folder, request.limits)
        return source.load(folder)


def overlaps(geometry: Geometries, limits: Limits = Limits()) -> list[Overlap]:
    """Return the pairs of valid polygons whose interiors meet, computed in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="gridscape-import-") as name:
        folder = Path(name)
        (folder / "request.json").write_bytes(ReadRequest(Path(), "areas", limits=limits).to_json())
        nothing = Source("", "", np.asarray(geometry, dtype=object), {}, [], [], "EPSG:4326")
        source.save(nothing, folder)
        _run("overlaps", folder, limits)
        found = orjson.loads((folder / "overlaps.json").read_bytes())
    return [Overlap(first, second, area, (place[0], place[1])) for first, second, area, place in found]


@contextlib.contextmanager
def streaming(request: ReadRequest) -> Iterator[tuple[IO[bytes], Callable[[], GridscapeError | None]]]:
    """Give what the process writes of a file's rows (see streaming.py), unbuffered, and what its end means.

    The second is to be called when nothing more comes: None where all is well. The process ends with the block, however
    that ends. It has no limit of time but on the processor: it waits while nobody reads.
    """
    with tempfile.TemporaryDirectory(prefix="gridscape-tag-") as name:
        folder = Path(name)
        here = replace(request, path=request.path.absolute())
        (folder / "request.json").write_bytes(here.to_json())
        with _started("stream", folder, subprocess.PIPE) as process:
            assert process.stdout is not None

            def ended() -> GridscapeError | None:
                assert process.stdout is not None
                process.stdout.close()  # who still writes, hears that nobody reads
                try:
                    code = process.wait(_TO_END_S)
                except subprocess.TimeoutExpired:
                    return _too_long(request.limits)
                return _failure(code, folder, request.limits) if code else None

            yield process.stdout, ended


def _run(task: str, folder: Path, limits: Limits) -> None:
    with _started(task, folder) as process:
        try:
            code = process.wait(limits.wall_s)
        except subprocess.TimeoutExpired:
            raise _too_long(limits) from None
    if code:
        raise _failure(code, folder, limits)


@contextlib.contextmanager
def _started(task: str, folder: Path, out: int | None = None) -> "Iterator[subprocess.Popen[bytes]]":
    """Give the process at work on a folder; it ends with the block. What it says goes to words.txt."""
    # -P: nothing of the folder, where a stranger's files are unpacked, can be imported
    command = [sys.executable, "-P", "-m", WORKER, task, str(folder)]
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",  # each thread would reserve memory that the limit counts
        "TMPDIR": str(folder),
    }
    with (folder / "words.txt").open("wb") as words:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=words if out is None else out,
            stderr=words,
            bufsize=0,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _failure(code: int, folder: Path, limits: Limits) -> GridscapeError:
    said = folder / "error.json"
    if said.is_file():
        raw = orjson.loads(said.read_bytes())
        kind = getattr(errors, raw["error"], BadFile)
        return kind(Text(*raw["problem"]), Text(*raw["remedy"]) if raw["remedy"] else None)
    if code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGALRM):
        return _too_long(limits)
    if code == _OUT_OF_MEMORY:
        return LimitExceeded(
            Text("读取该文件需要的内存过多，已停止", "Reading this file takes too much memory; it was stopped"),
            Text(
                f"上限 {limits.memory_bytes >> 20} MB；请把文件分小",
                f"At most {limits.memory_bytes >> 20} MB; split the file",
            ),
        )
    if code == _NO_SPACE:
        return NoSpace(
            Text("临时目录所在磁盘已满，没有写入任何内容", "The disk of temporary files is full; nothing was written"),
            Text("请释放空间后重试", "Free some space and try again"),
        )
    words = (folder / "words.txt").read_bytes()[-300:].decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
    return BadFile(
        Text(f"读取该文件的进程异常终止（{code}）", f"The process that reads this file crashed ({code})"),
        Text(
            f"文件可能已损坏、有恶意内容或需要超过 {limits.memory_bytes >> 20} MB 内存；没有写入任何内容",
            f"It may be damaged, hostile or too large for {limits.memory_bytes >> 20} MB; nothing was written",
        ),
        said=words,
    )


def _too_long(limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        Text("读取该文件耗时过长，已停止", "Reading this file takes too long; it was stopped"),
        Text(
            f"上限 {limits.processor_s} 秒处理器时间、{limits.wall_s} 秒总时间；请把文件分小",
            f"At most {limits.processor_s} s of processor time and {limits.wall_s} s in all; split the file",
        ),
    )
