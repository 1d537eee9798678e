"""What a list of districts says: where they are, and where people live in them."""

import httpx
import pytest
import shapely

from spatial.store.protocol import Store
from spatial.store.records import Query
from tests import small_town


def test_a_district_has_the_box_of_its_town_within_its_own(public: httpx.Client, town: Store) -> None:
    luxian = next(each for each in public.get("/districts").json()["districts"] if each["slug"] == "luxian")
    assert luxian["box"] == pytest.approx(
        [
            small_town.WEST,
            small_town.SOUTH,
            small_town.WEST + small_town.SIDE,
            small_town.SOUTH + small_town.SIDE,
        ]
    )
    assert shapely.box(*luxian["box"]).contains(shapely.box(*luxian["town"]))
    assert town.count("buildings", Query(district="luxian", box=tuple(luxian["town"]))) > 0


def test_a_district_without_buildings_has_no_town(public: httpx.Client, town: Store) -> None:
    bare = [each.slug for each in town.districts() if not town.count("buildings", Query(district=each.slug))]
    assert bare
    towns = {each["slug"]: each["town"] for each in public.get("/districts").json()["districts"]}
    assert [towns[slug] for slug in bare] == [None] * len(bare)
