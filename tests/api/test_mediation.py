"""Choosing who mediates a dispute, over HTTP: offered for disputes alone, and wanted before one is verified."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import Store
from tests.api.serving import serving
from tests.small_town import IN_FIRST_GRID

LEAK_DISPUTE, LIGHT = "0301", "0502"


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def report(client: httpx.Client, kind: str) -> str:
    lon, lat = IN_FIRST_GRID
    answer = client.post(
        "/incidents", json={"lon": lon, "lat": lat, "kind": kind}, headers={"Idempotency-Key": f"report-{kind}"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def step(client: httpx.Client, code: str, act: str, **body: Any) -> httpx.Response:
    version = client.get(f"/incidents/luxian/{code}").json()["version"]
    headers = {"Idempotency-Key": f"{code}-{version}-{act}", "If-Match": f'"{version}"', "Accept-Language": "en"}
    return client.post(f"/incidents/luxian/{code}/steps", json={"act": act, **body}, headers=headers)


def acts(told: dict[str, Any]) -> list[str]:
    return [each["act"] for each in told["acts"]]


def test_a_dispute_is_told_its_mediator_before_it_is_verified(desk: httpx.Client) -> None:
    code = report(desk, LEAK_DISPUTE)
    for act, more in (("file", {}), ("dispatch", {"department": "justice"}), ("arrive", {}), ("handle", {})):
        assert step(desk, code, act, **more).status_code == 200
    whole = desk.get(f"/incidents/luxian/{code}").json()
    assert (whole["incident"]["dispute"], whole["incident"]["mediator"]) == (True, None)
    assert "mediate" in acts(whole)
    assert "verify" not in acts(whole)
    refused = step(desk, code, "verify")
    assert refused.status_code == 409
    assert refused.json()["problem"] == "It is a dispute: choose the mediator first"
    assert "Choose the mediator" in refused.json()["remedy"]
    assert step(desk, code, "mediate").status_code == 400
    assert step(desk, code, "mediate", mediator="a friend").status_code == 400
    chosen = step(desk, code, "mediate", mediator="peoples_mediator")
    assert chosen.status_code == 200
    assert "verify" in acts(chosen.json())
    whole = desk.get(f"/incidents/luxian/{code}").json()
    assert whole["incident"]["mediator"] == "peoples_mediator"
    assert whole["history"][-1]["details"] == {"mediator": "peoples_mediator"}
    assert whole["history"][-1]["act_name"] == {"zh": "选择调解人", "en": "Choose the mediator"}
    assert step(desk, code, "verify").status_code == 200


def test_what_is_no_dispute_is_offered_none(desk: httpx.Client) -> None:
    code = report(desk, LIGHT)
    assert "mediate" not in acts(desk.get(f"/incidents/luxian/{code}").json())
    assert step(desk, code, "mediate", mediator="legal_adviser").status_code == 409
