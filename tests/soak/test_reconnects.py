"""A thousand screens come back at once after a restart: each hears exactly what it missed, and soon."""

from collections.abc import Callable

import pytest

from tests.reconnects import come_back


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_thousand_screens_that_come_back_at_once_each_hear_what_they_missed(
    kind: str, new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    came_back = come_back(new_url(kind), streams=1000, reports=100, seed=7)
    with capsys.disabled():
        print(f"\n  {kind}: {came_back}")
    assert came_back.last_s < 30
