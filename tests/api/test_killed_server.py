"""The server is killed while people write and listen: a short run of what `make soak` does fifty times."""

from collections.abc import Callable

import pytest

from tests.killed_server import kill_again_and_again


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_server_killed_three_times_loses_and_doubles_nothing(kind: str, new_url: Callable[[str], str]) -> None:
    outcome = kill_again_and_again(new_url(kind), 3, seed=20261128)
    assert outcome.reports > 10
    assert outcome.breaks > 0
