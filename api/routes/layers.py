"""The layers that a caller may switch, with their legends and counts."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import cache_control, dumps, etag, json_answer, matches, not_modified
from api.caller import Caller
from api.freshness import Moment
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import DISTRICT
from layers.legend import layer_list
from layers.style import style
from spatial.errors import no_district
from spatial.schema import COLLECTIONS
from spatial.text import Language, Text
from spatial.vocabulary import Audience

KEPT = 64
"""Lists that are kept: a few for each district."""


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    counted = _Counted()
    operations.add_async(
        Operation(
            "listLayers",
            "/layers",
            Text("可开关的图层、图例与数量", "The layers, their legends and counts"),
            as_json("Layers"),
            audience=Audience.PUBLIC,
            parameters=(DISTRICT,),
            tag="map",
        ),
        counted.layers,
    )


class _Counted:
    """Keeps lists of layers: counting takes a look at every row, and the counts hold until a row changes."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: OrderedDict[str, bytes] = OrderedDict()

    async def layers(self, call: Call) -> Response:
        """Return the layers of all elements that the caller may see."""
        district = call.asked.get(DISTRICT)
        moment = await call.service.freshness.moment()
        validator, control = _validator(call.caller, district, moment), cache_control(call.audience)
        if matches(call.held, validator):
            return not_modified(validator, control)
        with self._lock:
            body = self._held.get(validator)
        if body is None:
            body = await run_in_threadpool(_listed, call, district)
            with self._lock:
                self._held[validator] = body
                while len(self._held) > KEPT:
                    self._held.popitem(last=False)
        return json_answer(body, headers={"ETag": validator, "Cache-Control": control})


def _validator(caller: Caller, district: str | None, moment: Moment) -> str:
    stamps = [moment.stamp(known, caller.audience) for known in COLLECTIONS.values()]
    return etag(caller.audience, caller.scope, district, stamps)


def _listed(call: Call, district: str | None) -> bytes:
    store = call.service.store
    slugs = [known.slug for known in store.districts()]
    if district is not None and district not in slugs:
        raise no_district(district, slugs)
    drawn: dict[str, Any] = style("light", Language.ZH, call.audience)["metadata"]["gridscape:layers"]
    return dumps({"layers": layer_list(call.audience, drawn, store, district, call.caller.scope)})
