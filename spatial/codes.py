"""Codes with rules of their own: areas of the main tree, and camera sites by GB/T 28181."""

import re
from dataclasses import dataclass

from spatial.errors import BadCode
from spatial.text import Text
from spatial.vocabulary import CameraKind, LevelSlug

DISTRICT_DIGITS, STREET_DIGITS, COMMUNITY_DIGITS, GRID_DIGITS, CAMERA_DIGITS = 6, 9, 12, 15, 20

_DIVISIONS = {
    DISTRICT_DIGITS: LevelSlug.DISTRICT,
    STREET_DIGITS: LevelSlug.STREET,
    COMMUNITY_DIGITS: LevelSlug.COMMUNITY,
}
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_CAMERA_KINDS = tuple(kind.value for kind in CameraKind)


def child_code(parent: str, sequence: int) -> str:
    """Return the code of an area below another: the parent's and three digits, 001 to 999.

    Areas below one parent are numbered from west to east, then from north to south. Raises BadCode beyond 999.
    """
    if not 1 <= sequence <= 999:
        raise BadCode(
            Text(f"{parent} 的下级序号 {sequence} 超出 1–999", f"The number {sequence} below {parent} is not in 1–999"),
            Text("请把上级区域分开", "Divide the area above"),
        )
    return f"{parent}{sequence:03d}"


def check_grid_code(code: str) -> str:
    """Return the code of a unit grid as given: county 6, street 3, community 3, sequence 3 digits.

    Streets are 001–099, towns 100–199, townships 200–399, other units of that rank 400–599; residents' committees
    001–199, villages 200–399.
    Raises BadCode that says which part breaks the rule.
    """
    _check_digits(code, GRID_DIGITS, Text("网格编码", "A grid code"))
    street, community, sequence = int(code[6:9]), int(code[9:12]), int(code[12:15])
    for part, number, most, name in (
        ("7–9", street, 599, Text("街道", "street")),
        ("10–12", community, 399, Text("社区", "community")),
        ("13–15", sequence, 999, Text("网格序号", "sequence")),
    ):
        if not 1 <= number <= most:
            raise BadCode(
                Text(
                    f"网格编码 {code} 的第 {part} 位（{name.zh}）{number:03d} 不在 001–{most} 之间",
                    f"Digits {part} ({name.en}) of the grid code {code} are {number:03d}, not in 001–{most}",
                ),
                Text("请核对编码", "Check the code"),
                code=code,
            )
    return code


def division_level(code: str) -> LevelSlug:
    """Return the level of a division by its code: 6 digits a district, 9 a street, 12 a community.

    Raises BadCode for any other length, and for characters that are no digits.
    """
    level = _DIVISIONS.get(len(code))
    if level is None:
        raise BadCode(
            Text(
                f"区划代码 {code[:40]} 有 {len(code)} 位", f"The division code {code[:40]} has {len(code)} characters"
            ),
            Text("区县 6 位，街道 9 位，社区 12 位", "A district has 6 digits, a street 9, a community 12"),
            code=code[:40],
        )
    _check_digits(code, len(code), Text("区划代码", "A division code"))
    return level


@dataclass(frozen=True, slots=True)
class CameraId:
    """The parts of a camera's id by GB/T 28181."""

    centre: str
    industry: str
    kind: CameraKind
    network: str
    sequence: int


def parse_camera_id(code: str) -> CameraId:
    """Return the parts of a camera's id; raises BadCode where it is not 20 digits of type 131 or 132."""
    check_camera_id(code)
    return CameraId(code[:8], code[8:10], CameraKind(code[10:13]), code[13], int(code[14:]))


@dataclass(frozen=True, slots=True)
class GridCode:
    """The parts of a unit grid's code: the codes of the areas above it, and its number in the community."""

    district: str
    street: str
    community: str
    sequence: int


def parse_grid_code(code: str) -> GridCode:
    """Return the parts of a grid's code; raises BadCode as `check_grid_code` does."""
    check_grid_code(code)
    return GridCode(code[:DISTRICT_DIGITS], code[:STREET_DIGITS], code[:COMMUNITY_DIGITS], int(code[COMMUNITY_DIGITS:]))


def camera_id(centre: str, industry: str, kind: CameraKind, sequence: int, network: str = "1") -> str:
    """Return the id of a camera by GB/T 28181: centre 8, industry 2, device type 3, network 1, sequence 6 digits.

    `centre` is the district's code and two digits of the unit below. Raises BadCode where a part has the wrong length.
    """
    return check_camera_id(f"{centre}{industry}{kind.value}{network}{sequence:06d}")


def check_camera_id(code: str) -> str:
    """Return the id of a camera as given; raises BadCode where it is not 20 digits of type 131 or 132."""
    _check_digits(code, CAMERA_DIGITS, Text("摄像机编码", "A camera id"))
    kind = code[10:13]
    if kind not in _CAMERA_KINDS:
        raise BadCode(
            Text(
                f"摄像机编码 {code} 的第 11–13 位是 {kind}，不是摄像机类型",
                f"Digits 11–13 of the camera id {code} are {kind}, no type of camera",
            ),
            Text("摄像机用 131，网络摄像机用 132", "131 is a camera, 132 a network camera"),
            code=code,
        )
    return code


def _check_digits(code: str, count: int, name: Text) -> None:
    if len(code) != count or not _DIGITS.fullmatch(code):
        raise BadCode(
            Text(
                f"{name.zh}须为 {count} 位数字，{code[:40]} 有 {len(code)} 位",
                f"{name.en} has {count} digits; {code[:40]} has {len(code)} characters",
            ),
            Text("请核对编码", "Check the code"),
            code=code[:40],
        )
