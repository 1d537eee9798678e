"""Statistics of incidents: how many, how long it took and how many were late, by area, category, department, week."""

from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import JSON, json_answer
from api.asked_areas import asked_areas
from api.counting import NamedArea
from api.incident_parameters import CATEGORIES, DEPARTMENTS
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.routes.incidents import now
from api.statistics_answers import Told, csv_file, document, figures_at, parquet_file, week_line
from api.statistics_naming import naming_of
from api.statistics_parameters import BY, FORMAT, ITEMS, LEVEL, LEVELS, PARAMETERS, period_of
from spatial.incidents.by_column import IncidentColumns, Wanted
from spatial.incidents.statistics import (
    LOCAL,
    Figures,
    GroupBy,
    Groups,
    Period,
    by_area,
    by_week,
    by_word,
    figures,
    filled,
    together,
)
from spatial.levels import MAIN_TREE, of_tree
from spatial.schema import AREAS
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import Audience, LevelSlug

CSV = "text/csv; charset=utf-8"
PARQUET = "application/vnd.apache.parquet"
_TYPES = {"csv": CSV, "parquet": PARQUET}
_ACCEPTED = {JSON: "json", "text/csv": "csv", PARQUET: "parquet", "*/*": "json"}
_COLUMN = {GroupBy.CATEGORY: "category", GroupBy.DEPARTMENT: "department", GroupBy.ITEM: "kind"}


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "incidentStatistics",
            "/incidents/statistics",
            Text(
                "事件统计：按区域、类别、部门、周或事项的数量、用时和超时比例",
                "Statistics of incidents: counts, times and overdue shares by area, category, department, week or item",
            ),
            {**as_json("IncidentStatistics"), CSV: {"type": "string"}, PARQUET: {"type": "string", "format": "binary"}},
            parameters=PARAMETERS,
            audience=Audience.STAFF,
            tag="incidents",
        ),
        statistics,
    )


async def statistics(call: Call) -> Response:
    """Count in a thread, over what is held in memory."""
    at = now()
    period = period_of(call.asked, at)
    wanted = await run_in_threadpool(_wanted, call)
    columns = await call.service.counting.columns()
    told = await run_in_threadpool(_count, call, columns, wanted, period, at)
    form = call.asked.get(FORMAT) or _accepted(call.request.headers.get("accept", ""))
    headers = {"Cache-Control": "no-store", "Vary": "Accept"}
    if form == "json":
        return json_answer(document(told), headers=headers)
    last = period.last - timedelta(days=1)
    name = f"incidents-by-{told.by.value}-{period.first}-{last}.{form}"
    headers["Content-Disposition"] = f'attachment; filename="{name}"'
    body = await run_in_threadpool(csv_file if form == "csv" else parquet_file, told)
    return Response(body, 200, headers, _TYPES[form])


def _accepted(accept: str) -> str:
    """Return the first format among what a caller accepts that there is; JSON where there is none."""
    for part in accept.lower().split(","):
        form = _ACCEPTED.get(part.partition(";")[0].strip())
        if form is not None:
            return form
    return "json"


def _wanted(call: Call) -> Wanted:
    """Return which incidents are meant; raises NotFound for an area or a district that is not there for the caller."""
    asked, scope = call.asked, call.caller.scope
    slug, paths = asked_areas(call)
    return Wanted(
        scope=scope,
        areas=paths,
        districts=() if slug is None else (slug,),
        categories=tuple(each.value for each in asked.every(CATEGORIES)),
        departments=tuple(each.value for each in asked.every(DEPARTMENTS)),
        kinds=tuple(asked.every(ITEMS)),
    )


def _count(call: Call, columns: IncidentColumns, wanted: Wanted, period: Period, at: datetime) -> Told:
    which, by = columns.which(wanted), call.asked.get(BY) or GroupBy.AREA

    def counted(groups: Groups, of: Period = period) -> Figures:
        return figures(columns, which, of, groups, at)

    weekly = by_week(columns, period)
    of_weeks = counted(weekly)
    weeks = [week_line(str(key), period, figures_at(of_weeks, each)) for each, key in enumerate(weekly.keys)]
    levels = _levels(call, wanted)
    level, lines = None, weeks
    if by is not GroupBy.WEEK:
        naming = naming_of(call.service, by, period, call.asked.get(LEVEL) or levels[0])
        level = naming.level
        groups = by_area(columns, naming.areas) if by is GroupBy.AREA else by_word(columns, _COLUMN[by])
        found = counted(groups)
        lines = naming.sorted(
            naming.line(groups.keys[each], figures_at(found, each)) for each in filled(found).tolist()
        )
    whole = together(columns)
    first = columns.first_report(columns.which(Wanted(scope=wanted.scope)))
    since = None if first is None else first.astimezone(LOCAL).date()
    total, before = (figures_at(counted(whole, of), 0) for of in (period, period.before))
    return Told(by, level, levels, _chain(call, wanted), period, at, total, before, since, lines, weeks)


def _levels(call: Call, wanted: Wanted) -> list[LevelSlug]:
    """Return the levels of areas that may be counted by below what was chosen, the next one first."""
    paths = wanted.areas or (wanted.scope if not wanted.districts or len(wanted.scope) == 1 else ())
    if paths:
        query = Query(tree=MAIN_TREE, equal={"path": [paths[0]]}, columns=("district", "level"), shapes=False)
        for row in call.service.store.read(AREAS.id, query).rows():
            levels = [level.slug for level in of_tree(call.service.store.levels(row["district"]), row["district"])]
            below = levels[levels.index(row["level"]) + 1 :]
            return [LevelSlug(slug) for slug in below if slug in LEVELS] or [LevelSlug(row["level"])]
    if wanted.districts:
        known = {level.slug for level in of_tree(call.service.store.levels(wanted.districts[0]), wanted.districts[0])}
        return [level for level in LEVELS[1:] if level in known] or [LevelSlug.STREET]
    return list(LEVELS)


def _chain(call: Call, wanted: Wanted) -> list[NamedArea]:
    """Return the chosen area and those above it, from the top down, as far as they are the caller's."""
    if not wanted.areas:
        return []
    steps = wanted.areas[0].split("/")
    above = ["/".join(steps[: depth + 1]) for depth in range(1, len(steps))]
    return call.service.counting.named([path for path in above if call.caller.bounds(path)])
