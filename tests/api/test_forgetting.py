"""Positions past their keeping are erased by the running server, and not sooner."""

from datetime import UTC, datetime, timedelta

from api.app import create_app
from api.forgetting import EVERY_S, Forgetting
from spatial.incidents.responders import KEPT, Responder
from spatial.store.protocol import Store
from tests.api.serving import serving
from tests.small_town import IN_FIRST_GRID
from tests.waiting import until

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)


def seen(store: Store, account: str, at: datetime) -> None:
    store.put_responder(Responder(account, "luxian", account, None, None, at, *IN_FIRST_GRID, 9.0, at))


def placed(store: Store) -> list[str]:
    return [each.account for each in store.responders() if each.lon is not None]


def test_no_position_is_kept_past_its_keeping_until_the_next_time(own_town: Store) -> None:
    now = NOW
    forgetting = Forgetting(own_town, lambda: now)
    seen(own_town, "old", NOW)
    seen(own_town, "new", NOW + timedelta(hours=2))
    now = NOW + KEPT - timedelta(seconds=EVERY_S + 1)
    assert forgetting.forget() == 0
    now += timedelta(seconds=2)
    assert forgetting.forget() == 1
    assert forgetting.forget() == 0
    assert placed(own_town) == ["new"]


def test_a_running_server_forgets_by_itself_and_whoever_is_on_duty_stays_so(own_town: Store) -> None:
    seen(own_town, "old", datetime.now(UTC) - timedelta(hours=25))
    seen(own_town, "new", datetime.now(UTC))
    before = own_town.events()
    with serving(create_app(own_town)):
        until(lambda: "old" not in placed(own_town), "nothing was erased")
    assert placed(own_town) == ["new"]
    assert [each.account for each in own_town.responders()] == ["old", "new"]
    assert own_town.events() == before
