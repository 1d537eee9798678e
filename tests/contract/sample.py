"""Small contents for the contract that every store keeps: one district, its trees, some rows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import shapely

from spatial.governance import Department, EventCategory, Role
from spatial.incidents.calendar import LimitUnit, TimeLimit
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import Act
from spatial.incidents.records import StoredCase
from spatial.incidents.steps import Case, Step
from spatial.levels import MAIN_TREE, Level
from spatial.schema import AREAS, Collection, Column, ColumnType, GeometryType
from spatial.store.protocol import Store
from spatial.store.records import District, DutyHolder
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import IncidentState, Priority

LUXIAN = District("luxian", "510521", Text("泸县", "Luxian"), (105.376, 29.151), 4544, synthetic=True)
QIBIN = District("qibin", "410611", Text("淇滨区", "Qibin"), (114.298, 35.741), 4546, synthetic=False)
LEGACY = "legacy-public_order"


def levels(district: str) -> list[Level]:
    """Return three levels of the main tree and a flat tree beside it."""
    return [
        Level(district, MAIN_TREE, 0, "district", Text("区县", "District"), None),
        Level(district, MAIN_TREE, 1, "street", Text("街道", "Street"), "district", tiles_parent=True, governing=True),
        Level(district, MAIN_TREE, 2, "building", Text("楼栋", "Building"), "street"),
        Level(district, LEGACY, 0, "legacy_grid", Text("治安网格", "Public-order grid"), None, governing=True),
    ]


def with_districts(store: Store, *districts: District) -> Store:
    """Put districts into a store, Luxian if none is named."""
    with store.write("tester") as tx:
        for district in districts or (LUXIAN,):
            tx.put_district(district, levels(district.slug))
    return store


def areas(
    codes: Sequence[str], level: str | list[str] = "building", west: float = 105.0, **columns: Sequence[Any]
) -> Table:
    """Return areas in a row from west to east, each a square of a thousandth of a degree."""
    edges = west + 0.002 * np.arange(len(codes))
    shapes = shapely.box(edges, 29.0, edges + 0.001, 29.001)
    paths = [f"/510521/{code}" for code in codes]
    filled = {
        "code": list(codes),
        "level": [level] * len(codes) if isinstance(level, str) else level,
        "path": paths,
        **columns,
    }
    return Table(np.asarray(shapes, dtype=object), filled)


def stations(places: Sequence[tuple[float, float]], district: str = "luxian", **columns: Sequence[Any]) -> Table:
    """Return stations at places (longitude, latitude), coded S0, S1, …"""
    codes = columns.pop("code", [f"S{index}" for index in range(len(places))])
    points = np.asarray(shapely.points(np.asarray(places, dtype=float).reshape(-1, 2)), dtype=object)
    return Table(points, {"code": codes, "district": [district] * len(places), **columns})


def post(code: str, area: str, path: str, holder: str | None = "王敏", district: str = "luxian") -> DutyHolder:
    """Return a grid worker's post."""
    return DutyHolder(code, district, "grid_worker", area, path, holder)


def some_value(column: Column, index: int) -> Any:
    """Return a value that a column can hold, another one for each index."""
    match column.holds:
        case ColumnType.TEXT:
            return "luxian" if column.name == "district" else f"{column.name} 值 {index}"
        case ColumnType.INTEGER:
            return 2**53 + index
        case ColumnType.REAL:
            return 0.1 + index / 3
        case ColumnType.BOOLEAN:
            return index % 2 == 0
        case ColumnType.TIME:
            return datetime(2026, 4, 1, 23, 59, 59, 123000 + 1000 * index, tzinfo=UTC)


SHAPES: dict[GeometryType, list[shapely.Geometry]] = {
    GeometryType.POINT: [shapely.Point(105.1, 29.1), shapely.Point(-179.9999999, -89.5)],
    GeometryType.LINE_STRING: [shapely.LineString([(105, 29), (105.1, 29.2), (105.3, 29.1)])],
    GeometryType.MULTI_POLYGON: [
        shapely.MultiPolygon([shapely.box(105, 29, 105.1, 29.1), shapely.box(106, 29, 106.1, 29.1)]),
        shapely.MultiPolygon(
            [shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], holes=[[(1, 1), (1, 2), (2, 2), (2, 1)]])]
        ),
    ],
    GeometryType.ANY: [
        shapely.Point(105.1, 29.1),
        shapely.LineString([(105, 29), (105.1, 29.2)]),
        shapely.box(105, 29, 105.1, 29.1),
        shapely.MultiLineString([[(1, 1), (2, 2)], [(3, 3), (4, 4)]]),
        shapely.MultiPoint([(1, 1), (2, 2)]),
    ],
}


def full_rows(collection: Collection) -> Table:
    """Return a full row for each shape that a collection can hold, and one row as empty as can be."""
    shapes = [*SHAPES[collection.geometry], None]
    rows = []
    for index, shape in enumerate(shapes):
        row = {column.name: some_value(column, index) for column in collection.columns}
        if shape is None:
            row = {column.name: some_value(column, index) if column.required else None for column in collection.columns}
        if collection is AREAS:
            row |= {"tree": MAIN_TREE, "level": "building", "from_edition": 1, "to_edition": None}
        rows.append({**row, "geometry": shape})
    return Table.from_rows(rows, collection.names)


AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ITEM = EventItem(
    "0502", EventCategory.FACILITIES, Text("路灯不亮", "Street light out"), Priority.NORMAL,
    Department.MUNICIPAL_WORKS, TimeLimit(2), TimeLimit(2, LimitUnit.WORKING_DAYS),
)  # fmt: skip


def report(store: Store, district: str = "luxian", at: datetime = AT, path: str | None = "/510521/a") -> StoredCase:
    """Report a street light that is out, as a worker does it."""
    row = Table(
        np.array([shapely.Point(105.0, 29.0)], dtype=object),
        {
            "district": [district],
            "name": ["路灯不亮"],
            "kind": ["0502"],
            "state": ["reported"],
            "reported_at": [at],
            "due_at": [at + timedelta(hours=24)],
            "responsible": ["a"],
            "path": [path],
            "note": ["第三盏"],
        },
    )
    case = Case(IncidentState.REPORTED, at, at + timedelta(hours=24), path, working=True)
    step = Step(at, "field", Role.WORKER, Act.REPORT, case.state, case.state, "看见的", {"accuracy_m": 9.5})
    with store.write("field") as tx:
        return tx.open_incident(row, case, step, "2026-1", {"candidates": [{"code": "a", "probability": 0.7}]})
