"""A district made for data that lies in none: its code, its levels, its outline."""

import re
from collections.abc import Sequence

import numpy as np
import orjson
import shapely

from spatial.crs import to_degrees, to_metres
from spatial.errors import BadParameter, Conflict
from spatial.levels import MAIN_TREE, Level
from spatial.schema import AREAS
from spatial.store.records import District
from spatial.table import Geometries, Table
from spatial.text import Text
from spatial.vocabulary import LevelSlug, word

OUTLINE_MARGIN_M = 30.0
WIDEST_DEGREES = 12.0
METRES_OF_A_DEGREE = 111_195.0
OUTLINE_MARK = "data"
"""What `extra` of a district's area holds under `outline` where the outline follows the data, and grows with it."""

_SLUG = re.compile(r"[a-z][a-z0-9-]{0,30}")
_CODE = re.compile(r"\d{6}")
_FIRST_CODE = 990_001
_FORM = Text(
    "格式：--new-district 标识[,编码[,中文名[,英文名]]]", "The form is --new-district slug[,code[,name[,English name]]]"
)


def parse(said: str, known: Sequence[District], shapes: Geometries) -> District:
    """Return the district that `slug[,code[,name[,English name]]]` describes, around the given shapes.

    A missing code is the first free one from 990001, which no division of China has. The zone is that of CGCS2000 in
    China, of UTM elsewhere. Raises BadParameter for a form that is not this, Conflict for a slug or code that is taken.
    """
    slug, code, name, name_en = ([part.strip() for part in said.split(",")] + ["", "", ""])[:4]
    if _SLUG.fullmatch(slug) is None or said.count(",") > 3:
        raise BadParameter(
            Text(
                f"新区县标识“{slug}”应为小写字母、数字和连字符",
                f"“{slug}” is no slug of small letters, digits, hyphens",
            ),
            _FORM,
        )
    taken = {district.code: district.slug for district in known}
    if slug in taken.values():
        raise Conflict(
            Text(f"区县 {slug} 已存在", f"The district {slug} exists"),
            Text(f"请改用 --district {slug}", f"Use --district {slug} instead"),
        )
    if not code:
        code = next(str(free) for free in range(_FIRST_CODE, 1_000_000) if str(free) not in taken)
    if _CODE.fullmatch(code) is None:
        raise BadParameter(
            Text(f"区县编码“{code}”应为 6 位数字", f"A district's code has 6 digits, not “{code}”"), _FORM
        )
    if code in taken:
        raise Conflict(
            Text(f"编码 {code} 已属于 {taken[code]}", f"The code {code} belongs to {taken[code]}"),
            Text("请换一个编码", "Take another"),
        )
    west, south, east, north = shapely.total_bounds(shapes)
    centre = (round(float(west + east) / 2, 6), round(float(south + north) / 2, 6))
    shown = name or slug.replace("-", " ").title()
    return District(slug, code, Text(shown, name_en or shown), centre, zone_of(*centre), synthetic=False)


def zone_of(lon: float, lat: float) -> int:
    """Return the EPSG code of a system in metres, x east, y north: CGCS2000's 3-degree zone in China, else UTM."""
    if 73.5 <= lon < 136.5 and 3 <= lat <= 54:
        return 4534 + round(lon / 3) - 25
    return (32600 if lat >= 0 else 32700) + min(int((lon + 180) // 6) + 1, 60)


def levels_of(district: District, wanted: str | None) -> list[Level]:
    """Return the levels of a new district: itself, the level of the data, and buildings.

    What answers first is the level in between where there is one, else the district.
    """
    between = [wanted] if wanted not in (None, LevelSlug.DISTRICT, LevelSlug.BUILDING) else []
    slugs = [LevelSlug.DISTRICT.value, *(str(slug) for slug in between), LevelSlug.BUILDING.value]
    governing = slugs[-2]
    return [
        Level(
            district.slug,
            MAIN_TREE,
            rank,
            slug,
            word(LevelSlug(slug)),
            slugs[rank - 1] if rank else None,
            governing=slug == governing,
        )
        for rank, slug in enumerate(slugs)
    ]


def outline_of(district: District, shapes: Geometries, former: shapely.Geometry | None = None) -> shapely.Geometry:
    """Return the convex hull of shapes and the former outline, 30 metres out, as a multi-polygon in degrees."""
    present = shapes[~shapely.is_missing(shapes)]
    west, south, east, north = shapely.total_bounds(present)
    if east - west > WIDEST_DEGREES or north - south > WIDEST_DEGREES:
        # no zone in metres is that wide: the margin is reckoned at the latitude where a degree is shortest
        degree_m = METRES_OF_A_DEGREE * np.cos(np.radians(min(max(-south, north), 89.0)))
        hull = shapely.buffer(shapely.convex_hull(shapely.geometrycollections(present)), OUTLINE_MARGIN_M / degree_m)
        hull = shapely.clip_by_rect(hull, -180.0, -90.0, 180.0, 90.0)
        hull = hull if former is None else shapely.convex_hull(shapely.union(hull, former))
        # an edge wider than half the globe would mean the way across the meridian of 180°
        return shapely.MultiPolygon([shapely.segmentize(hull, 90.0)])
    metres = to_metres(shapely.convex_hull(shapely.geometrycollections(present)), district.zone)
    hull = to_degrees(shapely.buffer(metres, OUTLINE_MARGIN_M, join_style="mitre"), district.zone)
    if former is not None:
        hull = shapely.convex_hull(shapely.union(hull, former))
    return shapely.MultiPolygon([shapely.set_precision(hull, 1e-7)])


def outline_row(district: District, outline: shapely.Geometry) -> Table:
    """Return the district's own area as a row of `areas`, marked as an outline that follows the data."""
    row = {
        "geometry": outline,
        "code": district.code,
        "district": district.slug,
        "name": district.name.zh,
        "name_en": district.name.en,
        "tree": MAIN_TREE,
        "level": LevelSlug.DISTRICT.value,
        "path": f"/{district.code}",
        "extra": orjson.dumps({"outline": OUTLINE_MARK}).decode(),
    }
    return Table.from_rows([row], AREAS.names)


def follows_data(extra: str | None) -> bool:
    """Return whether the outline of a district's area follows its data, by its `extra`."""
    try:
        return bool(extra) and orjson.loads(extra or "{}").get("outline") == OUTLINE_MARK
    except (orjson.JSONDecodeError, AttributeError):
        return False


def grown(district: District, areas: Table, shapes: Geometries) -> Table | None:
    """Return the areas of a main tree with the district's outline grown over new shapes; None where it stays.

    Only an outline that follows its data grows; one that somebody drew does not.
    """
    for at, (level, extra) in enumerate(zip(areas["level"], areas["extra"], strict=True)):
        if level == LevelSlug.DISTRICT and follows_data(extra):
            former = areas.geometry[at]
            outline = outline_of(district, shapes, former)
            if shapely.equals(outline, former):
                return None
            geometry = np.array(areas.geometry, dtype=object)
            geometry[at] = outline
            return Table(geometry, areas.columns)
    return None
