"""What an import of point and line features would do: rows with a code and the area that is responsible."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import shapely

from spatial.errors import BadParameter
from spatial.importing import new_district, validate
from spatial.importing.plan import ImportRequest, Plan, existing_areas, good_rows, outgrown, outlined, taken_codes
from spatial.importing.source import Problem, Source
from spatial.levels import MAIN_TREE, Level
from spatial.locate import Locator
from spatial.schema import Collection, GeometryType
from spatial.store.protocol import Store
from spatial.store.records import District, Edition, Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import LevelSlug

_CODES_AT_ONCE = 5_000


def plan_features(
    store: Store,
    request: ImportRequest,
    wanted: Collection,
    source: Source,
    district: District,
    levels: list[Level],
    new: bool,
    filled: dict[str, list[Any]],
    problems: list[Problem],
) -> Plan:
    notes = list(source.notes)
    if wanted.id == "cameras":
        problems += validate.check_camera_ids(filled["code"], source.rows)
        filled["kind"] = [
            kind or (code[10:13] if code else None) for kind, code in zip(filled["kind"], filled["code"], strict=True)
        ]
    _make_codes(store, wanted, district, filled, new)
    if not new and not request.replace:
        taken = _codes_there(store, wanted.id, district.slug, filled["code"])
        problems += taken_codes(filled["code"], source.rows, taken)
    rows = Table(source.geometry, filled).take(good_rows(source, problems))
    if wanted.geometry is GeometryType.LINE_STRING:
        rows = _in_parts(rows)
    replaced = []
    if not new and request.replace:
        replaced = sorted(_codes_there(store, wanted.id, district.slug, list(rows["code"])))
    areas, base = None, None
    if new and len(rows):
        areas = new_district.outline_row(district, new_district.outline_of(district, rows.geometry))
        notes.append(outlined(district))
    elif len(rows):
        areas, base = _grown(store, district, rows)
        if areas is not None:
            notes.append(outgrown(district))
    if len(rows) and wanted.column("responsible") is not None:
        locator = Locator.of(store, district.slug) if areas is None else Locator.over(district, levels, areas)
        responsible, paths = locator.tag(district.slug, rows.geometry)
        rows = rows.with_columns(responsible=responsible, path=paths)
        outside = sum(path is None for path in paths)
        if outside:
            notes.append(
                Text(
                    f"{outside} 行不在任何区域之内，没有责任归属",
                    f"{outside} rows lie in no area; nobody is responsible",
                )
            )
    problems = sorted(problems, key=lambda problem: problem.row)
    return Plan(request, source, [], district, rows, problems, notes, levels, new, areas, base, replaced)


def _grown(store: Store, district: District, rows: Table) -> tuple[Table | None, Edition | None]:
    """Return the areas of the district with an outline grown over the rows, where its outline follows its data."""
    top = store.read("areas", Query(district=district.slug, tree=MAIN_TREE, equal={"level": LevelSlug.DISTRICT.value}))
    if not any(new_district.follows_data(extra) for extra in top["extra"]):
        return None, None
    base, existing = existing_areas(store, district, MAIN_TREE, new=False)
    return new_district.grown(district, existing, rows.geometry), base


def _codes_there(store: Store, collection_id: str, district: str, found: Sequence[str | None]) -> set[str]:
    asked = sorted({code for code in found if code is not None})
    there: set[str] = set()
    for start in range(0, len(asked), _CODES_AT_ONCE):
        query = Query(district=district, equal={"code": asked[start : start + _CODES_AT_ONCE]})
        there.update(str(code) for (code,) in store.tally(collection_id, ["code"], query))
    return there


def _make_codes(store: Store, wanted: Collection, district: District, filled: dict[str, list[Any]], new: bool) -> None:
    """Give codes to features that have none: the district's code, the collection and a number, in the file's order."""
    prefix = f"{district.code}-{wanted.id}-"
    missing = [at for at, code in enumerate(filled["code"]) if code is None]
    if not missing or wanted.id == "cameras":
        return
    first = 1 if new else store.count(wanted.id, Query(district=district.slug)) + 1
    taken = {code for code in filled["code"] if code is not None}
    for number, at in enumerate(missing, start=first):
        filled["code"][at] = f"{prefix}{number:05d}"
    if taken & {filled["code"][at] for at in missing}:
        raise BadParameter(
            Text("自动编码与文件中的编码相同", "Generated codes meet codes of the file"),
            Text("请为所有行提供编码", "Give every row a code"),
        )


def _in_parts(rows: Table) -> Table:
    """Return lines one part a row: a part of a line that does not hang together gets a code of its own, `code-2`."""
    parts, origin = shapely.get_parts(rows.geometry, return_index=True)
    if len(parts) == len(rows):
        return Table(parts, rows.columns)
    taken = rows.take(origin)
    number: Counter[int] = Counter()
    codes = []
    for at, code in zip(origin, taken["code"], strict=True):
        number[int(at)] += 1
        codes.append(code if number[int(at)] == 1 else f"{code}-{number[int(at)]}")
    return Table(parts, {**taken.columns, "code": codes})
