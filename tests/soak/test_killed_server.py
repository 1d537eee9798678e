"""The server killed fifty times while people write and listen: no acknowledged write is lost, no event is doubled."""

from collections.abc import Callable

import pytest

from tests.killed_server import kill_again_and_again

TIMES, SEED = 50, 509


@pytest.mark.soak
@pytest.mark.parametrize("kind", ["geopackage", pytest.param("postgis", marks=pytest.mark.postgis)])
def test_a_server_killed_fifty_times_loses_and_doubles_nothing(
    kind: str, new_url: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    outcome = kill_again_and_again(new_url(kind), TIMES, SEED)
    with capsys.disabled():
        print(f"\n  {kind}: killed {TIMES} times: {outcome}")
    assert outcome.breaks >= TIMES
