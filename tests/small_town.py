"""Two hand-made districts, small enough to know by heart, for tests of what stands on a store.

Luxian (510521): a square of 0.08° around (105.376, 29.151); 2 streets side by side, 2 communities in each (south and
north), 2 grids in each (west and east), one compound in each grid, 3 buildings in each compound. Every number that a
test compares is a constant below. Tongliang (500151): one street, one community, one grid and a flat legacy tree.
"""

import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import shapely

from fixtures.event_list import EVENT_LIST
from spatial.levels import MAIN_TREE, Level
from spatial.store.protocol import Store
from spatial.store.records import District, DutyHolder
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import LevelSlug, Post

CENTRE = (105.376, 29.151)
WEST, SOUTH, SIDE = 105.336, 29.111, 0.08
STREETS, COMMUNITIES, GRIDS, COMPOUNDS, BUILDINGS = 2, 4, 8, 8, 24
AREAS = 1 + STREETS + COMMUNITIES + GRIDS + COMPOUNDS + BUILDINGS
CAMERAS, STATIONS, INCIDENTS, ROADS = 6, 3, 4, 2
NOW = datetime(2026, 11, 23, 1, 31, tzinfo=UTC)
LEGACY = "legacy-public_order"

FIRST_GRID = "510521001001001"
"""South-west corner; its post of grid worker is held by 王敏."""

VACANT_GRID = "510521001001002"
"""Beside it; its post of grid worker is vacant, and its community has a holder."""

IN_FIRST_GRID = (105.337, 29.112)
IN_VACANT_GRID = (105.357, 29.112)
IN_FIRST_BUILDING = (105.3423, 29.1223)
OUTSIDE = (0.0, 0.0)

LUXIAN = District("luxian", "510521", Text("泸县", "Luxian"), CENTRE, 4544, synthetic=True)
TONGLIANG = District("tongliang", "500151", Text("铜梁区", "Tongliang"), (106.056, 29.845), 4544, synthetic=True)


def levels(district: str) -> list[Level]:
    """Return the levels of the main tree of either district."""
    ranks = (
        (LevelSlug.DISTRICT, "区县", "District", False, False),
        (LevelSlug.STREET, "街道", "Street", True, False),
        (LevelSlug.COMMUNITY, "社区", "Community", True, False),
        (LevelSlug.GRID, "网格", "Grid", True, True),
        (LevelSlug.COMPOUND, "小区", "Compound", False, False),
        (LevelSlug.BUILDING, "楼栋", "Building", False, False),
    )
    return [
        Level(district, MAIN_TREE, rank, slug, Text(zh, en), ranks[rank - 1][0] if rank else None, tiles, governing)
        for rank, (slug, zh, en, tiles, governing) in enumerate(ranks)
    ]


def luxian_areas() -> Table:
    """Return the areas of Luxian's main tree."""
    rows: list[dict[str, Any]] = []

    def add(
        parent: dict[str, Any] | None, number: int, level: str, box: tuple[float, ...], **more: Any
    ) -> dict[str, Any]:
        code = "510521" if parent is None else f"{parent['code']}{number:03d}"
        row = {
            "code": code,
            "district": "luxian",
            "tree": MAIN_TREE,
            "level": level,
            "parent": parent["code"] if parent else None,
            "path": f"{parent['path'] if parent else ''}/{code}",
            "geometry": shapely.multipolygons([shapely.box(*box)]),
            **more,
        }
        rows.append(row)
        return row

    half, quarter = SIDE / 2, SIDE / 4
    top = add(None, 0, "district", (WEST, SOUTH, WEST + SIDE, SOUTH + SIDE), name="泸县", name_en="Luxian")
    for s in range(2):
        west = WEST + s * half
        name = ("玉蟾街道", "城东街道")[s], ("Yuchan Street", "Chengdong Street")[s]
        street = add(top, s + 1, "street", (west, SOUTH, west + half, SOUTH + SIDE), name=name[0], name_en=name[1])
        for c in range(2):
            south = SOUTH + c * half
            name = ("康桥社区", "清溪社区", "祥和社区", "龙桥社区")[2 * s + c], f"Community {2 * s + c + 1}"
            community = add(
                street,
                c + 1,
                "community",
                (west, south, west + half, south + half),
                name=name[0],
                name_en=name[1],
                kind="mixed",
                model=c == 0,
            )
            for g in range(2):
                left = west + g * quarter
                number = "一二"[g]
                grid = add(
                    community,
                    g + 1,
                    "grid",
                    (left, south, left + quarter, south + half),
                    name=f"{name[0]}第{number}网格",
                    name_en=f"{name[1]} grid {g + 1}",
                    households=413,
                    elderly_alone=12,
                )
                _compound(add, grid, left, south)
    return _table(rows)


def _compound(add: Any, grid: dict[str, Any], left: float, south: float) -> None:
    box = (left + 0.004, south + 0.01, left + 0.016, south + 0.03)
    names = {"name": f"书香美地{grid['code'][-6:]}", "name_en": f"Shuxiang {grid['code'][-6:]}"}
    compound = add(
        grid, 1, "compound", box, kind="three_no", management="none", households=123, elderly_alone=7, **names
    )
    for number in range(3):
        x, y = left + 0.006 + number * 0.003, south + 0.011
        add(
            compound,
            number + 1,
            "building",
            (x, y, x + 0.002, y + 0.001),
            name=f"{number + 1}栋",
            name_en=f"Building {number + 1}",
            kind="housing",
            floors=6,
            height_m=18.0,
            staircases=2,
            households=41,
            elderly_alone=3,
        )


def tongliang_trees() -> dict[str, Table]:
    """Return the trees of Tongliang: four levels and one legacy grid over the same square."""
    west, south = 106.036, 29.825
    square = shapely.multipolygons([shapely.box(west, south, west + 0.04, south + 0.04)])
    codes = ("500151", "500151001", "500151001001", "500151001001001")
    names = (
        ("铜梁区", "Tongliang"),
        ("巴川街道", "Bachuan Street"),
        ("龙城社区", "Longcheng"),
        ("龙城社区第一网格", "Grid 1"),
    )
    slugs = (LevelSlug.DISTRICT, LevelSlug.STREET, LevelSlug.COMMUNITY, LevelSlug.GRID)
    main = [
        {
            "code": code,
            "district": "tongliang",
            "tree": MAIN_TREE,
            "level": slugs[rank].value,
            "parent": codes[rank - 1] if rank else None,
            "path": "/" + "/".join(codes[: rank + 1]),
            "geometry": square,
            "name": names[rank][0],
            "name_en": names[rank][1],
        }
        for rank, code in enumerate(codes)
    ]
    legacy = [
        {
            "code": "public_order-001",
            "district": "tongliang",
            "tree": LEGACY,
            "level": LevelSlug.LEGACY_GRID.value,
            "parent": None,
            "path": "/public_order-001",
            "geometry": square,
            "name": "综治001",
            "name_en": "Public order 001",
        }
    ]
    return {MAIN_TREE: _table(main), LEGACY: _table(legacy)}


def features(district: str = "luxian") -> dict[str, Table]:
    """Return the features of Luxian by collection, few of each."""
    path = f"/510521/510521001/510521001001/{FIRST_GRID}"
    tag = {"responsible": FIRST_GRID, "path": path, "district": district}
    x, y = IN_FIRST_GRID
    cameras = [
        {
            "code": f"51052100001310{number:06d}",
            "name": f"大门{number}",
            "name_en": f"Gate {number}",
            "kind": "131",
            "state": "offline" if number == 1 else "online",
            "place": "gate",
            "height_m": 3.5,
            "bearing": 90.0,
            "geometry": shapely.Point(x + number * 0.0001, y),
            **tag,
        }
        for number in range(1, CAMERAS + 1)
    ]
    stations = [
        {
            "code": f"ST{number:03d}",
            "name": f"康桥服务站{number}",
            "name_en": f"Kangqiao station {number}",
            "kind": ("community_station", "micro", "registration")[number - 1],
            "functions": "errands,elderly",
            "opens": "Mo-Fr 09:00-17:00",
            "geometry": shapely.Point(x, y + number * 0.0001),
            **tag,
        }
        for number in range(1, STATIONS + 1)
    ]
    incidents = [
        {
            "code": f"IN{number:04d}",
            "name": f"井盖缺失{number}",
            "name_en": f"Manhole cover missing {number}",
            "kind": "manhole",
            "category": "municipal",
            "state": ("reported", "dispatched", "closed", "closed")[number - 1],
            "priority": number,
            "dispute": number == 4,
            "reported_at": NOW - timedelta(days=10 * number),
            "due_at": NOW - timedelta(days=10 * number - 1),
            "accuracy_m": 8.0,
            "datum": "WGS84",
            "geometry": shapely.Point(x, y),
            **tag,
        }
        for number in range(1, INCIDENTS + 1)
    ]
    roads = [
        {
            "code": f"RD{number:03d}",
            "district": district,
            "name": f"玉蟾大道{number}",
            "name_en": f"Yuchan Avenue {number}",
            "kind": "arterial",
            "width_m": 24.0,
            "walkable": True,
            "drivable": True,
            "geometry": shapely.LineString([(x, y), (x + 0.02, y + 0.0001 * number)]),
        }
        for number in range(1, ROADS + 1)
    ]
    return {
        "cameras": _table(cameras),
        "stations": _table(stations),
        "incidents": _table(incidents),
        "roads": _table(roads),
    }


def lights(count: int, district: str = "luxian") -> Table:
    """Return street lights on a line across the town, for what needs many rows."""
    xs = np.linspace(WEST + 0.001, WEST + SIDE - 0.001, count)
    return Table(
        shapely.points(xs, np.full(count, SOUTH + 0.005)),
        {
            "code": [f"L{number:06d}" for number in range(count)],
            "district": [district] * count,
            "name": [None] * count,
            "name_en": [None] * count,
            "kind": ["light"] * count,
        },
    )


def duty_holders() -> list[DutyHolder]:
    """Return posts: one held, one vacant, and one at the community above both."""
    community = "510521001001"
    path = f"/510521/510521001/{community}"
    return [
        DutyHolder("P1", "luxian", Post.GRID_WORKER.value, FIRST_GRID, f"{path}/{FIRST_GRID}", "王敏"),
        DutyHolder("P2", "luxian", Post.GRID_WORKER.value, VACANT_GRID, f"{path}/{VACANT_GRID}", None),
        DutyHolder("P3", "luxian", Post.PART_TIME_WORKER.value, community, path, "李强"),
    ]


def fill(store: Store, extra: Iterable[tuple[str, Table]] = ()) -> None:
    """Write both districts into a store, and further rows by collection."""
    legacy = Level("tongliang", LEGACY, 0, LevelSlug.LEGACY_GRID.value, Text("原部门网格", "Legacy grid"), None)
    with store.write("test") as transaction:
        transaction.put_district(LUXIAN, levels("luxian"))
        transaction.put_district(TONGLIANG, [*levels("tongliang")[:4], legacy])
        transaction.publish("luxian", luxian_areas())
        for tree, areas in tongliang_trees().items():
            transaction.publish("tongliang", areas, tree)
        for collection, rows in features().items():
            transaction.insert(collection, rows)
        for collection, rows in extra:
            transaction.insert(collection, rows)
        transaction.put_duty_holders(duty_holders())
        transaction.put_event_list("luxian", EVENT_LIST)


def tile_at(position: tuple[float, float], zoom: int) -> str:
    """Return level/row/column of the tile of WebMercatorQuad that holds a position."""
    lon, lat = position
    side = 1 << zoom
    column = int((lon + 180) / 360 * side)
    row = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)
    return f"{zoom}/{row}/{column}"


def _table(rows: list[dict[str, Any]]) -> Table:
    return Table.from_rows(rows)
