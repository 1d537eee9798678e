"""The JSON schemas of clusters of incidents."""

from typing import Any

from api.openapi.shapes import INTEGER, NUMBER, TEXT, many, maybe, numbers, record, ref, said
from spatial.incidents.clusters import RULE

CLUSTER_SCHEMAS: dict[str, dict[str, Any]] = {
    "IncidentCluster": record(
        lon=said("The mean of its incidents", NUMBER),
        lat=NUMBER,
        count=INTEGER,
        priorities=said("How many of priority 1, 2, 3 and 4", numbers(4)),
        overdue=INTEGER,
        bbox=said("The extent of its incidents: west, south, east, north", numbers(4)),
        path=said("The area of the level in work that all of them lie in", maybe(TEXT)),
    ),
    "IncidentClusters": record(
        ("heat",),
        event=said("The last event that this holds", INTEGER),
        now={"type": "string", "format": "date-time"},
        zoom=said("The zoom that was gathered for: less than asked where there would be too many", INTEGER),
        level=said(
            "The level in work, across whose boundaries nothing is gathered",
            {"type": "string", "enum": [each["level"] for each in RULE["levels"]]},
        ),
        matched=said("How many incidents with a position the filter leaves", INTEGER),
        clusters=many(ref("IncidentCluster")),
        incidents=said("Those that stand alone", many(ref("IncidentRow"))),
        heat=said("Longitude, latitude and count of small cells, where `heat` was asked for", many(numbers(3))),
    ),
}
