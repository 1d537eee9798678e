"""Signing in and out, tokens, forged changes, and guesses that are slowed."""

import base64
import json
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.routes import events
from api.routes.events import LOOKED_AT_EVERY_S
from api.settings import Settings
from spatial.accounts.account import new_account
from spatial.accounts.passwords import Cost, hashed
from spatial.accounts.secrets import digest_of, new_session, new_token
from spatial.governance import Role
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving
from tests.waiting import until

PASSWORD = "correct horse battery"
CHEAP = Cost(1, 64, 1)
STREET = "/510521/510521001"
OTHER_STREET = "/510521/510521002"
CAMERAS = "/collections/cameras/items"


@pytest.fixture
def store(own_town: Store) -> Store:
    """The small town with an administrator, a street's dispatcher, and one who may not sign in any more."""
    with own_town.write("test") as tx:
        for account in (
            new_account("root", "", Role.ADMINISTRATOR),
            new_account("li.qiang", "李强", Role.DISPATCHER, [STREET]),
        ):
            tx.put_account(account)
            tx.put_password(account.login, hashed(PASSWORD, os.urandom, CHEAP))
    return own_town


@pytest.fixture
def address(store: Store) -> Iterator[str]:
    with serving(create_app(store, Settings(refresh_s=0.0))) as at:
        yield at


@pytest.fixture
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address) as one:
        yield one


def sign_in(client: httpx.Client, login: str = "li.qiang", password: str = PASSWORD) -> httpx.Response:
    return client.post("/session", json={"login": login, "password": password})


def token_of(store: Store, login: str, lasting: timedelta | None = None, at: datetime | None = None) -> str:
    secret, token = new_token(login, "QGIS", at or datetime.now(UTC), lasting, os.urandom)
    with store.write("test") as tx:
        tx.put_token(token)
    return secret


def test_nobody_is_the_public(client: httpx.Client) -> None:
    said = client.get("/session")
    assert said.status_code == 200
    assert said.headers["cache-control"] == "no-store"
    assert said.json() == {
        "account": None, "name": None, "role": None, "role_name": None, "scope": [], "csrf": None, "ends_at": None,
        "open_demo": False,
        "playing": False,
    }  # fmt: skip
    assert client.get(CAMERAS).status_code == 404


def test_who_signs_in_is_told_who_they_are_and_sees_what_is_for_staff(client: httpx.Client) -> None:
    said = sign_in(client, " Li.Qiang ")
    assert said.status_code == 200
    document = said.json()
    assert (document["account"], document["name"], document["role"]) == ("li.qiang", "李强", "dispatcher")
    assert document["scope"] == [
        {
            "path": STREET, "code": "510521001", "district": "luxian", "level": "street",
            "name": document["scope"][0]["name"], "name_en": document["scope"][0]["name_en"],
        }
    ]  # fmt: skip
    assert document["scope"][0]["name"]
    assert client.get("/session").json()["account"] == "li.qiang"
    assert client.get(CAMERAS).status_code == 200


def test_the_cookie_is_for_this_origin_and_no_script(client: httpx.Client, store: Store) -> None:
    cookie = sign_in(client).headers["set-cookie"]
    assert cookie.startswith("gridscape=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie
    with serving(create_app(store, Settings(public_url="https://grid.example.org"))) as at:
        secure = httpx.post(f"{at}/session", json={"login": "root", "password": PASSWORD}).headers["set-cookie"]
    assert secure.startswith("__Host-gridscape=")
    assert "Secure" in secure


def test_only_a_hash_of_the_secret_is_in_the_store(client: httpx.Client, store: Store) -> None:
    sign_in(client)
    secret = client.cookies["gridscape"]
    assert len(secret) == 43
    assert store.session(digest_of(secret)) is not None
    assert store.session(secret) is None


def test_each_sign_in_has_another_secret_and_ends_what_came_with_it(client: httpx.Client, store: Store) -> None:
    client.cookies.set("gridscape", "planted-by-somebody-else")
    sign_in(client)
    first = client.cookies.get("gridscape", domain="127.0.0.1") or client.cookies.jar._cookies  # type: ignore[attr-defined]
    assert store.session(digest_of("planted-by-somebody-else")) is None
    client.cookies.clear()
    sign_in(client)
    before = client.cookies["gridscape"]
    assert before != first
    sign_in(client)
    after = client.cookies["gridscape"]
    assert after != before
    assert store.session(digest_of(before)) is None
    assert store.session(digest_of(after)) is not None


def test_a_wrong_login_and_a_wrong_password_look_the_same(client: httpx.Client, store: Store) -> None:
    with store.write("test") as tx:
        tx.put_account(new_account("nopassword", "", Role.ADMINISTRATOR))
    answers = [
        sign_in(client, "li.qiang", "wrong"),
        sign_in(client, "nobody", "wrong"),
        sign_in(client, "nopassword", ""),
        sign_in(client, "li.qiang\0", PASSWORD),
    ]
    assert [answer.status_code for answer in answers] == [401] * 4
    assert len({answer.text for answer in answers}) == 1
    assert all("set-cookie" not in answer.headers for answer in answers)
    assert answers[0].headers["www-authenticate"].startswith("Bearer")  # no browser asks for a password of its own


def test_signing_out_ends_the_session_everywhere(client: httpx.Client, store: Store) -> None:
    key = sign_in(client).json()["csrf"]
    secret = client.cookies["gridscape"]
    out = client.delete("/session", headers={"X-CSRF-Token": key})
    assert out.status_code == 200
    assert out.json()["role"] is None
    assert "gridscape" not in client.cookies
    assert store.session(digest_of(secret)) is None
    assert httpx.get(client.base_url.join("/session"), cookies={"gridscape": secret}).json()["role"] is None
    assert client.delete("/session").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"X-CSRF-Token": "guess"}, {"X-CSRF-Token": ""}])
def test_a_change_with_a_cookie_needs_the_key_of_its_session(client: httpx.Client, headers: dict[str, str]) -> None:
    sign_in(client)
    refused = client.delete("/session", headers=headers)
    assert refused.status_code == 403
    assert client.get("/session").json()["role"] == "dispatcher"


def test_the_key_of_another_session_is_no_key(client: httpx.Client, address: str) -> None:
    key = sign_in(client).json()["csrf"]
    with httpx.Client(base_url=address) as other:
        sign_in(other, "root")
        assert other.delete("/session", headers={"X-CSRF-Token": key}).status_code == 403


def test_a_browser_that_says_another_site_sent_it_is_believed(client: httpx.Client) -> None:
    key = sign_in(client).json()["csrf"]
    headers = {"X-CSRF-Token": key, "Sec-Fetch-Site": "cross-site"}
    assert client.delete("/session", headers=headers).status_code == 403


def test_a_form_of_another_site_cannot_sign_anybody_in(client: httpx.Client) -> None:
    body = '{"login": "root", "password": "' + PASSWORD + '"}'
    assert client.post("/session", content=body, headers={"Content-Type": "text/plain"}).status_code == 400


@pytest.mark.parametrize("more", [{"role": "administrator"}, {"scope": []}, {"remember": True}])
def test_signing_in_takes_no_other_fields(client: httpx.Client, more: dict[str, object]) -> None:
    posted = {"login": "li.qiang", "password": PASSWORD, **more}
    assert client.post("/session", json=posted).status_code == 400


def test_a_question_that_is_posted_needs_no_key(client: httpx.Client) -> None:
    sign_in(client)
    lon, lat = small_town.IN_FIRST_GRID
    assert client.post("/locate", json={"lon": [lon], "lat": [lat]}).status_code == 200


@pytest.mark.parametrize(("started", "seen", "stands"), [(1, 1, True), (5, 5, False), (15, 1, True), (17, 1, False)])
def test_sessions_end_when_idle_and_at_last(
    client: httpx.Client, store: Store, started: int, seen: int, stands: bool
) -> None:
    now = datetime.now(UTC)
    secret, session = new_session("root", now - timedelta(hours=started), os.urandom)
    store.start_session(session)
    store.touch_session(session.digest, now - timedelta(hours=seen))
    client.cookies.set("gridscape", secret)
    assert (client.get("/session").json()["role"] is not None) is stands
    # who was signed in is told so, instead of that nothing is there
    assert client.get(CAMERAS).status_code == (200 if stands else 401)
    assert client.get("/collections/areas/items?limit=1").status_code == 200


def test_a_session_that_is_used_stays_alive(client: httpx.Client, store: Store) -> None:
    now = datetime.now(UTC)
    secret, session = new_session("root", now - timedelta(hours=3, minutes=59), os.urandom)
    store.start_session(session)
    client.cookies.set("gridscape", secret)
    client.get("/session")

    def noted() -> bool:
        held = store.session(session.digest)
        assert held is not None
        return held[0].seen_at >= now - timedelta(seconds=1)

    until(noted, "it was not noted that the session is in use")


def test_a_disabled_account_is_out_at_once(client: httpx.Client, store: Store) -> None:
    sign_in(client)
    token = token_of(store, "li.qiang")
    from dataclasses import replace

    account = store.account("li.qiang")
    assert account is not None
    with store.write("root") as tx:
        tx.put_account(replace(account, disabled=True))
    assert client.get("/session").json()["role"] is None
    client.cookies.clear()
    assert client.get(CAMERAS, headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert sign_in(client).status_code == 401


def test_another_role_counts_at_once(client: httpx.Client, store: Store) -> None:
    sign_in(client)
    with store.write("root") as tx:
        tx.put_account(new_account("li.qiang", "李强", Role.VIEWER, ["/510521/510521002"]))
    said = client.get("/session").json()
    assert (said["role"], said["scope"][0]["path"]) == ("viewer", "/510521/510521002")


def basic(login: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()}


def test_programs_come_with_a_token_and_need_no_key(client: httpx.Client, store: Store) -> None:
    token = token_of(store, "root")
    for headers in ({"Authorization": f"Bearer {token}"}, basic("root", token), basic("Root", token)):
        assert client.get(CAMERAS, headers=headers).status_code == 200
        said = client.get("/session", headers=headers).json()
        assert (said["account"], said["csrf"]) == ("root", None)
        assert client.delete("/session", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("headers", "challenge"),
    [
        ({"Authorization": "Bearer nonsense"}, "Bearer"),
        ({"Authorization": "Bearer"}, "Bearer"),
        ({"Authorization": "Digest x"}, "Bearer"),
        ({"Authorization": "Basic ???"}, "Basic"),
        (basic("root", "nonsense"), "Basic"),
        (basic("root", PASSWORD), "Basic"),
        (basic("", ""), "Basic"),
    ],
)
def test_a_wrong_token_is_refused_with_the_way_to_say_it(
    client: httpx.Client, headers: dict[str, str], challenge: str
) -> None:
    for address in ("/session", CAMERAS, "/collections/areas/items?limit=1"):
        refused = client.get(address, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith(challenge)


def test_a_token_belongs_to_its_login_and_ends(client: httpx.Client, store: Store) -> None:
    assert client.get("/session", headers=basic("li.qiang", token_of(store, "root"))).status_code == 401
    old = token_of(store, "root", timedelta(days=1), datetime.now(UTC) - timedelta(days=2))
    assert client.get("/session", headers={"Authorization": f"Bearer {old}"}).status_code == 401


def test_a_token_counts_before_a_cookie(client: httpx.Client, store: Store) -> None:
    sign_in(client)
    headers = {"Authorization": f"Bearer {token_of(store, 'root')}"}
    assert client.get("/session", headers=headers).json()["account"] == "root"


def test_guessing_one_password_is_slowed_and_says_when_to_come_back(client: httpx.Client) -> None:
    statuses = [sign_in(client, "root", f"guess {number}").status_code for number in range(6)]
    assert statuses == [401] * 5 + [429]
    slowed = sign_in(client, "root", PASSWORD)  # even the right one
    assert slowed.status_code == 429
    assert int(slowed.headers["retry-after"]) >= 1
    assert sign_in(client).status_code == 200  # somebody else is not kept out


def test_one_password_tried_on_many_logins_is_slowed(client: httpx.Client) -> None:
    statuses = [sign_in(client, f"user{number}", "Spring2026!").status_code for number in range(22)]
    assert statuses[:20] == [401] * 20
    assert statuses[-1] == 429


def test_behind_a_proxy_the_address_is_the_one_that_the_proxy_heard(store: Store) -> None:
    with serving(create_app(store, Settings(behind_proxy=True))) as at:
        for number in range(22):
            said = httpx.post(
                f"{at}/session",
                json={"login": f"user{number}", "password": "Spring2026!"},
                headers={"X-Forwarded-For": f"10.9.9.{number}, 10.0.0.1"},
            )
        assert said.status_code == 429
        headers = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2"}
        posted = {"login": "root", "password": PASSWORD}
        assert httpx.post(f"{at}/session", json=posted, headers=headers).status_code == 200


def test_in_an_open_demo_who_has_not_signed_in_is_the_administrator(store: Store, tmp_path: Path) -> None:
    with serving(create_app(store, Settings(open_demo=True))) as at, httpx.Client(base_url=at) as client:
        said = client.get("/session").json()
        assert (said["account"], said["role"], said["open_demo"], said["csrf"]) == ("demo", "administrator", True, None)
        assert sign_in(client).json()["role"] == "dispatcher"
        key = client.get("/session").json()["csrf"]
        assert client.delete("/session", headers={"X-CSRF-Token": key}).json()["role"] == "administrator"


def test_signing_in_and_failing_to_are_in_the_access_log(store: Store) -> None:
    with serving(create_app(store)) as at, httpx.Client(base_url=at) as client:
        sign_in(client, "li.qiang", "wrong")
        sign_in(client)
        client.get(CAMERAS)
    noted = {(actor, what) for _, actor, what, _, _ in store.access_log()}
    assert noted == {("public", "sign-in refused"), ("li.qiang", "sign-in"), ("li.qiang", "cameras")}


def test_a_stream_ends_with_the_session_that_opened_it(client: httpx.Client, store: Store, address: str) -> None:
    sign_in(client)
    lon, lat = small_town.IN_FIRST_GRID
    posted = {"lon": lon, "lat": lat, "kind": "0502"}
    headers = {"Authorization": f"Bearer {token_of(store, 'root')}"}

    def report(key: str) -> None:
        answer = httpx.post(f"{address}/incidents", json=posted, headers={**headers, "Idempotency-Key": key})
        assert answer.status_code == 201

    heard: list[str] = []
    with client.stream("GET", "/events", timeout=30) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        report("first")
        heard += [next(line for line in lines if line.startswith("data") and "incident" in line)]
        store.end_session(digest_of(client.cookies["gridscape"]))
        time.sleep(LOOKED_AT_EVERY_S)  # the stream looks again who it speaks for, which nothing tells of
        report("second")
        heard += [line for line in lines if line.startswith("data") and "incident" in line]
    assert len(heard) == 1


def test_a_stream_says_for_whom_it_is_and_ends_when_that_changes(
    client: httpx.Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "LOOKED_AT_EVERY_S", 0.0)
    sign_in(client)
    headers = {"Authorization": f"Bearer {token_of(store, 'root')}"}
    lon, lat = small_town.IN_FIRST_GRID

    def first_beat(lines: Iterator[str]) -> dict[str, Any]:
        assert next(line for line in lines if line.startswith("event")) == "event: beat"
        found: dict[str, Any] = json.loads(next(lines).removeprefix("data: "))
        return found

    with client.stream("GET", "/events", timeout=30) as stream:
        lines = stream.iter_lines()
        said = first_beat(lines)
        assert (said["account"], said["scope"]) == ("li.qiang", [STREET])
        with store.write("test") as tx:
            tx.put_account(new_account("li.qiang", "李强", Role.DISPATCHER, [OTHER_STREET]))
        posted = {"lon": lon, "lat": lat, "kind": "0502"}
        answer = httpx.post(f"{client.base_url}/incidents", json=posted, headers={**headers, "Idempotency-Key": "k"})
        assert answer.status_code == 201
        assert not [line for line in lines if line.startswith("data")]
    resumed = {"Last-Event-ID": str(said["event"])}
    with client.stream("GET", "/events", headers=resumed, timeout=30) as stream:
        assert stream.status_code == 200
        again = first_beat(stream.iter_lines())
        assert (again["account"], again["scope"]) == ("li.qiang", [OTHER_STREET])
    sign_in(client, "root")
    with client.stream("GET", "/events", headers=resumed, timeout=30) as stream:
        assert first_beat(stream.iter_lines())["account"] == "root"
