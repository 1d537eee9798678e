"""Two reports of one thing on both sides of a border: whoever is bounded hears of the one alone."""

import httpx

from spatial.governance import Role
from spatial.store.protocol import Store
from tests.api.scope.two_streets import AT_BORDER, BEYOND_BORDER, OWN

Clients = dict[tuple[Role, tuple[str, ...]], httpx.Client]


def merge(client: httpx.Client, into: str) -> tuple[int, str]:
    """Return the status and the text of the answer, without the code that was asked for."""
    answer = client.post(
        f"/incidents/luxian/{AT_BORDER}/steps",
        json={"act": "merge", "reason": "同一件", "into": into},
        headers={"Idempotency-Key": f"merge-{into}", "If-Match": '"0"'},
    )
    return answer.status_code, answer.text.replace(into, "")


def test_a_duplicate_beyond_the_border_is_offered_to_those_alone_who_see_it(clients: Clients) -> None:
    told = {
        scope: clients[Role.DISPATCHER, scope].get(f"/incidents/luxian/{AT_BORDER}").json()["duplicates"]
        for scope in ((OWN,), ())
    }
    assert ([one["code"] for one in told[OWN,]], [one["code"] for one in told[()]]) == ([], [BEYOND_BORDER, "IN0099"])


def test_what_was_merged_from_beyond_the_border_is_told_to_those_alone_who_see_it(
    clients: Clients, store: Store
) -> None:
    with store.write("test") as tx:
        tx.update("incidents", "luxian", BEYOND_BORDER, {"merged_into": AT_BORDER})
    whole = {
        scope: clients[Role.DISPATCHER, scope].get(f"/incidents/luxian/{AT_BORDER}").json() for scope in ((OWN,), ())
    }
    assert (whole[OWN,]["merged"], whole[()]["merged"]) == ([], [BEYOND_BORDER])


def test_merging_into_one_beyond_the_border_is_refused_as_into_none(clients: Clients) -> None:
    bounded = clients[Role.DISPATCHER, (OWN,)]
    beyond, none = merge(bounded, BEYOND_BORDER), merge(bounded, "IN9999")
    assert beyond == none
    assert beyond[0] == 400
