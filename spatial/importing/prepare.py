"""Reading a file and working out what its import would do; nothing is written here."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from spatial.errors import BadFile, BadParameter
from spatial.importing import columns as mapping
from spatial.importing import datum_check, killable, validate
from spatial.importing.area_plan import plan_areas
from spatial.importing.feature_plan import plan_features
from spatial.importing.plan import ImportRequest, NoRowGoesIn, Plan
from spatial.importing.source import Problem, ProblemKind, ReadRequest, Source
from spatial.importing.whereabouts import district_of, rows_far_away
from spatial.levels import Level, find, of_tree
from spatial.schema import Collection, collection
from spatial.store import geopackage_path
from spatial.store.protocol import Store
from spatial.text import Text


def prepare(store: Store, request: ImportRequest) -> Plan:
    """Read the file and work out what an import would do; nothing is written.

    Raises BadFile, BadPosition, BadGeometry, BadParameter, LimitExceeded and NotFound; a file of which no row can go
    in is a BadFile that gives the commonest reason.
    """
    wanted = collection(request.collection)
    if wanted.id == "incidents":
        raise BadParameter(
            Text("事件不能从文件导入", "Incidents are not imported from files"),
            Text("请通过上报产生", "They come in by being reported"),
        )
    _refuse_own_file(store, request.path)
    said = mapping.parse_maps(request.maps, wanted)
    source = _of_level(killable.read(_read_request(request, wanted, said)), _level_of(request, wanted))
    _check_keep(request.keep, source)
    district, known_levels, new = district_of(store, request, wanted, source)
    levels, problems = _levels(request, wanted, source, known_levels)
    if not new:
        problems += rows_far_away(store, district, source)
    matches = mapping.match(
        wanted, list(source.columns), {k: c for k, c in said.items() if k not in mapping.PLACE_NAMES}
    )
    if wanted.stored_in == "areas" and source.format == "osm-pbf":
        matches = [found for found in matches if found.column != "code"]  # ids of OSM are no codes of areas
    filled, more = mapping.converted(wanted, matches, source.columns, source.rows, levels, request.keep)
    problems += [*source.problems, *more, *validate.check_ranges(filled, source.rows)]
    problems += validate.check_twice(filled["code"], source.rows, levels)
    filled["district"] = [district.slug] * len(source)
    if wanted.stored_in == "areas":
        filled["level"] = list(levels or ())
        filled["tree"] = [request.tree] * len(source)
        plan = plan_areas(store, request, source, district, known_levels, new, filled, problems)
    else:
        plan = plan_features(store, request, wanted, source, district, known_levels, new, filled, problems)
    plan.matches.extend(matches)
    if not new and source.format != "osm-pbf":  # OpenStreetMap is WGS 84 by its own rule
        suspicion = datum_check.note(store, district, request, source)
        if suspicion is not None:
            plan.notes.append(suspicion)
    _refuse_nothing(plan)
    return plan


def _read_request(request: ImportRequest, wanted: Collection, said: dict[str, str]) -> ReadRequest:
    from spatial.importing.openstreetmap import LAYERS

    prefer = (wanted.id, wanted.stored_in, *((request.level,) if request.level else ()), *LAYERS.get(wanted.id, ()))
    return ReadRequest(
        request.path,
        wanted.id,
        wanted.geometry,
        request.layer,
        prefer,
        request.crs,
        request.swap_axes,
        {name: said[name] for name in mapping.PLACE_NAMES if name in said},
        request.limits,
        request.repair and wanted.stored_in == "areas",
    )


def _refuse_own_file(store: Store, path: Path) -> None:
    """Refuse the store's own file without opening it: closing it again would drop the database's locks."""
    own = geopackage_path(store.url)
    if own is not None and own.exists() and path.exists() and own.samefile(path):
        raise BadFile(
            Text("这是正在使用的数据库文件本身", "This is the file of the store itself"),
            Text("请先用 gridscape backup 复制一份", "Make a copy first, with gridscape backup"),
        )


def _level_of(request: ImportRequest, wanted: Collection) -> str | None:
    return wanted.view_of[1].value if wanted.view_of else request.level


def _of_level(source: Source, level: str | None) -> Source:
    """Return the rows of one level, where the file tells levels apart as an export does; others are skipped."""
    told = source.columns.get("level")
    if level is None or told is None or level not in told:
        return source
    kept = [at for at, value in enumerate(told) if value == level]
    rows = {source.rows[at] for at in kept}
    return replace(
        source,
        geometry=source.geometry[kept],
        columns={name: [values[at] for at in kept] for name, values in source.columns.items()},
        rows=[source.rows[at] for at in kept],
        lines=None if source.lines is None else [source.lines[at] for at in kept],
        problems=[problem for problem in source.problems if problem.row in rows],
        skipped=source.skipped + len(source) - len(kept),
    )


def _check_keep(keep: Sequence[str], source: Source) -> None:
    for name in keep:
        if name not in source.columns:
            raise BadParameter(
                Text(f"文件中没有列 {name}", f"The file has no column {name}"),
                Text(f"文件的列：{', '.join(source.columns)}", f"Its columns are: {', '.join(source.columns)}"),
            )


def _levels(
    request: ImportRequest, wanted: Collection, source: Source, known: Sequence[Level]
) -> tuple[list[str] | None, list[Problem]]:
    """Return the level of each row, for areas: the view's, the one that was said, or the file's column `level`."""
    if wanted.stored_in != "areas":
        if request.level is not None:
            raise BadParameter(
                Text(f"{wanted.id} 没有层级", f"{wanted.id} have no levels"),
                Text("请去掉 --level", "Leave --level out"),
            )
        return None, []
    district = known[0].district if known else ""
    slug = _level_of(request, wanted)
    if slug is not None:
        find(known, district, request.tree, slug)
        return [slug] * len(source), []
    allowed = {level.slug for level in of_tree(known, district, request.tree)}
    if "level" not in source.columns:
        raise BadParameter(
            Text("未说明区域的层级", "It is not said of which level the areas are"),
            Text(
                f"请用 --level 指定：{', '.join(sorted(allowed))}",
                f"Name it with --level: {', '.join(sorted(allowed))}",
            ),
        )
    problems = []
    levels = [str(value) for value in source.columns["level"]]
    for row, level in zip(source.rows, levels, strict=True):
        if level not in allowed:
            reason = Text(f"层级树中没有层级 {level[:40]}", f"The tree has no level {level[:40]}")
            problems.append(Problem(row, ProblemKind.VALUE, reason))
    return levels, problems


def _refuse_nothing(plan: Plan) -> None:
    if not len(plan.rows):
        raise NoRowGoesIn(plan.source, plan.problems)
    if plan.request.strict and plan.problems:
        first = plan.problems[0]
        raise BadFile(
            Text(
                f"{plan.rejected} 行有问题，--strict 下全部不导入；第 {first.row} 行：{first.reason.zh}",
                f"{plan.rejected} rows have problems; --strict takes all or none. Row {first.row}: {first.reason.en}",
            ),
            Text("请改正后重试", "Mend them and try again"),
        )
