"""The house rules that no linter knows."""

import ast
import importlib
import re
from enum import Enum
from pathlib import Path

import pytest

from spatial import vocabulary
from spatial.schema import COLLECTIONS, STORED

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("spatial", "layers", "api", "fixtures")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_each_top_level_package_is_ours(package: str) -> None:
    found = importlib.import_module(package).__file__
    assert found is not None
    assert Path(found).resolve().parent == ROOT / package


ENUMS = [
    member
    for member in vars(vocabulary).values()
    if isinstance(member, type) and issubclass(member, Enum) and member.__module__ == vocabulary.__name__
]


@pytest.mark.parametrize("words", ENUMS, ids=lambda words: words.__name__)
def test_every_member_of_a_closed_set_has_a_chinese_and_an_english_name(words: type[Enum]) -> None:
    for member in words:
        text = vocabulary.word(member)  # type: ignore[arg-type]
        assert re.search("[\u4e00-\u9fff]", text.zh), member
        assert re.fullmatch(r"[A-Za-z0-9 \-]+", text.en), member


def test_every_collection_has_the_identity_columns() -> None:
    for collection in COLLECTIONS.values():
        assert collection.names[:4] == ("code", "district", "name", "name_en")


def test_a_view_has_the_columns_of_the_collection_that_stores_it() -> None:
    for collection in COLLECTIONS.values():
        if collection.view_of:
            assert collection.columns == COLLECTIONS[collection.view_of[0]].columns
        else:
            assert collection in STORED


DECIDES = {"contains", "contains_properly", "contains_xy", "covers", "covered_by", "within", "sjoin", "sjoin_nearest"}
"""Predicates that could decide who owns a point."""

ALLOWED = {
    # places where a predicate answers another question than ownership, each with its reason
    "fixtures/": "generators place things; what they place is tagged through GridIndex afterwards",
    "layers/circles.py": "a circle inside the union of others adds nothing to it",
}


def _predicates(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = node.attr if isinstance(node, ast.Attribute) else None
        if name in DECIDES:
            found.append(f"{path.relative_to(ROOT)}:{node.lineno} {name}")  # type: ignore[attr-defined]
    return found


def test_no_other_predicate_than_the_grid_index_decides_who_owns_a_point() -> None:
    found = [
        place
        for path in SOURCES
        if not path.relative_to(ROOT).as_posix().startswith(("spatial/ownership/", *ALLOWED))
        for place in _predicates(path)
    ]
    assert not found, f"ask spatial.ownership.GridIndex instead: {found}"


def test_no_sql_decides_who_owns_a_point() -> None:
    statements = [*SOURCES, *(ROOT / "spatial").rglob("*.sql")]
    pattern = re.compile(r"\bST_(Contains|Within|Covers|CoveredBy|ContainsProperly)\b", re.IGNORECASE)
    found = [str(path.relative_to(ROOT)) for path in statements if pattern.search(path.read_text(encoding="utf-8"))]
    assert not found


def test_only_a_stores_own_files_import_its_driver() -> None:
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module]
            for name in names:
                driver = name.split(".")[0]
                home = {"sqlite3": "geopackage", "psycopg": "postgis", "psycopg_pool": "postgis"}.get(driver)
                if home and home not in path.relative_to(ROOT).as_posix():
                    found.append(f"{path.relative_to(ROOT)} imports {driver}")
    assert not found
