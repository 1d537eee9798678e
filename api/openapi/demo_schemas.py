"""The JSON schema of what is told of a demo that plays."""

from api.openapi.shapes import FLAG, INTEGER, TEXT, Schema, many, record, said

DEMO_SCHEMAS: dict[str, Schema] = {
    "Demo": record(
        speed=said("So many times as fast as a real day", INTEGER),
        paused=FLAG,
        ended=said("It has stopped for good, because the store is no demo any more", FLAG),
        districts=said("Where it plays, by slug", many(TEXT)),
        speeds=said("What a screen offers", many(INTEGER)),
    ),
}
