"""Whether the server and its store are well."""

from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from starlette.responses import Response

from api.answers import json_answer
from api.audience import may_see
from api.freshness import Moment
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from spatial.schema import COLLECTIONS
from spatial.text import Text
from spatial.vocabulary import Audience


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add(
        Operation(
            "getHealth",
            "/health",
            Text("服务与存储的状态", "Whether the server and its store are well"),
            as_json("Health"),
            audience=Audience.PUBLIC,
            tag="service",
        ),
        health,
    )


def health(call: Call) -> Response:
    """Ask the store itself, past every cache; StoreUnavailable becomes 503."""
    store = call.service.store
    store.ping()
    moment = Moment.of(store)
    return json_answer(
        {
            "status": "ok",
            "version": version("gridscape"),
            "store": type(store).__name__,
            "warming_up": call.service.warming_up,
            "revisions": {
                name: revision
                for name, revision in moment.revisions.items()
                if may_see(call.audience, COLLECTIONS[name].audience)
            },
            "editions": [
                {"district": edition.district, "tree": edition.tree, "edition": edition.number}
                for edition in moment.editions
            ],
            "calendars": [_calendar(call, district.slug) for district in store.districts()],
        },
        headers={"Cache-Control": "no-store"},
    )


def _calendar(call: Call, district: str) -> dict[str, Any]:
    found = call.service.store.calendar(district)
    return {
        "district": district,
        "listed_until": None if found.listed_until is None else found.listed_until.isoformat(),
        "runs_out": found.runs_out(datetime.now(UTC)),
    }
