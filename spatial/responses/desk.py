"""The desk of graded responses: what a shape would mean, switching on, and switching off with a report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely

from spatial.accounts.account import within
from spatial.errors import BadGeometry, BadInput, NotFound, Refused, Stale, no_district
from spatial.governance import Role
from spatial.incidents.answers import Key, answered, keep
from spatial.incidents.steps import Person
from spatial.levels import MAIN_TREE
from spatial.responses.convening import Convened, convene
from spatial.responses.meetings import ResponseLevel
from spatial.responses.response import Response, ShapeKind
from spatial.responses.shapes import circle, drawn, smallest_around, touched
from spatial.schema import AREAS
from spatial.store.protocol import Store
from spatial.store.records import District, DutyHolder, Query
from spatial.store.responses import unknown_response
from spatial.text import Text
from spatial.vocabulary import LevelSlug

SWITCH = frozenset({Role.DISPATCHER, Role.ADMINISTRATOR})
"""The roles that switch a response on and off."""

LONGEST_REASON, LONGEST_REPORT = 500, 4_000

Told = Callable[[Response], dict[str, Any]]
"""Makes the answer of what was kept; it is called before the transaction ends, and reads nothing from the store."""

_COLUMNS = ("code", "level", "path", "name", "name_en", "households")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The shape that is asked for: the path of an area, a circle (longitude, latitude, metres), or a ring."""

    district: str
    area: str | None = None
    circle: tuple[float, float, float] | None = None
    ring: Sequence[Sequence[float]] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a shape means: its kind, the path of the smallest area around it, and the areas that it touches.

    `areas`: rows with `code`, `level`, `path`, `name`, `name_en` and `households`, in the order of the store.
    """

    district: str
    kind: ShapeKind
    shape: shapely.Geometry
    path: str
    areas: tuple[dict[str, Any], ...]

    @property
    def around(self) -> Mapping[str, Any]:
        """The row of the smallest area around it; nameless where there is no such row."""
        return next((row for row in self.areas if row["path"] == self.path), {"name": None, "name_en": None})

    @property
    def households(self) -> int:
        """How many households stand in the buildings that it touches, in its compounds where no building tells any."""
        for level in (LevelSlug.BUILDING, LevelSlug.COMPOUND):
            counted = sum(int(row["households"] or 0) for row in self.areas if row["level"] == level)
            if counted:
                return counted
        return 0


def refuse_role(who: Person) -> None:
    """Raise Refused for a role that switches no response."""
    if who.role not in SWITCH:
        raise Refused(
            Text("此角色不能启动或结束分级响应", "Nobody in this role switches a graded response"),
            Text("请调度员或管理员操作", "Ask a dispatcher or an administrator"),
        )


def plan(store: Store, wanted: Wanted, scope: Sequence[str] = ()) -> Plan:
    """Return what a shape means in a district.

    `scope`: paths of the areas that bound who asks; empty is everything. Raises NotFound for an unknown district and an
    area that is not there or lies beyond the scope, Refused for another shape that reaches beyond it, BadGeometry for
    one that lies in no area, BadParameter, BadPosition.
    """
    district = _district(store, wanted.district)
    kind, shape = ShapeKind.AREA, None
    if wanted.circle is not None:
        kind, shape = ShapeKind.CIRCLE, circle(*wanted.circle, district.zone)
    elif wanted.ring is not None:
        kind, shape = ShapeKind.DRAWN, drawn(wanted.ring)
    if shape is None:
        shape = _area(store, wanted, scope)
    area = str(wanted.area) if kind is ShapeKind.AREA else None
    found = areas_met(store, district.slug, shape, area)
    if not found:
        raise BadGeometry(
            Text("该范围不在本区县内", "The shape lies outside of the district"),
            Text("请在区县范围内选择", "Choose one within it"),
        )
    path = area or smallest_around(found, f"/{district.code}")
    if scope and not within(path, scope):
        raise Refused(
            Text("该范围超出您的辖区", "The shape reaches beyond your area"),
            Text("请缩小范围，或请上级启动", "Make it smaller, or ask the centre above"),
        )
    return Plan(district.slug, kind, shape, path, found)


def areas_met(store: Store, district: str, shape: shapely.Geometry, area: str | None) -> tuple[dict[str, Any], ...]:
    """Return the areas of the main tree that share ground with a shape, those around it among them.

    `area`: the path of the area whose shape it is, None for another shape. Of an area only what lies in it or around
    it is meant: a neighbour may share a strip of ground with it where a border was computed twice.
    """
    around = Query(district=district, tree=MAIN_TREE, box=tuple(shape.bounds), columns=_COLUMNS)
    found = touched(shape, store.read(AREAS.id, around))
    return tuple(
        row for row in found if area is None or within(row["path"], [area]) or within(area, [str(row["path"])])
    )


def convened(
    store: Store, district: str, level: ResponseLevel, areas: Iterable[Mapping[str, Any]]
) -> tuple[list[Convened], list[DutyHolder]]:
    """Return who is convened now by a response that touches some areas, and the posts of those areas."""
    listed = list(areas)
    holders = store.duty_holders(district, paths=sorted({str(row["path"]) for row in listed}))
    return convene(level, listed, holders), holders


def switch_on(
    store: Store,
    planned: Plan,
    level: ResponseLevel,
    reason: str,
    who: Person,
    at: datetime,
    told: Told,
    key: Key | None = None,
) -> tuple[int, dict[str, Any]]:
    """Switch a response on, and return the status and content of the answer; the same key again returns the same one.

    Who is convened now is kept with it. Raises Refused for the role, BadInput without a reason, KeyReused.
    """
    refuse_role(who)
    _refuse_empty(reason, Text("请写明启动原因", "Say why it is switched on"))
    roster, _ = convened(store, planned.district, level, planned.areas)
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        response = Response(
            planned.district, "", level, planned.kind, planned.shape, planned.path, reason.strip(), at, who.account
        )
        return keep(tx, key, 201, told(tx.open_response(response, roster)))


def switch_off(
    store: Store,
    district: str,
    code: str,
    version: int,
    report: str,
    who: Person,
    at: datetime,
    told: Told,
    key: Key | None = None,
    scope: Sequence[str] = (),
) -> tuple[int, dict[str, Any]]:
    """Switch a response off with its report, and return the status and content of the answer.

    Raises Refused for the role, NotFound, also for one beyond the scope, BadInput without a report, Stale where it was
    changed since that version, KeyReused.
    """
    refuse_role(who)
    with store.write(who.account) as tx:
        known = answered(tx, key)
        if known is not None:
            return known
        response = tx.response(district, code)
        if scope and not within(response.path, scope):
            raise unknown_response(code)
        if response.version != version:
            raise Stale(
                Text(f"响应 {code} 已被更改", f"The response {code} was changed in between"),
                Text("请查看其现状", "Look at how it stands now"),
                version=response.version,
            )
        _refuse_empty(report, Text("请写明结束报告", "Write the report with which it ends"))
        return keep(tx, key, 200, told(tx.end_response(response, at, who.account, report.strip())))


def _refuse_empty(text: str, remedy: Text) -> None:
    if not text.strip():
        raise BadInput(Text("内容为空", "The text is empty"), remedy)


def _district(store: Store, slug: str) -> District:
    known = store.districts()
    found = next((each for each in known if each.slug == slug), None)
    if found is None:
        raise no_district(slug, (each.slug for each in known))
    return found


def _area(store: Store, wanted: Wanted, scope: Sequence[str]) -> shapely.Geometry:
    path = wanted.area or ""
    asked = Query(district=wanted.district, tree=MAIN_TREE, equal={"path": path}, columns=("path",))
    rows = store.read(AREAS.id, asked) if not scope or within(path, scope) else None
    if rows is None or not len(rows):
        raise NotFound(Text(f"没有区域 {path}", f"There is no area {path}"), Text("请核对路径", "Check its path"))
    shape: shapely.Geometry = rows.geometry[0]
    return shape
