"""Drawing sheets in a process of its own, so that neither the event loop nor another answer waits for it."""

import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from layers.operations_map.content import Sheet
from layers.operations_map.frame import Frame, Orientation, Paper
from layers.operations_map.pages import as_pdf, as_png
from spatial.errors import NotFound, Unavailable
from spatial.text import Language, Text

LONGEST_S = 60
SHEETS = 100
"""So many are drawn before the process is replaced, since it keeps the letters of each."""


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet is printed: `page` and `dots_per_inch` are None for a PDF, else the picture of one page."""

    paper: Paper
    orientation: Orientation
    language: Language
    page: int | None = None
    dots_per_inch: int = 150


def printed(sheet: Sheet, seen: Frame, fonts: Path, wanted: Print) -> bytes:
    """Return a sheet as a PDF or a PNG; raises NotFound for a page that it does not have."""
    pdf = as_pdf(sheet, seen, fonts, wanted.paper, wanted.orientation, wanted.language)
    if wanted.page is None:
        return pdf
    try:
        return as_png(pdf, wanted.page, wanted.dots_per_inch)
    except IndexError:
        raise NotFound(
            Text(f"没有第 {wanted.page} 页", f"There is no page {wanted.page}"),
            Text("请从第 1 页起", "Pages count from 1"),
        ) from None


class Printing:
    """One process that draws sheets, one after the other; it is started for the first and replaced if it dies."""

    def __init__(self, fonts: Path) -> None:
        self._fonts = fonts
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def print(self, sheet: Sheet, seen: Frame, wanted: Print) -> bytes:
        """Return a sheet as it was wanted; blocks. Raises Unavailable where drawing died or took too long."""
        with self._lock:
            if self._pool is None:
                # a process of its own from the start: one that is forked would hold the store's locks
                self._pool = ProcessPoolExecutor(
                    1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=SHEETS
                )
            pool = self._pool
        try:
            told = pool.submit(_told, sheet, seen, self._fonts, wanted).result(LONGEST_S)
        except (BrokenProcessPool, TimeoutError) as error:
            self._end(pool)
            raise Unavailable(
                Text("作战图没有画成", "The operations map could not be drawn"), Text("请稍后重试", "Try again shortly")
            ) from error
        if isinstance(told, bytes):
            return told
        kind, problem, remedy = told
        raise kind(problem, remedy)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._end(self._pool)

    def _end(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = None
        pool.shutdown(wait=False, cancel_futures=True)
        for process in list((getattr(pool, "_processes", None) or {}).values()):
            process.terminate()


def _told(sheet: Sheet, seen: Frame, fonts: Path, wanted: Print) -> bytes | tuple[type[NotFound], Text, Text | None]:
    """Draw in the other process; an error of ours is told by its words, since it does not pass between processes."""
    try:
        return printed(sheet, seen, fonts, wanted)
    except NotFound as error:
        return NotFound, error.problem, error.remedy
