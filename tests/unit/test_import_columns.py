"""Which of the file's columns is which of ours, and what its values mean."""

import pytest

from spatial.importing.columns import converted, match
from spatial.importing.source import ProblemKind
from spatial.importing.validate import check_ranges
from spatial.schema import AREAS, CAMERAS, ROADS, STATIONS


@pytest.mark.parametrize(
    ("source", "column"),
    [
        ("NAME", "name"),
        ("名称", "name"),
        ("小区名称", "name"),
        ("编码", "code"),
        ("Code", "code"),
        ("building:levels", "floors"),
        ("层数", "floors"),
        ("HEIGHT", "height_m"),
        ("height_m", "height_m"),
        ("户数", "households"),
        ("elderly_al", "elderly_alone"),
        ("name:en", "name_en"),
        ("英文名称", "name_en"),
    ],
)
def test_columns_of_areas_are_guessed_by_name(source: str, column: str) -> None:
    assert [(one.column, one.source) for one in match(AREAS, [source, "FID"], {})] == [(column, source)]


def test_what_the_import_works_out_by_itself_is_never_taken_from_the_file() -> None:
    names = ["district", "tree", "level", "parent", "path", "from_edition", "to_edition", "responsible"]
    assert match(AREAS, names, {}) == []
    assert match(STATIONS, names, {}) == []


def test_a_column_that_was_said_goes_before_a_guess() -> None:
    found = match(CAMERAS, ["name", "点位", "方位角"], {"name": "点位"})
    assert [(one.column, one.source, one.said) for one in found] == [
        ("name", "点位", True),
        ("bearing", "方位角", False),
    ]


def test_values_become_what_the_column_holds() -> None:
    columns = {"floors": ["6层", 6.0, "6", None], "height": ["18.5 m", 18, "1.8e1", ""], "model": ["是", "no", 1, None]}
    filled, problems = converted(AREAS, match(AREAS, list(columns), {}), columns, [1, 2, 3, 4])
    assert problems == []
    assert filled["floors"] == [6, 6, 6, None]
    assert filled["height_m"] == [18.5, 18.0, 18.0, None]
    assert filled["model"] == [True, False, True, None]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("floors", "six", "not a number"),
        ("floors", "6.5", "not a whole number"),
        ("floors", "9" * 5000, "not a number"),
        ("height_m", "nan", "not a number"),
        ("height_m", float("inf"), "not finite"),
        ("model", "maybe", "neither yes nor no"),
        ("management", "nobody knows", "none of property_company, owners, community, none"),
        ("name", "名" * 401, "longer than"),
        ("code", 5.1e19, "lost digits"),
        ("extra", "[1]", "not a JSON object"),
    ],
)
def test_values_that_a_column_cannot_hold_say_why(column: str, value: object, reason: str) -> None:
    columns = {column: [value]}
    filled, problems = converted(AREAS, match(AREAS, [column], {}), columns, [7])
    assert [(problem.row, problem.kind) for problem in problems] == [(7, ProblemKind.VALUE)]
    assert reason in problems[0].reason.en
    assert f"Column {column}:" in problems[0].reason.en
    assert filled[column] == [None]


def test_the_kind_of_an_area_is_read_by_its_level() -> None:
    columns = {"kind": ["三无小区", "housing", "mixed", "Old compound"]}
    levels = ["compound", "building", "community", "building"]
    filled, problems = converted(AREAS, match(AREAS, ["kind"], {}), columns, [1, 2, 3, 4], levels)
    assert filled["kind"][:3] == ["three_no", "housing", "mixed"]
    assert [problem.row for problem in problems] == [4]


def test_control_characters_do_not_come_in() -> None:
    filled, _ = converted(ROADS, match(ROADS, ["name"], {}), {"name": ["玉蟾\x00大\x1b道 "]}, [1])
    assert filled["name"] == ["玉蟾 大 道"]


def test_columns_that_nobody_asked_for_stay_behind() -> None:
    columns = {"name": ["a"], "phone": ["13800000000"], "note": ["x"]}
    filled, _ = converted(STATIONS, match(STATIONS, list(columns), {}), columns, [1], keep=("note",))
    assert filled["extra"] == ['{"note":"x"}']
    assert "13800000000" not in str(filled)


def test_numbers_that_no_such_thing_has_are_refused() -> None:
    problems = check_ranges({"floors": [6, 201, -1, None], "bearing": [0, 361, None, None]}, [1, 2, 3, 4])
    assert [(problem.row, problem.reason.en) for problem in problems] == [
        (2, "floors is 201; it runs from 0 to 200"),
        (3, "floors is -1; it runs from 0 to 200"),
        (2, "bearing is 361; it runs from 0 to 360"),
    ]
