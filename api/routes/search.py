"""Finding places by name, code or position."""

import re
from dataclasses import replace

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.audience import paths_of, visible_collections
from api.located import kind_name
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import DISTRICT, HITS, TEXT
from spatial.crs import check_position
from spatial.schema import collection
from spatial.store.records import Hit, Query
from spatial.store.searching import best
from spatial.text import Text
from spatial.vocabulary import WORDS, Audience

POSITION = "position"
_POSITION = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*[,，\s]\s*([+-]?\d{1,3}(?:\.\d{1,15})?)\s*", re.ASCII)


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "search",
            "/search",
            Text("按名称、编码或坐标查找", "Find places by name, by code or by position"),
            as_json("Hits"),
            audience=Audience.PUBLIC,
            parameters=(TEXT, DISTRICT, HITS),
            tag="ownership",
        ),
        search,
    )


async def search(call: Call) -> Response:
    """Return a position where the text is one, else the rows whose name or code it says, the best first."""
    text = call.asked.must(TEXT)
    at = position_in(text)
    if at is not None:
        return _answer([await _position(call, *at)])
    hits = await run_in_threadpool(_hits, call, text)
    watched = [hit for hit in hits if collection(hit.collection).audience.value != "public"]
    for hit in watched:
        call.service.access.note(call.caller.account, hit.collection, hit.district)
    return _answer([_hit(hit) for hit in hits])


def _hits(call: Call, text: str) -> list[Hit]:
    """Return what the caller may find: of what is for staff only what lies within the caller's areas."""
    limit = call.asked.get(HITS) or 20
    query = Query(district=call.asked.get(DISTRICT), limit=limit)
    by_paths: dict[tuple[str, ...], list[str]] = {}
    for found in visible_collections(call.audience):
        if found.view_of is None:
            by_paths.setdefault(paths_of(found.audience, call.caller), []).append(found.id)
    hits = [
        hit
        for paths, collections in by_paths.items()
        for hit in call.service.store.search(text, replace(query, paths=paths), collections)
    ]
    return best(hits, text, limit)


def position_in(text: str) -> tuple[float, float] | None:
    """Return the longitude and latitude that a text says, None where it says none.

    Two numbers of which only the second can be a longitude are taken as latitude, longitude.
    """
    found = _POSITION.fullmatch(text)
    if found is None:
        return None
    first, second = float(found[1]), float(found[2])
    return (second, first) if abs(first) <= 90 < abs(second) <= 180 else (first, second)


async def _position(call: Call, lon: float, lat: float) -> dict[str, object]:
    check_position(lon, lat)
    located = (await call.service.locating.locator()).locate(lon, lat)
    responsible = located.trees[0].responsible if located.trees else None
    code = f"{lon},{lat}" if responsible is None else responsible.code
    return {
        "collection": POSITION,
        "district": located.district.slug if located.district else None,
        "code": code,
        "name": f"{lon}, {lat}",
        "name_en": f"{lon}, {lat}",
        "level": None,
        "kind": None,
        "kind_name": None,
        "position": (lon, lat),
        "box": (lon, lat, lon, lat),
    }


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "collection": hit.collection,
        "district": hit.district,
        "code": hit.code,
        "name": hit.name,
        "name_en": hit.name_en,
        "level": hit.level,
        "kind": hit.kind,
        "kind_name": _kind_name(hit),
        "position": hit.position,
        "box": hit.box,
    }


def _kind_name(hit: Hit) -> dict[str, str] | None:
    if hit.level is not None:
        return kind_name(hit.level, hit.kind)
    column = collection(hit.collection).column("kind")
    said = WORDS.get((column.words, hit.kind)) if column and column.words and hit.kind is not None else None
    return None if said is None else {"zh": said.zh, "en": said.en}


def _answer(hits: list[dict[str, object]]) -> Response:
    return json_answer({"hits": hits}, headers={"Cache-Control": "no-store"})
