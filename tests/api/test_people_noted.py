"""Looking at people on duty leaves a line in the access log."""

import httpx

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import Store
from tests.api.serving import serving
from tests.api.test_incidents import IN_FIRST_GRID, report


def test_that_somebody_looked_at_who_is_on_duty_is_noted(own_town: Store) -> None:
    lon, lat = IN_FIRST_GRID
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        code = report(client).json()["code"]
        client.get(f"/incidents/luxian/{code}/near").raise_for_status()  # nobody is on duty: nobody was seen
        client.put("/duty", json={"on_duty": True, "district": "luxian"}).raise_for_status()
        client.put("/position", json={"lon": lon, "lat": lat}).raise_for_status()
        client.get(f"/incidents/luxian/{code}/near").raise_for_status()
    noted = [tuple(rest) for _, *rest in own_town.access_log() if rest[1] == "responders"]
    assert noted == [("demo", "responders", "luxian", 1)]
