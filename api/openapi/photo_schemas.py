"""The JSON schemas of photos."""

from typing import Any

from api.openapi.shapes import FLAG, INTEGER, TEXT, many, record, ref, said

PHOTO_SCHEMAS: dict[str, dict[str, Any]] = {
    "Photo": record(
        id=said("Its number within the incident, the last step of its address", INTEGER),
        at={"type": "string", "format": "date-time"},
        actor=said("Who added it", TEXT),
        width=INTEGER,
        height=INTEGER,
        erased=said("It was there, and was erased when that was due", FLAG),
    ),
    "Photos": record(photos=many(ref("Photo"))),
}
