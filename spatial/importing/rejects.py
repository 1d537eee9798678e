"""The file of rows that did not go in, with the reasons and the values that they had."""

import csv
import errno
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spatial.errors import BadParameter, Conflict, NoSpace
from spatial.exporting.comma_separated import guarded
from spatial.importing.source import Problem, Source
from spatial.text import Text

HEADER = ("as", "row", "line", "reason_zh", "reason_en", "lon", "lat")


def write(path: Path, collection: str, source: Source, problems: Sequence[Problem]) -> bool:
    """Write a CSV (UTF-8 with its mark, for spreadsheets) of the rows with a problem; it appears whole or not at all.

    One file may be imported as several things: what an earlier import as something else left here stays, what one as
    the same left is replaced. `row` counts features from 1, `line` is the line of a text file. Values that a
    spreadsheet would take for a formula get an apostrophe in front. Without any row there is no file; the answer is
    whether there is one. Raises Conflict where the file is something else, NoSpace or
    BadParameter where it cannot be written.
    """
    kept = [record for record in _records(path) if record["as"] != collection]
    fresh = [_record(collection, source, problem, at) for problem, at in _located(source, problems)]
    if not kept and not fresh:
        path.unlink(missing_ok=True)
        return False
    try:
        _write(path, [*kept, *fresh])
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise NoSpace(
                Text(
                    "磁盘已满，未导入行写不下，没有导入任何内容",
                    "The disk is full: the rejects cannot be written, and nothing went in",
                ),
                Text("请释放空间后重试", "Free some space and try again"),
            ) from error
        raise BadParameter(
            Text(
                f"{path.name} 写不进去（{error.strerror}），没有导入任何内容",
                f"{path.name} cannot be written ({error.strerror}); nothing went in",
            ),
            Text("请用 --rejects 指定可写的位置", "Name a place that can be written with --rejects"),
        ) from error
    return True


def _write(path: Path, records: Sequence[Mapping[str, Any]]) -> None:
    names = list(dict.fromkeys((*HEADER, *(name for record in records for name in record))))
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(records)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _located(source: Source, problems: Sequence[Problem]) -> list[tuple[Problem, int]]:
    position = {row: at for at, row in enumerate(source.rows)}
    return [(problem, position[problem.row]) for problem in problems]


def _record(collection: str, source: Source, problem: Problem, at: int) -> dict[str, Any]:
    lon, lat = problem.place if problem.place is not None else ("", "")
    line = source.lines[at] if source.lines is not None else ""
    told = (collection, problem.row, line, problem.reason.zh, problem.reason.en, lon, lat)
    values = {_heading(name): _cell(values[at]) for name, values in source.columns.items()}
    return {**dict(zip(HEADER, told, strict=True)), **values}


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else value


def _heading(name: str) -> str:
    return f"{name} (file)" if name in HEADER else guarded(name)


def _records(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ())[: len(HEADER)] != HEADER:
            raise Conflict(
                Text(f"{path.name} 已存在，且不是导入留下的", f"{path.name} exists and was not left by an import"),
                Text("请移走它，或用 --rejects 指定别处", "Move it away, or name another place with --rejects"),
            )
        return list(reader)
