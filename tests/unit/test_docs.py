"""The documents say what is true: commands, targets, files and links that they name exist."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from api.commands.main import app
from spatial.schema import STORED, Collection

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]
EXPECTED_COMMANDS = {
    "demo",
    "serve",
    "locate",
    "tag",
    "import",
    "export",
    "check",
    "stats",
    "backup",
    "restore",
    "migrate",
}


def test_every_command_that_was_promised_is_there() -> None:
    assert EXPECTED_COMMANDS <= COMMANDS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_and_target_that_a_document_names_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for command in re.findall(r"(?:^|[`\s/])gridscape ([a-z]+(?:-[a-z]+)*)", text):
        assert command in COMMANDS, f"{document.name} names gridscape {command}"
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for target in re.findall(r"(?:^    |`)make ([a-z-]+)", text, re.MULTILINE):
        assert target in targets, f"{document.name} names make {target}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_and_picture_of_a_document_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_every_command_is_in_the_operations_manual_and_shows_an_example() -> None:
    pages = (ROOT / "docs" / page for page in ("operations.md", "desk.md", "import.md"))
    manual = "".join(page.read_text(encoding="utf-8") for page in pages)
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"gridscape {name}" in manual, f"the manual says nothing of gridscape {name}"
        assert f"gridscape {name}" in (command.help or "") + (command.epilog or ""), f"gridscape {name} has no example"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_two_readmes_and_the_pages_name_no_path_of_a_machine(document: Path) -> None:
    assert not re.search(r"(?<![\w.])/(root|home|work|tmp)/", document.read_text(encoding="utf-8"))


@pytest.mark.parametrize("collection", STORED, ids=lambda collection: collection.id)
def test_the_page_on_formats_lists_every_column_of_every_collection(collection: Collection) -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = page.split(f"### `{collection.id}`")[1].split("\n#")[0]
    listed = re.findall(r"^\| `(\w+)` \| (\w+)", section, re.MULTILINE)
    assert listed == [(column.name, column.holds.value) for column in collection.columns]
