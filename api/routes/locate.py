"""Which grid owns this point, and who answers for it."""

from starlette.responses import Response

from api.answers import json_answer
from api.audience import may_see
from api.locating import as_document
from api.openapi.schemas import as_json
from api.operations import Call, Operation, Operations
from api.parameters import LAT, LON
from spatial.text import Text
from spatial.vocabulary import Audience


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "locate",
            "/locate",
            Text("某一位置在各层级的归属和责任人", "The owner of a place at every level, and who answers for it"),
            as_json("Located"),
            parameters=(LON, LAT),
            tag="ownership",
        ),
        locate,
    )


async def locate(call: Call) -> Response:
    """Answer from memory; posts are named to staff, and that they were is logged."""
    ownership = await call.service.locating.ownership()
    located = ownership.locator.locate(call.asked.must(LON), call.asked.must(LAT))
    with_duties = may_see(call.audience, Audience.STAFF)
    if with_duties and located.district is not None:
        call.service.access.note(call.audience.value, "duty_holders", located.district.slug)
    return json_answer(as_document(located, ownership, with_duties=with_duties), headers={"Cache-Control": "no-store"})
