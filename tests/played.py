"""A small demo to be played on: Luxian and the demo's accounts, and a play of it by clocks that are passed in."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from fixtures.accounts import demo_accounts
from fixtures.load import ACTOR, write
from fixtures.play import Player, make_cast
from fixtures.town import SEED
from spatial.errors import GridscapeError
from spatial.locate import Locator
from spatial.store.protocol import Store
from tests.districts import content

BEGAN = datetime(2026, 11, 23, 1, 40, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

Watched = Callable[[Player], None]


def fill(store: Store) -> None:
    """Write Luxian and the demo's accounts, without passwords: hashing them takes a second."""
    write(store, content("luxian"), SEED)
    made = demo_accounts(store)
    with store.write(ACTOR) as tx:
        for account in made:
            tx.put_account(account)


def play(
    store: Store, hours: float, seed: int = 1, watched: Watched | None = None, speed: float = 30.0
) -> tuple[Player, list[GridscapeError]]:
    """Play so many hours of a day, minute by minute; returns the player and what was not to be."""
    mishaps: list[GridscapeError] = []
    locator = Locator.of(store)
    player = Player(store, make_cast(store, "luxian", ACTOR), lambda: locator, seed, mishaps.append)
    for number in range(round(hours * 60)):
        player.advance(BEGAN + number * MINUTE / speed, number * MINUTE)
        if watched is not None:
            watched(player)
    return player, mishaps
