"""Incidents: the board, one of them whole, reporting one, and the steps of its life."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import dumps, json_answer
from api.bodies import Body, read, schema_of
from api.incident_answers import accounts_in, board_document, event_list_document, like, route_document, whole
from api.incident_parameters import FILTERS, OFFSET, wanted_of
from api.located import reason
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import LIMIT
from api.preconditions import key_of, version_of
from spatial.datums import Datum
from spatial.errors import NotFound
from spatial.governance import Department, Mediator, Role
from spatial.incidents import desk
from spatial.incidents.answers import Key
from spatial.incidents.board_rows import rows_of
from spatial.incidents.calendar import LimitUnit, TimeLimit
from spatial.incidents.event_list import EventItem
from spatial.incidents.life import RULES, Act, acts_for
from spatial.incidents.records import StoredCase
from spatial.incidents.reporting import LONGEST_NOTE, Report
from spatial.incidents.routing import Roster, by_roster, route
from spatial.incidents.steps import Given
from spatial.incidents.tag import Position, Tag
from spatial.incidents.taking_back import STAYS, WITHIN
from spatial.levels import MAIN_TREE
from spatial.locate import CONFIDENCE, Locator
from spatial.schema import INCIDENTS
from spatial.store.cases import unknown_incident
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import Audience, word

BOARD_LIMIT = 500
TEXT_STEP = {"type": "string"}

ACTING: frozenset[Role] = frozenset().union(*(rule.roles for rule in RULES.values()))
"""Who takes any step of an incident's life; which one is told by its rule."""


class PositionBody(Body):
    """A place as a device gives it."""

    lon: float
    lat: float
    crs: Datum = Datum.WGS84
    accuracy: float | None = Field(None, ge=0, le=100_000)
    confidence: float | None = Field(None, gt=0, lt=1)

    def position(self) -> Position:
        """Return it as the domain has it."""
        sure = CONFIDENCE if self.confidence is None else self.confidence
        return Position(self.lon, self.lat, self.crs, self.accuracy, sure)


class ReportBody(PositionBody):
    """What is reported."""

    kind: str = Field(max_length=20)
    note: str | None = Field(None, max_length=LONGEST_NOTE)
    floor: int | None = None
    staircase: int | None = None
    mediator: Mediator | None = None
    stated_owner: str | None = Field(None, max_length=60)


class ExtensionBody(Body):
    """By how much a limit is extended."""

    amount: float = Field(gt=0, le=10_000)
    unit: LimitUnit


class StepBody(Body):
    """A step of an incident's life, and what it needs."""

    act: Act
    reason: str | None = Field(None, max_length=500)
    responder: str | None = Field(None, max_length=60)
    department: Department | None = None
    into: str | None = Field(None, max_length=60)
    extension: ExtensionBody | None = None
    position: PositionBody | None = None
    mediator: Mediator | None = None


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    steps = {"district": TEXT_STEP, "code": TEXT_STEP}
    operations.add_async(
        Operation(
            "incidents",
            "/incidents",
            Text("未结和近期结案的事件，最紧迫的在前", "Open and lately closed incidents, the most pressing first"),
            as_json("IncidentBoard"),
            parameters=(*FILTERS, LIMIT, OFFSET),
            audience=Audience.STAFF,
            tag="incidents",
        ),
        board,
    )  # fmt: skip
    operations.add_async(
        Operation(
            "reportIncident",
            "/incidents",
            Text("上报事件：返回归属、候选区域和去向", "Report an incident: who owns the place, and who is called"),
            as_json("IncidentReported"),
            audience=Audience.STAFF,
            roles=RULES[Act.REPORT].roles,
            tag="incidents",
            body=schema_of(ReportBody),
            keyed=True,
        ),
        report,
    )
    operations.add_async(
        Operation(
            "incident",
            "/incidents/{district}/{code}",
            Text("一个事件的全部情况、经过和下一步", "Everything about one incident, its history and what is next"),
            as_json("Incident"),
            steps=steps,
            audience=Audience.STAFF,
            tag="incidents",
        ),
        incident,
    )
    operations.add_async(
        Operation(
            "stepIncident",
            "/incidents/{district}/{code}/steps",
            Text("推进一个事件", "Take a step of an incident's life"),
            as_json("IncidentStepped"),
            steps=steps,
            audience=Audience.STAFF,
            roles=ACTING,
            tag="incidents",
            body=schema_of(StepBody),
            keyed=True,
            conditional=True,
        ),
        step,
    )
    operations.add(
        Operation(
            "eventList",
            "/districts/{district}/event-list",
            Text("该区县现行的事件清单", "The event list of a district that is in force"),
            as_json("EventList"),
            audience=Audience.PUBLIC,
            steps={"district": TEXT_STEP},
            tag="incidents",
        ),
        event_list,
    )


def now() -> datetime:
    """Return the present, in UTC."""
    return datetime.now(UTC)


async def board(call: Call) -> Response:
    """Answer from memory."""
    asked = call.asked
    wanted = wanted_of(asked, call.caller.scope)
    limit = min(asked.get(LIMIT) or BOARD_LIMIT, BOARD_LIMIT)
    live = call.service.live
    told = board_document(await live.board(), wanted, now(), limit, asked.get(OFFSET) or 0, live.last)
    return json_answer(dumps(told), headers={"Cache-Control": "no-store"})


async def report(call: Call) -> Response:
    """Open an incident; what was written is on every stream before long."""
    who, key = call.caller.person, key_of(call.request)
    posted = await read(call.request, ReportBody)
    reported = Report(
        posted.position(),
        posted.kind,
        posted.note,
        posted.floor,
        posted.staircase,
        posted.mediator,
        posted.stated_owner,
    )
    at = now()

    def write(locator: Locator) -> tuple[int, dict[str, Any]]:
        # read before anything is written: what is told is made within the transaction
        told = partial(_reported, call, call.service.people.roster())
        asked = None if key is None else Key.of(key, "report", posted.model_dump())
        return desk.report(call.service.store, locator, reported, who, at, told, asked, call.caller.scope)

    status, content = await call.service.locating.tagging(write)
    call.service.access.note(call.caller.account, "duty_holders", content["district"])
    await call.service.live.caught_up()
    return _written(status, content)


async def incident(call: Call) -> Response:
    """Tell one incident whole; one outside the caller's scope is not there."""
    who, district, code = call.caller.person, call.step("district"), call.step("code")
    store = call.service.store

    def read_it() -> tuple[Any, ...]:
        asked = Query(district=district, equal={"code": code})
        rows = rows_of(store.read(INCIDENTS.id, asked), store.escalated(district, [code]))
        if not rows or not call.caller.bounds(rows[0]["path"]):
            raise unknown_incident(code)
        stored = store.case(district, code)
        known = store.event_list(district, stored.list_version)
        item = None if known is None or rows[0]["kind"] is None else known.items.get(rows[0]["kind"])
        steps, photos = store.steps(district, code), store.photos(district, code)
        accounts = store.accounts_named(accounts_in(rows[0], stored, steps, photos))
        names = {account.login: account.name for account in accounts if account.name}
        into = Query(district, equal={"merged_into": code}, paths=call.caller.scope, columns=("code",), shapes=False)
        merged = sorted(store.read(INCIDENTS.id, into)["code"])
        return rows[0], stored, steps, item, merged, photos, names, call.service.people.roster()

    row, stored, steps, item, merged, photos, names, roster = await run_in_threadpool(read_it)
    located = main = None
    if row["lon"] is not None:
        locator = await call.service.locating.locator()
        located = locator.locate(row["lon"], row["lat"], nearest=False)
        main = next((tree for tree in located.trees if tree.tree == MAIN_TREE), None)
    goes = None if item is None else route(item, main, by_roster(roster))
    duplicates = like(row, await call.service.live.board(), call.caller.scope, now())
    call.service.access.note(call.caller.account, "duty_holders", district)
    told = whole(row, stored, steps, who, located, main, goes, item, duplicates, merged, photos, names, now())
    return json_answer(told, headers={"Cache-Control": "no-store", "ETag": f'"{stored.version}"'})


async def step(call: Call) -> Response:
    """Take a step, once, of the version that the caller saw."""
    who, key, version = call.caller.person, key_of(call.request), version_of(call.request)
    district, code = call.step("district"), call.step("code")
    posted = await read(call.request, StepBody)
    extension = posted.extension
    given = Given(
        posted.responder,
        posted.department,
        posted.into,
        None if extension is None else TimeLimit(extension.amount, extension.unit),
        mediator=posted.mediator,
    )
    place = None if posted.position is None else posted.position.position()
    wanted = desk.Wanted(posted.act, posted.reason, given, version, place)
    at = now()

    def write(locator: Locator) -> tuple[int, dict[str, Any]]:
        told = partial(_stepped, call, None if posted.act in STAYS else at + WITHIN)
        asked = None if key is None else Key.of(key, "step", district, code, version, posted.model_dump())
        scope = call.caller.scope
        return desk.act(call.service.store, locator, district, code, wanted, who, at, told, asked, scope)

    status, content = await call.service.locating.tagging(write)
    await call.service.live.caught_up()
    return _written(status, content)


def event_list(call: Call) -> Response:
    """Tell the event list of a district."""
    district = call.step("district")
    found = call.service.store.event_list(district)
    if found is None:
        raise NotFound(
            Text(f"{district} 没有事件清单", f"{district} has no event list"),
            Text("请管理员载入", "Ask the administrator to load one"),
        )
    return json_answer(event_list_document(found), headers={"Cache-Control": "no-cache"})


def _reported(
    call: Call, roster: Roster, stored: StoredCase, tagged: Tag | None, item: EventItem | None
) -> dict[str, Any]:
    assert tagged is not None  # a report always is
    why = reason(tagged.main, with_duties=True)
    return {
        **_stepped(call, None, stored, tagged, item),
        "reason": {"zh": why.zh, "en": why.en},
        "owners": [
            {"level": owner.level.slug, "code": owner.code, "name": owner.name, "name_en": owner.name_en}
            for owner in tagged.main.owners
            if owner.code is not None
        ],
        "route": None if item is None else route_document(route(item, tagged.main, by_roster(roster))),
        "due_at": stored.case.due_at,
    }


def _stepped(
    call: Call, take_back_until: datetime | None, stored: StoredCase, tagged: Tag | None, _item: EventItem | None
) -> dict[str, Any]:
    who, case = call.caller.person, stored.case
    acts = acts_for(
        case.state,
        case.asked,
        who.role,
        who.account,
        takes_back=take_back_until is not None,
        mediated=case.mediated,
    )
    return {
        "district": stored.district,
        "code": stored.code,
        "version": stored.version,
        "take_back_until": take_back_until,
        "state": case.state.value,
        "path": stored.path,
        "tag": dict(stored.tag) if tagged is None else tagged.as_document(),
        "acts": [{"act": act.value, "name": {"zh": word(act).zh, "en": word(act).en}} for act in acts],
    }


def _written(status: int, content: dict[str, Any]) -> Response:
    answer = json_answer(content, headers={"Cache-Control": "no-store", "ETag": f'"{content["version"]}"'})
    answer.status_code = status
    if status == 201:
        answer.headers["Location"] = f"/incidents/{content['district']}/{content['code']}"
    return answer
