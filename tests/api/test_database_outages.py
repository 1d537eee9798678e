"""The database is restarted and cut off under load: a short run of what `make soak` does longer."""

from collections.abc import Callable

import pytest

from tests.conftest import PostgisServer
from tests.database_outages import cut_off_again_and_again, restart_again_and_again


@pytest.mark.postgis
def test_a_server_whose_database_is_restarted_loses_nothing_and_its_streams_go_on(
    postgis_server: PostgisServer, new_url: Callable[[str], str]
) -> None:
    outages = restart_again_and_again(
        postgis_server, new_url("postgis"), ["immediate"], writers=2, streams=3, away_s=0.5, seed=3
    )
    assert outages.reports > 0
    assert outages.breaks == 0
    assert outages.slowest_s < 10


@pytest.mark.postgis
def test_a_server_that_is_cut_off_from_its_database_refuses_soon_and_recovers_by_itself(
    new_url: Callable[[str], str],
) -> None:
    outages = cut_off_again_and_again(new_url("postgis"), 1, writers=4, streams=3, away_s=1.0, seed=4)
    assert outages.reports > 0
    assert outages.told_away > 0
    assert outages.breaks == 0
    assert outages.slowest_s < 10
