"""Rows of a file that GDAL reads, as batches from a process that can be killed: none crashes or hangs this one."""

import io
import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import numpy as np
import orjson

from spatial.errors import BadFile, GridscapeError, LimitExceeded
from spatial.importing import killable
from spatial.importing.formats import Format
from spatial.importing.source import Limits, ReadRequest
from spatial.tagging.batches import Batch, Source
from spatial.text import Text

if TYPE_CHECKING:
    import pyarrow

LEAST_S = 120
"""Seconds of processor time that any file may take, and seconds without a row; one more of both for each MiB."""


@contextmanager
def opened(path: Path, kind: Format, layer: str | None, least_s: int = LEAST_S) -> Iterator[Source]:
    """Open a file that GDAL reads.

    Raises BadFile where it cannot be read or the process crashed, BadParameter for an unknown layer, LimitExceeded
    where it takes too much time or memory, or a row is too large; while batches are read, too.
    """
    import pyarrow

    size = path.stat().st_size
    seconds = least_s + (size >> 20)
    # memory is that of Limits; the clock on the wall is watched from here, as the process waits for whoever reads
    request = ReadRequest(path, "areas", layer=layer, limits=Limits(processor_s=seconds, wall_s=0))
    with killable.streaming(request) as (stream, ended):
        heard = io.BufferedReader(_Heard(stream, seconds))

        def failure(error: Exception | None = None) -> GridscapeError:
            return ended() or BadFile(
                Text(f"{path.name} 读取中断：{error}", f"Reading {path.name} broke off: {error}"),
                Text("文件可能已损坏，请重新导出", "The file may be damaged; export it again"),
            )

        line = heard.readline()
        if not line.endswith(b"\n"):
            raise failure()
        head = orjson.loads(line)
        try:
            reader = pyarrow.ipc.open_stream(heard)
        except (pyarrow.ArrowException, OSError) as error:
            raise failure(error) from error
        yield Source(
            kind,
            reader.schema,
            _batches(reader, failure, ended),
            size,
            head["total"],
            head["geometry"],
            head["shape"],
            head["declared"],
        )


def _batches(
    reader: "pyarrow.RecordBatchReader",
    failure: Callable[[Exception], GridscapeError],
    ended: Callable[[], GridscapeError | None],
) -> Iterator[Batch]:
    import pyarrow

    first = 1
    try:
        for values in reader:
            yield Batch(np.arange(first, first + len(values)), values)
            first += len(values)
    except (pyarrow.ArrowException, OSError) as error:
        raise failure(error) from error
    # a stream that just stops looks like one that is complete
    wrong = ended()
    if wrong is not None:
        raise wrong


class _Heard(io.RawIOBase):
    """A pipe that must not stay silent; what it says is read as it comes."""

    def __init__(self, stream: IO[bytes], silence_s: int) -> None:
        self._stream, self._silence_s = stream, silence_s

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        """Read what there is, at least a byte, 0 at the end; raises LimitExceeded where nothing comes."""
        if not select.select([self._stream], [], [], self._silence_s)[0]:
            raise LimitExceeded(
                Text(
                    f"已有 {self._silence_s} 秒没有读到任何行，已停止",
                    f"No row came for {self._silence_s} s; reading was stopped",
                ),
                Text("文件可能已损坏，或所在磁盘无响应", "The file may be damaged, or its disk does not answer"),
            )
        return self._stream.readinto(room)  # type: ignore[attr-defined,no-any-return]
