"""Photos over HTTP: added, told in the history, looked at by staff, noted; hostile ones are refused."""

import io
import json
from collections.abc import Iterator

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from PIL import Image

from api.app import create_app
from api.settings import Settings
from spatial.incidents.photos import MOST_PHOTOS
from spatial.incidents.pictures import MOST_BYTES
from spatial.store.protocol import Store
from tests.api.listener import Listener
from tests.api.serving import serving
from tests.api.test_incidents import report
from tests.photographs import SVG, bomb, photo_bytes


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


@pytest.fixture
def where(desk: httpx.Client) -> str:
    """Return the address of an incident."""
    return str(report(desk).headers["location"])


def add(client: httpx.Client, where: str, sent: bytes, key: str = "p1", kind: str = "image/jpeg") -> httpx.Response:
    headers = {"Idempotency-Key": key, "Content-Type": kind}
    return client.post(f"{where}/photos", content=sent, headers=headers)


def test_a_photo_is_added_told_and_seen_without_where_it_was_taken(desk: httpx.Client, where: str) -> None:
    answer = add(desk, where, photo_bytes())
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{where}/photos/1"
    components = desk.get("/api").json()["components"]
    OAS31Validator({"$ref": "#/components/schemas/Photo", "components": components}).validate(answer.json())
    assert desk.get(f"{where}/photos").json() == {"photos": [answer.json()]}
    assert desk.get(where).json()["photos"] == [answer.json()]
    sent = desk.get(f"{where}/photos/1")
    assert sent.headers["content-type"] == "image/jpeg"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == "private, no-store"
    assert "sandbox" in sent.headers["content-security-policy"]
    kept = Image.open(io.BytesIO(sent.content))
    assert kept.size == (640, 480)
    assert dict(kept.getexif()) == {}
    assert b"SecretPhone" not in sent.content
    small = desk.get(f"{where}/photos/1?size=small")
    assert Image.open(io.BytesIO(small.content)).size == (240, 180)
    assert len(small.content) < len(sent.content)
    assert desk.get(f"{where}/photos/1?size=large").status_code == 400


def test_the_same_request_adds_one_photo_and_another_with_its_key_is_refused(desk: httpx.Client, where: str) -> None:
    first = add(desk, where, photo_bytes())
    assert add(desk, where, photo_bytes()).json() == first.json()
    assert add(desk, where, photo_bytes(), "p2").status_code == 200
    assert add(desk, where, photo_bytes(shade=10)).status_code == 422
    assert len(desk.get(f"{where}/photos").json()["photos"]) == 1
    for number in range(1, MOST_PHOTOS):
        assert add(desk, where, photo_bytes((16 + number, 16)), f"n{number}").status_code == 201
    assert add(desk, where, photo_bytes((99, 16)), "more").status_code == 413


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        (SVG, "image/svg+xml", 400),
        (SVG, "image/png", 400),
        (photo_bytes((16, 16), "GIF"), "image/jpeg", 400),
        (photo_bytes()[:3000], "image/jpeg", 400),
        (bomb(), "image/png", 413),
        (b"\xff\xd8\xff" + b"0" * MOST_BYTES, "image/jpeg", 413),
        (photo_bytes(), "text/html", 400),
        (json.dumps({"photo": "x"}).encode(), "application/json", 400),
    ],
)
def test_hostile_photos_are_refused_and_nothing_is_kept(
    desk: httpx.Client, where: str, sent: bytes, kind: str, status: int
) -> None:
    answer = add(desk, where, sent, kind=kind)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["remedy"]
    assert desk.get(f"{where}/photos").json() == {"photos": []}


def test_the_content_says_what_it_is_and_not_its_declaration(desk: httpx.Client, where: str) -> None:
    assert add(desk, where, photo_bytes(kind="PNG"), kind="image/webp").status_code == 201


@pytest.mark.parametrize("photo", ["0", "2", "x", "-1", "9" * 4000, "１"])
def test_a_photo_that_is_not_there_is_not_found(desk: httpx.Client, where: str, photo: str) -> None:
    add(desk, where, photo_bytes())
    assert desk.get(f"{where}/photos/{photo}").status_code == 404
    assert desk.get("/incidents/luxian/SJ-0/photos/1").status_code == 404
    assert add(desk, "/incidents/luxian/SJ-0", photo_bytes(), "none").status_code == 404


def test_a_key_is_needed(desk: httpx.Client, where: str) -> None:
    answer = desk.post(f"{where}/photos", content=photo_bytes(), headers={"Content-Type": "image/jpeg"})
    assert answer.status_code == 400


def test_who_watches_hears_of_a_photo_and_nothing_of_what_it_shows(desk: httpx.Client, where: str) -> None:
    listener = Listener(str(desk.base_url))
    try:
        photo = add(desk, where, photo_bytes()).json()
        _, name, told = listener.until(1)[-1]
    finally:
        listener.stop()
    assert (name, told["act"], f"/incidents/luxian/{told['code']}") == ("incident", "photo", where)
    assert not {"photo", "photos", "width"} & told["incident"].keys()
    assert photo["id"] == 1


def test_that_somebody_looked_is_noted(own_town: Store) -> None:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        where = report(client).headers["location"]
        add(client, where, photo_bytes())
        for _ in range(2):
            client.get(f"{where}/photos/1")
        client.get(f"{where}/photos/2")  # not there: nobody saw anything
    noted = [(actor, what, district, count) for _, actor, what, district, count in own_town.access_log()]
    assert (
        sum(count for actor, what, district, count in noted if (actor, what, district) == ("demo", "photos", "luxian"))
        == 2
    )
