"""A bar for work that tells how far it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from api.commands.language import terminal_language
from spatial.text import Text


def show(doing: Text, parts: Iterable[float]) -> None:
    """Run work that yields its progress from 0 to 1, with a bar where there is a terminal to draw one on."""
    with shown(doing) as advance:
        for part in parts:
            advance(part)


@contextmanager
def shown(doing: Text) -> Iterator[Callable[[float], None]]:
    """Give a function that takes the progress from 0 to 1, and draw a bar of it where there is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task(doing.in_language(terminal_language()), total=1.0)
        yield lambda part: bar.update(task, completed=part)
