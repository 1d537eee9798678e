"""Codes of grids and camera sites say what is wrong with them."""

import pytest

from spatial.codes import (
    CameraId,
    GridCode,
    camera_id,
    check_camera_id,
    check_grid_code,
    child_code,
    division_level,
    parse_camera_id,
    parse_grid_code,
)
from spatial.errors import BadCode
from spatial.vocabulary import CameraKind, LevelSlug


def test_a_camera_id_is_put_together_from_its_parts() -> None:
    assert camera_id("51052101", "01", CameraKind.NETWORK_CAMERA, 346) == "51052101011321000346"


@pytest.mark.parametrize(
    "code",
    [
        "5105210101132100034",
        "510521010113210003460",
        "51052101011181000346",
        "5105210101132100034x",
        "",
        "５１０５２１０１０１１３２１０００３４６",
    ],
    ids=["19 digits", "21 digits", "type 118", "a letter", "nothing", "full-width digits"],
)
def test_what_is_no_camera_id_is_refused(code: str) -> None:
    with pytest.raises(BadCode):
        check_camera_id(code)


def test_a_sequence_that_does_not_fit_six_digits_is_refused() -> None:
    with pytest.raises(BadCode):
        camera_id("51052101", "01", CameraKind.CAMERA, 1_000_000)


def test_a_grid_code_is_returned_as_it_is() -> None:
    assert check_grid_code("510521001009017") == "510521001009017"


@pytest.mark.parametrize(
    ("code", "part"),
    [("510521000009001", "street"), ("510521001400001", "community"), ("510521001009000", "sequence")],
)
def test_a_grid_code_out_of_range_is_refused_with_the_part_that_is_wrong(code: str, part: str) -> None:
    with pytest.raises(BadCode, match=part):
        check_grid_code(code)


def test_a_child_has_its_parents_code_and_three_digits() -> None:
    assert child_code("510521001009", 7) == "510521001009007"
    with pytest.raises(BadCode):
        child_code("510521001009", 1000)


def test_a_camera_id_comes_apart_into_what_it_was_put_together_from() -> None:
    parts = CameraId("51052101", "01", CameraKind.CAMERA, "1", 346)
    assert parse_camera_id(camera_id("51052101", "01", CameraKind.CAMERA, 346)) == parts


def test_a_grid_code_names_the_areas_above_it() -> None:
    assert parse_grid_code("510521001009017") == GridCode("510521", "510521001", "510521001009", 17)


def test_a_street_of_another_kind_may_hold_grids() -> None:
    assert parse_grid_code("410611566002001").street == "410611566"


@pytest.mark.parametrize(
    ("code", "level"),
    [("510521", LevelSlug.DISTRICT), ("510521001", LevelSlug.STREET), ("510521001009", LevelSlug.COMMUNITY)],
)
def test_the_length_of_a_division_code_tells_its_level(code: str, level: LevelSlug) -> None:
    assert division_level(code) is level


@pytest.mark.parametrize("code", ["5105", "51052100", "51052x", ""], ids=["4", "8", "a letter", "nothing"])
def test_what_is_no_division_code_is_refused_in_both_languages(code: str) -> None:
    with pytest.raises(BadCode) as refused:
        division_level(code)
    assert refused.value.problem.zh
    assert refused.value.problem.en
