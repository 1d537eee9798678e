"""The small town with a second street beside the first: what stands there, and what of it is for staff."""

import shapely

from spatial.table import Table
from tests import small_town
from tests.small_town import FIRST_GRID, IN_FIRST_GRID, VACANT_GRID

OWN, OTHER = "/510521/510521001", "/510521/510521002"
OTHER_GRID = "510521002001001"
OTHER_PATH = f"{OTHER}/510521002001/{OTHER_GRID}"
IN_OTHER_GRID = (small_town.WEST + small_town.SIDE / 2 + 0.001, small_town.SOUTH + 0.001)
OWN_CAMERA, OTHER_CAMERA = "51052100001310000001", "51052100001319999999"
OWN_NOTE, OTHER_NOTE = "自家的说明", "别家的说明"
AT_BORDER, BEYOND_BORDER = "IN0097", "IN0096"
"""Two reports of what looks like one thing, a few steps apart: one in each street. Their codes are public."""

SECRETS = (OTHER_CAMERA, OTHER_NOTE, "赵别家", "secret gate")
"""What stands in the store beyond the area of those who are bounded, and is for staff."""


def more() -> list[tuple[str, Table]]:
    """Return what lies in the other street, and what the small town lacks in the first."""
    there, here = shapely.Point(*IN_OTHER_GRID), shapely.Point(*IN_FIRST_GRID)
    tag = {"district": "luxian", "responsible": OTHER_GRID, "path": OTHER_PATH}
    own = {"district": "luxian", "responsible": FIRST_GRID, "path": f"{OWN}/510521001001/{FIRST_GRID}"}
    border = small_town.WEST + small_town.SIDE / 2
    square = shapely.box(*IN_FIRST_GRID, IN_OTHER_GRID[0] + 0.001, IN_OTHER_GRID[1] + 0.001)
    untagged = {"district": "luxian", "name": "n", "name_en": "n"}
    when = {"state": "reported", "priority": 2, "reported_at": small_town.NOW, "kind": "0502", "category": "facilities"}
    return [
        ("cameras", Table.from_rows([
            {"code": OTHER_CAMERA, "name": "别家大门", "name_en": "secret gate", "kind": "131", "state": "online",
             "bearing": 90.0, "field_of_view": 60.0, "range_m": 50.0, "geometry": there, **tag},
        ])),
        ("stations", Table.from_rows([
            {"code": "ST099", "name": "别家站", "name_en": "Other", "kind": "micro", "geometry": there, **tag}])),
        ("incidents", Table.from_rows([
            {"code": "IN0098", "name": "甲", "name_en": "a", "note": OWN_NOTE, "responder": "me", "geometry": here,
             **when, **own},
            {"code": "IN0099", "name": "乙", "name_en": "b", "note": OTHER_NOTE, "responder": "them",
             "geometry": there, **when, **tag},
            {"code": AT_BORDER, "name": "丙", "name_en": "c",
             "geometry": shapely.Point(border - 0.0001, IN_OTHER_GRID[1]), **when, "district": "luxian",
             "responsible": VACANT_GRID, "path": f"{OWN}/510521001001/{VACANT_GRID}"},
            {"code": BEYOND_BORDER, "name": "丁", "name_en": "d",
             "geometry": shapely.Point(border + 0.0001, IN_OTHER_GRID[1]), **when, **tag},
        ])),
        ("assets", Table.from_rows([
            {"code": "A1", "kind": "light", "geometry": here, **own, "name": "灯", "name_en": "Light"},
            {"code": "A2", "kind": "light", "geometry": there, **tag, "name": "灯", "name_en": "Light"},
        ])),
        ("ground", Table.from_rows([
            {"code": "G1", "kind": "green", "geometry": square, **untagged},
            {"code": "G2", "kind": "green", "geometry": square, **untagged},
        ])),
    ]  # fmt: skip
