"""The database is restarted and cut off under load, again and again: nothing that was acknowledged is lost."""

from collections.abc import Callable

import pytest

from tests.conftest import PostgisServer
from tests.database_outages import cut_off_again_and_again, restart_again_and_again


@pytest.mark.soak
@pytest.mark.postgis
def test_a_database_restarted_ten_times_under_load_costs_nothing_that_was_acknowledged(
    postgis_server: PostgisServer, new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    outages = restart_again_and_again(
        postgis_server, new_url("postgis"), ["fast", "immediate"] * 5, writers=20, streams=10, away_s=3.0, seed=10
    )
    with capsys.disabled():
        print(f"\n  restarted ten times: {outages}")
    assert outages.told_away > 0
    assert outages.slowest_s < 10


@pytest.mark.soak
@pytest.mark.postgis
def test_a_database_cut_off_five_times_under_load_costs_nothing_that_was_acknowledged(
    new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    outages = cut_off_again_and_again(new_url("postgis"), 5, writers=20, streams=10, away_s=5.0, seed=11)
    with capsys.disabled():
        print(f"\n  cut off five times: {outages}")
    assert outages.told_away > 0
    assert outages.slowest_s < 10
