"""Clusters of incidents, for a map that cannot draw each."""

from starlette.responses import Response

from api.answers import dumps, json_answer
from api.cluster_answers import clusters_document
from api.incident_parameters import FILTERS, HEAT, ZOOM, wanted_of
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.routes.incidents import now
from spatial.text import Text
from spatial.vocabulary import Audience


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "incidentClusters",
            "/incidents/clusters",
            Text("按格聚合的事件，不跨当前层级的边界", "Incidents gathered by cells, never across a boundary in work"),
            as_json("IncidentClusters"),
            parameters=(*FILTERS, ZOOM, HEAT),
            audience=Audience.STAFF,
            tag="incidents",
        ),
        clusters,
    )


async def clusters(call: Call) -> Response:
    """Answer from memory."""
    asked, live = call.asked, call.service.live
    wanted = wanted_of(asked, call.caller.scope)
    told = clusters_document(await live.board(), wanted, asked.must(ZOOM), asked.get(HEAT) or False, now(), live.last)
    return json_answer(dumps(told), headers={"Cache-Control": "no-store"})
