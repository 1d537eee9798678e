"""In which district the data lies: said, made for it, or found out; and the mistakes that show there."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from spatial.errors import BadParameter, BadPosition, no_district
from spatial.importing import new_district
from spatial.importing.plan import ImportRequest, NoRowGoesIn
from spatial.importing.source import Problem, ProblemKind, Source
from spatial.levels import MAIN_TREE, Level
from spatial.ownership import GridIndex
from spatial.schema import Collection
from spatial.store.protocol import Store
from spatial.store.records import District, Query
from spatial.table import Geometries
from spatial.text import Text
from spatial.vocabulary import LevelSlug

# a place farther from its district than this many degrees is not a neighbour but a mistake
_FAR_DEG = 0.5


def district_of(
    store: Store, request: ImportRequest, wanted: Collection, source: Source
) -> tuple[District, list[Level], bool]:
    """Return the district of the rows, its levels, and whether it is made for them.

    Raises NotFound for an unknown district, BadParameter where the data lies in several, BadPosition where it lies in
    none or far from the one that was said: another coordinate system, or swapped axes.
    """
    known = store.districts()
    if request.new_district is not None:
        if request.district is not None:
            raise BadParameter(
                Text("--district 与 --new-district 不能同时使用", "--district and --new-district exclude each other"),
                Text("请只用一个", "Give one of them"),
            )
        if shapely.is_missing(source.geometry).all():
            raise NoRowGoesIn(source, source.problems)
        district = new_district.parse(request.new_district, known, source.geometry)
        level = request.level or (wanted.view_of[1].value if wanted.view_of else None)
        return district, new_district.levels_of(district, level), True
    if request.district is not None:
        found = next((each for each in known if request.district in (each.slug, each.code)), None)
        if found is None:
            otherwise = Text("；或用 --new-district 新建", ". Or make it, with --new-district")
            raise no_district(request.district, (each.slug for each in known), otherwise)
        _refuse_far(store, found, source)
        return found, store.levels(found.slug), False
    found = _inferred(store, known, source)
    return found, store.levels(found.slug), False


def _inferred(store: Store, known: Sequence[District], source: Source) -> District:
    """Return the one district that owns the rows that are owned at all, by its own area."""
    present = source.geometry[~shapely.is_missing(source.geometry)]
    points = shapely.point_on_surface(present)
    tops = store.read("areas", Query(tree=MAIN_TREE, equal={"level": LevelSlug.DISTRICT.value}))
    owned: Counter[str] = Counter()
    if len(tops) and len(points):
        index = GridIndex.build(tops.geometry, list(tops["district"]), repair=True)
        positions = index.owners(shapely.get_x(points), shapely.get_y(points))
        owned.update(index.codes[at] for at in positions if at >= 0)
    if len(owned) == 1:
        slug = next(iter(owned))
        return next(each for each in known if each.slug == slug)
    slugs = ", ".join(each.slug for each in known) or "–"
    if owned:
        shown = ", ".join(f"{slug} {count}" for slug, count in owned.most_common())
        raise BadParameter(
            Text(f"数据分布在多个区县：{shown}", f"The data lies in several districts: {shown}"),
            Text("请用 --district 指定其一", "Choose one with --district"),
        )
    if not len(points):
        raise NoRowGoesIn(source, source.problems)
    at = (float(shapely.get_x(points[0])), float(shapely.get_y(points[0])))
    _refuse_swapped(known, points)
    raise BadPosition(
        Text(
            f"数据（如 {at[0]:.4f}, {at[1]:.4f}）不在任何区县之内",
            f"The data (such as {at[0]:.4f}, {at[1]:.4f}) lies in no district",
        ),
        Text(
            f"区县：{slugs}（--district）；请检查坐标系（--crs），或用 --new-district 新建区县",
            f"Check --crs, name a district with --district ({slugs}), or make one with --new-district",
        ),
    )


def rows_far_away(store: Store, district: District, source: Source) -> list[Problem]:
    """Return a problem for each row that lies half a degree or more from its district."""
    near, x, y = _near(store, district, source.geometry)
    return [
        Problem(
            source.rows[at],
            ProblemKind.OUTSIDE,
            Text(
                f"位置 ({x[at]:.6f}, {y[at]:.6f}) 远离区县 {district.slug}",
                f"Its place ({x[at]:.6f}, {y[at]:.6f}) is far from {district.slug}",
            ),
            (float(x[at]), float(y[at])),
        )
        for at in np.flatnonzero(~near)
    ]


def _near(store: Store, district: District, geometry: Geometries) -> tuple[Any, Any, Any]:
    """Return whether each shape lies near the district (or nowhere), and where."""
    points = shapely.point_on_surface(geometry)
    x, y = shapely.get_x(points), shapely.get_y(points)
    area = store.extent("areas", Query(district=district.slug, tree=MAIN_TREE))
    if area is None:
        return np.ones(len(geometry), dtype=bool), x, y
    west, south, east, north = area[0] - _FAR_DEG, area[1] - _FAR_DEG, area[2] + _FAR_DEG, area[3] + _FAR_DEG
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return inside | shapely.is_missing(geometry), x, y


def _refuse_far(store: Store, district: District, source: Source) -> None:
    """Raise BadPosition where nothing lies near the district: another coordinate system, or swapped axes."""
    present = source.geometry[~shapely.is_missing(source.geometry)]
    near, x, y = _near(store, district, present)
    if near.any() or not len(present):
        return
    points = shapely.point_on_surface(present)
    _refuse_swapped([district], points)
    raise BadPosition(
        Text(
            f"数据（如 {x[0]:.4f}, {y[0]:.4f}）远离区县 {district.slug}",
            f"The data (such as {x[0]:.4f}, {y[0]:.4f}) lies far from {district.slug}",
        ),
        Text(
            f"读作 {source.spatial_reference}；坐标系可能不对，请用 --crs 指定",
            f"It was read as {source.spatial_reference}, which may be wrong: name the system with --crs",
        ),
    )


def _refuse_swapped(known: Sequence[District], points: Any) -> None:
    x, y = shapely.get_x(points), shapely.get_y(points)
    for district in known:
        lon, lat = district.centre
        if (np.abs(y - lon) < _FAR_DEG).mean() > 0.5 and (np.abs(x - lat) < _FAR_DEG).mean() > 0.5:
            raise BadPosition(
                Text(
                    f"坐标 ({x[0]:.4f}, {y[0]:.4f}) 的经纬度写反了：调换后落在 {district.slug}",
                    f"The axes of ({x[0]:.4f}, {y[0]:.4f}) are swapped: turned round, it lies in {district.slug}",
                ),
                Text("加上 --swap-axes 再导入", "Import it with --swap-axes"),
            )
