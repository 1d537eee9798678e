"""Screens that come back at once after a restart: a short run of what `make soak` does with a thousand."""

from collections.abc import Callable

import pytest

from tests.reconnects import come_back


@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_screens_that_come_back_at_once_each_hear_exactly_what_they_missed(
    kind: str, new_url: Callable[[str], str]
) -> None:
    came_back = come_back(new_url(kind), streams=60, reports=30, seed=8)
    assert came_back.missed > 1000
