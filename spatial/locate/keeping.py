"""What is held in memory is kept as files, so that the next start maps it; and what no longer answers is removed."""

from collections.abc import Callable, Iterable

from spatial.locate.index_files import IndexFiles
from spatial.locate.locator import Locator


def save_levels(files: IndexFiles, locators: Iterable[Locator], stopped: Callable[[], bool] = lambda: False) -> bool:
    """Write the files of levels that have none; return whether all of them lie there now.

    A patched index is made whole for it, which takes as long as building it. `stopped`: asked before each file.
    """
    for locator in locators:
        for level_index in locator.levels:
            if stopped() or not files.save(level_index.index, level_index.edition, level_index.level.slug):
                return False
    return True


def keep(
    files: IndexFiles, newest: Locator, past: Iterable[Locator] = (), stopped: Callable[[], bool] = lambda: False
) -> None:
    """Save what answers, the newest editions first, then remove the files of editions that no longer do.

    `past`: locators of older editions that still answer. Nothing is removed where not everything could be saved.
    """
    answering = (newest, *past)
    if not save_levels(files, answering, stopped):
        return
    files.remove_superseded(
        {
            files.path(level_index.edition, level_index.level.slug, level_index.index.codes)
            for locator in answering
            for level_index in locator.levels
        }
    )
