"""A server that has not heard of a publication yet: what is reported meanwhile has the owner of after."""

import httpx

from api.app import create_app
from api.settings import Settings
from spatial.edits import move_vertex
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.api.serving import serving
from tests.small_town import FIRST_GRID, SIDE, SOUTH, VACANT_GRID, WEST

CORNER = (WEST + SIDE / 4, SOUTH + SIDE / 2)
BETWEEN = {"lon": 105.355, "lat": 29.145}


def test_a_report_and_a_move_around_a_publication_are_tagged_by_it(own_town: Store) -> None:
    settings = Settings(open_demo=True, refresh_s=3600)  # what it knows of the store stays what it was
    with serving(create_app(own_town, settings)) as address, httpx.Client(base_url=address) as client:

        def report(key: str) -> httpx.Response:
            return client.post("/incidents", json={**BETWEEN, "kind": "0502"}, headers={"Idempotency-Key": key})

        def owner(code: str) -> str:
            return str(client.get(f"/incidents/luxian/{code}").json()["incident"]["responsible"])

        before = report("before").json()["code"]
        assert owner(before) == FIRST_GRID
        for base, west in ((1, 0.004), (2, -0.004)):
            areas = own_town.read("areas", Query(district="luxian", tree="main"))
            at = CORNER if base == 1 else (CORNER[0] - 0.004, CORNER[1])
            change = move_vertex(areas, at, (at[0] - west, at[1]), district="luxian", base=base)
            with own_town.write("planner") as tx:
                tx.publish_changes(change)
            told = report(f"after-{base}").json()
            assert told["tag"]["edition"] == base + 1
            assert owner(told["code"]) == (VACANT_GRID if base == 1 else FIRST_GRID)
        moved = client.post(
            f"/incidents/luxian/{before}/steps",
            json={"act": "move", "reason": "在这边", "position": BETWEEN},
            headers={"Idempotency-Key": "moved", "If-Match": '"1"'},
        )
        assert (moved.status_code, moved.json()["tag"]["edition"]) == (200, 3)
