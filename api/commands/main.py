"""The command line's front door: every command is registered here, one line each."""

import typer

app = typer.Typer(
    name="gridscape",
    help="Gridscape: which grid owns this point, and what follows from it. 网格归属与空间治理平台。",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
)


def run() -> None:
    """Run the command line; an error of ours is said in one line, in the user's language, and exits with 2."""
    app()
