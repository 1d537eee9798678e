"""Dispatchers who race, each with an account of their own, over both stores: one wins, the others hear who did."""

import os
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from api.app import create_app
from spatial.accounts.account import new_account
from spatial.accounts.secrets import new_token
from spatial.governance import Role
from spatial.store.protocol import Store
from tests import small_town
from tests.api.serving import serving
from tests.sendable import with_workers
from tests.small_town import IN_FIRST_GRID

RACERS = 16
PAIRS = 12


@pytest.fixture
def desks(store: Store) -> Iterator[list[httpx.Client]]:
    """Yield clients of sixteen dispatchers over one server; there are as many workers to send."""
    small_town.fill(store)
    with_workers(store, **{f"worker-{number:02d}": "" for number in range(RACERS)})
    secrets = []
    with store.write("test") as tx:
        for number in range(RACERS):
            login = f"desk-{number:02d}"
            secret, token = new_token(login, "test", datetime.now(UTC), None, os.urandom)
            tx.put_account(new_account(login, "", Role.DISPATCHER, ["/510521"]))
            tx.put_token(token)
            secrets.append(secret)
    with serving(create_app(store)) as address:
        clients = [
            httpx.Client(base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60)
            for secret in secrets
        ]
        yield clients
        for client in clients:
            client.close()


def report(client: httpx.Client, key: str) -> str:
    body = {"lon": IN_FIRST_GRID[0], "lat": IN_FIRST_GRID[1], "kind": "0502"}
    answer = client.post("/incidents", json=body, headers={"Idempotency-Key": key})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def step(client: httpx.Client, code: str, version: int, **body: Any) -> httpx.Response:
    headers = {"Idempotency-Key": f"{code}-{version}", "If-Match": f'"{version}"'}
    return client.post(f"/incidents/luxian/{code}/steps", json=body, headers=headers)


def together(*ways: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """Return the answers to questions that begin at once, in the order of the questions."""
    begin, answers = threading.Barrier(len(ways)), {}

    def run(number: int) -> None:
        begin.wait()
        answers[number] = ways[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(ways))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(ways))]


def test_of_sixteen_who_send_somebody_else_each_one_does_and_the_others_hear_who(
    desks: list[httpx.Client], store: Store
) -> None:
    code = report(desks[0], "r")
    assert step(desks[0], code, 1, act="file").status_code == 200
    answers = together(*(
        lambda number=number: step(desks[number], code, 2, act="dispatch", responder=f"worker-{number:02d}")  # type: ignore[misc]
        for number in range(RACERS)
    ))  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, *[412] * (RACERS - 1)]
    (winner,) = (number for number, answer in enumerate(answers) if answer.status_code == 200)
    for number, answer in enumerate(answers):
        if number != winner:
            told = answer.json()["details"]
            assert (told["state"], told["version"]) == ("dispatched", 3)
            assert (told["last"]["act"], told["last"]["by"]) == ("dispatch", f"desk-{winner:02d}")
    whole = desks[0].get(f"/incidents/luxian/{code}").json()
    assert whole["incident"]["responder"] == f"worker-{winner:02d}"
    assert [line["act"] for line in whole["history"]] == ["report", "file", "dispatch"]
    assert store.verify_histories() is None


def test_of_two_that_are_merged_into_each_other_one_stays_open(desks: list[httpx.Client], store: Store) -> None:
    for pair in range(PAIRS):
        one, other = report(desks[0], f"{pair}-one"), report(desks[0], f"{pair}-other")
        answers = together(
            lambda one=one, other=other: step(desks[1], one, 1, act="merge", reason="同一件", into=other),  # type: ignore[misc]
            lambda one=one, other=other: step(desks[2], other, 1, act="merge", reason="同一件", into=one),  # type: ignore[misc]
        )
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        merged, stays = (one, other) if answers[0].status_code == 200 else (other, one)
        assert (store.case("luxian", merged).case.state.value, store.case("luxian", stays).case.state.value) == (
            "closed",
            "reported",
        )
        (refused,) = (answer for answer in answers if answer.status_code == 409)
        assert merged in refused.json()["problem"]
