"""Which language a terminal speaks, and how a command says something in it."""

import os
from collections.abc import Mapping

from spatial.text import Language, Text

VARIABLE = "GRIDSCAPE_LANG"


def terminal_language(environment: Mapping[str, str] | None = None) -> Language:
    """Return the language of the terminal: `GRIDSCAPE_LANG` (set by `--lang`), else the locale.

    A locale that is neither, such as C or POSIX, is English: it may not be able to show anything else.
    """
    variables = os.environ if environment is None else environment
    for name in (VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            return Language.ZH if value.lower().startswith("zh") else Language.EN
    return Language.EN


def say(text: Text, *, error: bool = False) -> None:
    """Print a sentence in the terminal's language, to standard error where it is one."""
    import typer

    typer.echo(text.in_language(terminal_language()), err=error)
