"""Who is near: the nearest responders, how fresh they are, and the cameras that bear on a place."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.incidents.nearby import Nearby, bears_on, degrees_around, metres
from spatial.incidents.responders import TOLD_AT_MOST, Freshness, Responder, approaches, freshness
from tests.unit.test_reach_network import network, places

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def responder(number: int, lon: float = 105.0, lat: float = 29.0, minutes: float = 1) -> Responder:
    seen = NOW - timedelta(minutes=minutes)
    return Responder(f"r{number}", "luxian", f"人{number}", None, None, NOW, lon, lat, 9.0, seen)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 60))
def test_the_nearest_are_those_that_a_look_at_everybody_finds(seed: int, count: int) -> None:
    random = np.random.default_rng(seed)
    nearby, known = Nearby(), {}
    for _ in range(2 * count):
        number = int(random.integers(count))
        lon, lat = random.uniform(105.0, 105.01), random.uniform(29.0, 29.01)
        known[number] = responder(number, float(lon), float(lat))
        nearby.put(known[number])
    gone = int(random.integers(count))
    nearby.put(Responder(f"r{gone}", "luxian", "下班"))
    known.pop(gone, None)
    place = 105.005, 29.005
    expected = sorted(known.values(), key=lambda one: metres(place, (one.lon or 0, one.lat or 0)))
    assert nearby.nearest(*place, 2)[:1] == expected[:1]
    assert len(nearby) == len(known)


def test_what_replaces_all_takes_away_who_is_not_in_it() -> None:
    nearby = Nearby()
    nearby.replace([responder(1), responder(2, 105.001)])
    nearby.replace(
        [responder(2, 105.002), responder(3, 105.003), Responder("r4", "luxian", "无位置", on_duty_since=NOW)]
    )
    assert [each.account for each in nearby.nearest(105.0, 29.0, 5)] == ["r2", "r3"]


def test_positions_fade_and_go() -> None:
    ages = {0: "fresh", 2: "fresh", 3: "ageing", 10: "ageing", 11: "stale", 30: "stale", 31: "gone", -5: "fresh"}
    for minutes, state in ages.items():
        assert freshness(NOW - timedelta(minutes=minutes), NOW) is Freshness(state)
    assert freshness(None, NOW) is Freshness.GONE


def test_who_is_nearer_by_the_street_comes_first_not_who_is_nearer_by_air() -> None:
    # a river without a bridge between the two banks: 20 m by air, 420 m on foot
    streets = network([(0, 0), (200, 0)], [(200, 0), (200, 20)], [(200, 20), (0, 20)])
    across, along, old, apart = places((0, 20), (150, 0), (10, 0), (5000, 5000))
    (place,) = places((0, 0))
    asked = [responder(1, *across), responder(2, *along), responder(3, *old, minutes=45), responder(4, *apart)]
    found = approaches(place, asked, streets, {"r2": 2}, NOW)
    assert [(one.responder.account, one.busy) for one in found] == [("r2", 2), ("r1", 0), ("r4", 0)]
    assert found[2].way is None
    assert found[0].way is not None
    assert found[0].way.metres == pytest.approx(150, abs=0.1)


def test_the_quickest_are_told_however_far_they_are_by_air() -> None:
    # thirty beyond the river, 20 m away by air; one along the street, 150 m
    streets = network([(0, 0), (200, 0)], [(200, 0), (200, 20)], [(200, 20), (0, 20)])
    across = [responder(number, *places((number / 10, 20))[0]) for number in range(30)]
    along = responder(99, *places((150, 0))[0])
    (place,) = places((0, 0))
    found = approaches(place, [*across, along], streets, {}, NOW)
    assert len(found) == TOLD_AT_MOST
    assert found[0].responder.account == "r99"
    took = [one.way.seconds for one in found if one.way is not None]
    assert took == sorted(took)
    assert len(took) == TOLD_AT_MOST
    # of those across, the ones further along the street are reached first
    assert found[1].responder.account == "r29"


def test_who_is_not_wanted_takes_nobodys_place() -> None:
    nearby = Nearby()
    nearby.replace([responder(number, 105.0 + number * 1e-6) for number in range(500)])
    wanted = {"r400", "r450", "r499"}
    assert [each.account for each in nearby.nearest(105.0, 29.0, 3, lambda each: each.account in wanted)] == [
        "r400", "r450", "r499",
    ]  # fmt: skip
    assert nearby.nearest(105.0, 29.0, 3, lambda _: False) == []


@given(st.floats(-60, 60), st.floats(1, 10_000), st.floats(0, 360))
def test_what_is_so_many_metres_away_lies_within_so_many_degrees(lat: float, away_m: float, towards: float) -> None:
    across, up = degrees_around(lat, away_m)
    other = 105.0 + across * np.sin(np.radians(towards)), lat + up * np.cos(np.radians(towards))
    # on the rim of the ellipse that the box holds
    assert metres((105.0, lat), other) >= 0.99 * away_m


def test_a_camera_bears_on_what_is_in_its_sector() -> None:
    east = {"bearing": 90.0, "field_of_view": 60.0, "range_m": 50.0}
    at = 105.0, 29.0
    degree = 1 / 97_360
    assert bears_on(east, at, (105.0 + 40 * degree, 29.0))
    assert not bears_on(east, at, (105.0 + 60 * degree, 29.0))
    assert not bears_on(east, at, (105.0 - 40 * degree, 29.0))
    assert bears_on(east, at, (105.0 + 30 * degree, 29.0 + 15 / 110_850))
    assert not bears_on(east, at, (105.0 + 20 * degree, 29.0 + 15 / 110_850))
    north = {**east, "bearing": 350.0}
    assert bears_on(north, at, (105.0 + 2 * degree, 29.0 + 30 / 110_850))
    assert not bears_on({**east, "bearing": None}, at, at)
