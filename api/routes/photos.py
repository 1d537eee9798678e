"""Photos of incidents: added by those who report and work, seen by staff within their area alone."""

from functools import partial
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import json_answer
from api.bodies import PICTURES, read_picture
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import Parameter, parsed_choice
from api.photo_answers import photo_document
from api.preconditions import key_of
from api.routes.incidents import now
from spatial.errors import NotFound
from spatial.incidents import photos as adding
from spatial.incidents.answers import Key
from spatial.incidents.life import RULES, Act
from spatial.incidents.pictures import MOST_BYTES, picture_of, thumbnail_of
from spatial.incidents.records import Photo, Picture
from spatial.schema import INCIDENTS
from spatial.store.cases import unknown_incident
from spatial.store.records import Query
from spatial.text import Text
from spatial.vocabulary import Audience

JPEG = "image/jpeg"
TEXT_STEP = {"type": "string"}

SIZE = Parameter(
    "size",
    Text("small：缩略图", "small: no longer than a thumb's width, for lists"),
    {"type": "string", "enum": ["small"]},
    partial(parsed_choice, "size", choices=("small",)),
)

_DECODED_AT_ONCE = CapacityLimiter(2)
"""A decoded photo takes up to 200 MB."""


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    of_incident = {"district": TEXT_STEP, "code": TEXT_STEP}
    operations.add_async(
        Operation(
            "photos",
            "/incidents/{district}/{code}/photos",
            Text("一个事件的照片清单", "The photos of an incident, without their bytes"),
            as_json("Photos"),
            steps=of_incident,
            audience=Audience.STAFF,
            tag="incidents",
        ),
        photos,
    )
    operations.add_async(
        Operation(
            "addPhoto",
            "/incidents/{district}/{code}/photos",
            Text(
                "添加一张照片：JPEG、PNG 或 WebP，只保留画面，位置等信息一律去除",
                "Add a photo: a JPEG, PNG or WebP, of which only what it shows is kept, not where it was taken",
            ),
            as_json("Photo"),
            steps=of_incident,
            audience=Audience.STAFF,
            roles=RULES[Act.NOTE].roles,
            tag="incidents",
            body={"type": "string", "format": "binary"},
            takes=PICTURES,
            keyed=True,
        ),
        add_photo,
    )
    operations.add_async(
        Operation(
            "photo",
            "/incidents/{district}/{code}/photos/{photo}",
            Text("一张照片", "One photo, as a JPEG"),
            {JPEG: {}},
            steps={**of_incident, "photo": TEXT_STEP},
            parameters=(SIZE,),
            audience=Audience.STAFF,
            tag="incidents",
        ),
        photo,
    )


async def photos(call: Call) -> Response:
    """Tell what photos there are of an incident within the caller's scope."""

    def read() -> list[Photo]:
        _refuse_unseen(call)
        return call.service.store.photos(call.step("district"), call.step("code"))

    found = await run_in_threadpool(read)
    return json_answer({"photos": [photo_document(one) for one in found]}, headers={"Cache-Control": "no-store"})


async def photo(call: Call) -> Response:
    """Send one photo, and note that it was looked at."""
    district, code, number = call.step("district"), call.step("code"), call.step("photo")

    def read() -> bytes | None:
        _refuse_unseen(call)
        if not number.isdecimal() or not number.isascii() or len(number) > 6:
            return None
        return call.service.store.photo(district, code, int(number))

    content = await run_in_threadpool(read)
    if content is None:
        raise NotFound(
            Text("没有这张照片", "There is no such photo"),
            Text("照片到期后会被清除", "Photos are erased when they are due"),
        )
    if call.asked.get(SIZE):
        content = await to_thread.run_sync(thumbnail_of, content, limiter=_DECODED_AT_ONCE)
    call.service.access.note(call.caller.account, "photos", district)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": "inline",
        # whatever somebody may have hidden in it, a browser runs nothing of it
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, 200, headers, JPEG)


async def add_photo(call: Call) -> Response:
    """Keep a photo, once; it is read and decoded only for those who may add one here."""
    who, key = call.caller.person, key_of(call.request)
    await run_in_threadpool(_refuse_unseen, call)
    sent = await read_picture(call.request, MOST_BYTES)
    picture: Picture = await to_thread.run_sync(picture_of, sent, limiter=_DECODED_AT_ONCE)
    place = adding.Place(call.step("district"), call.step("code"))

    def write() -> tuple[int, dict[str, Any]]:
        asked = Key.of(key, "photo", place.district, place.code, picture.digest)
        store, scope = call.service.store, call.caller.scope
        return adding.add_photo(store, place, picture, who, now(), photo_document, asked, scope)

    status, content = await run_in_threadpool(write)
    await call.service.live.caught_up()
    answer = json_answer(content, headers={"Cache-Control": "no-store"})
    answer.status_code = status
    if status == 201:
        answer.headers["Location"] = f"/incidents/{place.district}/{place.code}/photos/{content['id']}"
    return answer


def _refuse_unseen(call: Call) -> None:
    """Raise NotFound for an incident that is not there, or not for this caller: the two look the same."""
    code = call.step("code")
    asked = Query(district=call.step("district"), equal={"code": code}, columns=("path",), shapes=False)
    paths = call.service.store.read(INCIDENTS.id, asked)["path"]
    if not len(paths) or not call.caller.bounds(paths[0]):
        raise unknown_incident(code)
