"""The database is restarted again and again under load: the server recovers, and nothing acknowledged is lost."""

from collections.abc import Callable

import pytest

from tests.conftest import PostgisServer
from tests.database_outages import restart_again_and_again


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
