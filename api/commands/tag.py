"""`gridscape tag`: every record of a file gets the areas that own its place."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text

if TYPE_CHECKING:
    from spatial.datum_evidence import DatumFinding
    from spatial.tagging import TagResult


def tag(
    source: Annotated[
        Path,
        typer.Argument(metavar="IN", help="CSV, GeoJSON, GeoPackage, Shapefile, Parquet or GeoParquet. 输入文件。"),
    ],
    target: Annotated[
        Path, typer.Argument(metavar="OUT", help="File to write: .csv .geojson .gpkg .parquet .geoparquet. 输出文件。")
    ],
    lon: Annotated[str | None, typer.Option("--lon", help="The column of longitudes. 经度列。")] = None,
    lat: Annotated[str | None, typer.Option("--lat", help="The column of latitudes. 纬度列。")] = None,
    crs: Annotated[
        str | None,
        typer.Option(help="What the coordinates are: wgs84, cgcs2000, gcj02, bd09, EPSG:4544 … 坐标系。"),
    ] = None,
    district: Annotated[
        str | None, typer.Option("--district", "-d", help="Only one district, by slug or code. 只用一个区县。")
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option("--level", help="A level to tell; repeat for several. 只标注的层级，可重复。")
    ] = None,
    tree: Annotated[str, typer.Option("--tree", help="The tree of areas. 层级树。")] = "main",
    claims: Annotated[
        str | None,
        typer.Option(help="A column with the code of the area each row is thought to lie in. 自报归属的列，用于核对。"),
    ] = None,
    layer: Annotated[str | None, typer.Option(help="The layer of a file that has several. 图层。")] = None,
    prefix: Annotated[str, typer.Option(help="Goes before the names of the new columns. 新列名的前缀。")] = "",
    store: StoreOption = DEFAULT_STORE,
    force: Annotated[bool, typer.Option("--force", "-f", help="Overwrite what is there. 覆盖已有文件。")] = False,
) -> None:
    """Write a file's rows to another with the areas that own them, whatever its size. 为数据文件标注网格归属。

    Examples:

    gridscape tag reports.parquet tagged.parquet --lon x --lat y --crs gcj02

    gridscape tag reports.csv tagged.gpkg --district luxian --level grid --claims 网格编码
    """
    from api.commands.progress import shown
    from spatial.tagging import TagRequest, tag_file

    request = TagRequest(
        source, target, lon, lat, crs, layer, district, tuple(level or ()), tree, claims, prefix, force
    )
    before = _state(target)
    try:
        with _told_to_stop() as stopped:
            opened = open_existing(store)
            try:
                with shown(Text(f"正在标注 {source.name}", f"Tagging {source.name}")) as progress:

                    def heard(part: float) -> None:
                        stopped()
                        progress(part)

                    done = tag_file(opened, request, heard)
            finally:
                opened.close()
    except _Stopped as stop:
        _say_stopped(stop, target, written=_state(target) != before)
        raise typer.Exit(128 + stop.number) from None
    _report(done)
    if claims is not None and done.tagged and not done.claimed:
        say(
            Text(
                f"! 列 {claims} 中没有一个是区域编码，未能核对",
                f"! No value of {claims} is the code of an area of the tree; nothing could be compared",
            ),
            error=True,
        )


class _Stopped(BaseException):
    """Somebody asked the command to end; no error, so that nothing takes it for one on its way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextmanager
def _told_to_stop() -> Iterator[Callable[[], None]]:
    """Make a request to end, such as Ctrl-C or a shutdown, leave by the doors that remove what is half done.

    Gives a function that leaves where that was asked for: Python drops what is raised while it tidies up.
    """
    asked: list[int] = []

    def leave(number: int, _: object) -> None:
        asked.append(number)
        raise _Stopped(number)

    def check() -> None:
        if asked:
            raise _Stopped(asked[0])

    if threading.current_thread() is not threading.main_thread():
        yield check
        return
    before = {number: signal.signal(number, leave) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield check
    except Exception:
        check()  # a library may have made an error of its own of what was raised in the midst of it
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _state(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from one that takes its place, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def _say_stopped(stop: _Stopped, target: Path, written: bool) -> None:
    name = "Ctrl-C" if stop.number == signal.SIGINT else signal.Signals(stop.number).name
    if written:
        words = Text(f"{target} 此前已写完", f"{target} was complete already")
    else:
        words = Text(
            f"没有写入 {target}，未完成的部分已删除", f"{target} was not written, and what was half done is removed"
        )
    say(Text(f"✗ 被 {name} 中止：{words.zh}", f"✗ Stopped by {name}: {words.en}"), error=True)


def _report(done: "TagResult") -> None:
    say(
        Text(
            f"✓ 已写入 {done.target}：读入 {done.rows:,} 行 = 已标注 {done.tagged:,} + 未能标注 {done.rejected:,}",
            f"✓ Wrote {done.target}: {done.rows:,} rows in = {done.tagged:,} tagged + {done.rejected:,} rejected",
        )
    )
    say(Text(f"  坐标系：{done.reference}", f"  Coordinates: {done.reference}"))
    if done.unowned:
        say(
            Text(
                f"  其中 {done.unowned:,} 行不在任何区域之内，归属为空",
                f"  {done.unowned:,} of the tagged lie in no area; their owners are empty",
            )
        )
    if done.claimed:
        say(
            Text(
                f"  自报归属 {done.claimed:,} 行，其中 {done.agreeing:,} 行与标注一致",
                f"  {done.claimed:,} claim an area; {done.agreeing:,} of them lie in it",
            )
        )
    if done.rejects is not None:
        say(
            Text(
                f"! {done.rejected:,} 行未能标注，原因见 {done.rejects}",
                f"! {done.rejected:,} rows could not be tagged; {done.rejects} says why",
            ),
            error=True,
        )
    if done.finding is not None:
        warn_of_datum(done.finding)


def warn_of_datum(finding: "DatumFinding") -> None:
    """Say so where another datum than the declared one fits better."""
    from spatial.datum_evidence import Verdict

    if finding.verdict is Verdict.ANOTHER_FITS and finding.best is not None:
        best = finding.best
        say(
            Text(
                f"! 坐标更像是 {best.upper()}，而不是 {finding.declared.upper()}：{finding.reason.zh}。"
                f"请核实；如是，用 --crs {best} --force 重新标注",
                f"! The coordinates look like {best.upper()}, not {finding.declared.upper()}: {finding.reason.en}. "
                f"Check them; if so, tag again with --crs {best} --force",
            ),
            error=True,
        )
