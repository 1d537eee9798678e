"""`gridscape demo`: five districts, made from nothing."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.text import Text


def demo(
    store: StoreOption = DEFAULT_STORE,
    district: Annotated[
        list[str] | None, typer.Option(help="Only this district, by its slug; may be repeated. 只生成某区县。")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Another seed makes other towns. 随机种子。")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Make anew what the store holds already. 已有的也重新生成。")
    ] = False,
    now: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%dT%H:%M:%SZ"],
            help="Tell incidents relative to this time in UTC, not to the present. 以此时刻为“现在”。",
        ),
    ] = None,
) -> None:
    """Generate the five districts into a store. 生成五个区县的合成数据。

    Example: gridscape demo --store data/gridscape.gpkg
    """
    from fixtures.districts import DISTRICTS, spec
    from spatial.store import geopackage_path

    wanted = [spec(slug).slug for slug in district or []] or [one.slug for one in DISTRICTS]
    began = time.monotonic()
    at = datetime.now(UTC) if now is None else now.replace(tzinfo=UTC)
    path = geopackage_path(store)
    if path is not None and not path.exists():
        # a file that was left half-made would look like a whole one, so it gets its name when it is whole
        unfinished = path.with_name(f"{path.stem}.unfinished{path.suffix}")
        _remove(unfinished)
        made = _fill(str(unfinished), wanted, seed, again, at)
        unfinished.rename(path)
    else:
        made = _fill(store, wanted, seed, again, at)
    seconds = time.monotonic() - began
    if made:
        say(
            Text(
                f"已生成 {made} 个区县（合成数据），用时 {seconds:.0f} 秒，存于 {store}",
                f"Made {made} district{'s' if made > 1 else ''} of synthetic data in {seconds:.0f} s, in {store}",
            )
        )
        say(
            Text(
                f"接下来：gridscape serve --store {store} --open-demo",
                f"Next: gridscape serve --store {store} --open-demo",
            )
        )


def _fill(address: str, wanted: list[str], seed: int | None, again: bool, now: datetime) -> int:
    """Write the districts that a store lacks, or all that are wanted; return how many."""
    from fixtures.accounts import PASSWORD, make_demo_accounts
    from fixtures.load import ACTOR, load
    from fixtures.present import bring_to_present
    from fixtures.town import SEED
    from spatial.store import open_store

    opened = open_store(address, create=True)
    try:
        there = {one.slug for one in opened.districts()}
        missing = wanted if again else [slug for slug in wanted if slug not in there]
        if missing:
            with _Shown(missing) as shown:
                load(opened, missing, SEED if seed is None else seed, shown.step)
        else:
            say(
                Text(
                    "区县都已在存储中，没有改动；要重新生成请加 --again",
                    "The store holds these districts already; nothing was changed. --again makes them anew",
                )
            )
        made = make_demo_accounts(opened, ACTOR)
        bring_to_present(opened, now, ACTOR)  # the accounts are there: their steps are in the histories
        if made:
            say(
                Text(
                    f"演示账户：{'、'.join(one.login for one in made)}，密码均为 {PASSWORD}",
                    f"Accounts of the demo: {', '.join(one.login for one in made)}, with the password {PASSWORD}",
                )
            )
    finally:
        opened.close()
    return len(missing)


class _Shown:
    """Progress on the terminal: a bar where there is one to draw on, else a line for each step."""

    def __init__(self, slugs: list[str]) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        from fixtures.districts import spec

        language = terminal_language()
        self._names = {slug: spec(slug).name.in_language(language) for slug in slugs}
        self._language = language
        self._console = Console(stderr=True)
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        # every district is generated, then written
        self._task = self._progress.add_task("", total=2 * len(slugs))

    def __enter__(self) -> "_Shown":
        self._progress.start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._progress.stop()

    def step(self, slug: str, step: object) -> None:
        """Show that a district begins a step."""
        from fixtures.load import Step

        words = {
            Step.GENERATING: Text("正在生成", "generating"),
            Step.WRITING: Text("正在写入", "writing"),
            Step.WRITTEN: Text("已写入", "written"),
        }
        assert isinstance(step, Step)
        line = f"{self._names[slug]} {words[step].in_language(self._language)}"
        self._progress.update(self._task, description=line, advance=0 if step is Step.GENERATING else 1)
        if step is Step.WRITTEN or not self._console.is_terminal:
            self._console.print(f"{'✓' if step is Step.WRITTEN else '›'} {line}", highlight=False)


def _remove(path: Path) -> None:
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        part.unlink(missing_ok=True)
