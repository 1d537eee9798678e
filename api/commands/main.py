"""The command line's front door: every command is registered here, one line each."""

import errno
import os
import sys
from importlib import import_module
from typing import Annotated

import typer

from api.commands.language import VARIABLE, say, terminal_language
from spatial.errors import GridscapeError, NoSpace
from spatial.text import Language, Text

app = typer.Typer(
    name="gridscape",
    help="Gridscape: which grid owns this point, and what follows from it. 网格归属与空间治理平台。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def choose(
    lang: Annotated[
        Language | None,
        typer.Option("--lang", help="Language of what is said: zh or en. Default: by LANG. 输出语言。"),
    ] = None,
) -> None:
    """Note the language that was asked for, for this process and those that it starts."""
    if lang is not None:
        os.environ[VARIABLE] = lang.value


# name on the command line, module, function; in the order in which a person meets them
COMMANDS = (
    ("demo", "api.commands.demo", "demo"),
    ("serve", "api.commands.serve", "serve"),
    ("play", "api.commands.play", "play"),
    ("locate", "api.commands.locate", "locate"),
    ("tag", "api.commands.tag", "tag"),
    ("import", "api.commands.import_", "import_"),
    ("export", "api.commands.export", "export"),
    ("operations-map", "api.commands.operations_map", "operations_map"),
    ("publish", "api.commands.publish", "publish"),
    ("check", "api.commands.check", "check"),
    ("stats", "api.commands.stats", "stats"),
    ("retention", "api.commands.retention", "retention"),
    ("backup", "api.commands.backup", "backup"),
    ("restore", "api.commands.restore", "restore"),
    ("migrate", "api.commands.migrate", "migrate"),
)
for _name, _module, _function in COMMANDS:
    # -3.7 is a longitude, not an option
    _settings = {"ignore_unknown_options": True} if _name == "locate" else {}
    app.command(_name, context_settings=_settings)(getattr(import_module(_module), _function))

# name on the command line, module; each has commands of its own
GROUPS = (
    ("account", "api.commands.account"),
    ("audit", "api.commands.audit"),
    ("event-list", "api.commands.event_list"),
    ("calendar", "api.commands.calendar"),
)
for _name, _module in GROUPS:
    app.add_typer(import_module(_module).app, name=_name)


def run() -> None:
    """Run the command line; an error of ours is said in one line, in the user's language, and exits with 2."""
    try:
        app()
    except GridscapeError as error:
        _fail(error)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _fail(
            NoSpace(
                Text("磁盘已满，没有写入任何内容", "The disk is full; nothing was written"),
                Text("请释放空间后重试", "Free some space and try again"),
            )
        )
    except KeyboardInterrupt:
        say(Text("已中断", "Interrupted"), error=True)
        sys.exit(130)


def _fail(error: GridscapeError) -> None:
    typer.secho(f"✗ {error.in_language(terminal_language())}", err=True, fg=typer.colors.RED)
    sys.exit(2)
