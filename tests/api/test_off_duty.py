"""Who holds a post and is off duty is passed over, and the sentence over HTTP says so; whom it names is noted."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from spatial.store.protocol import Store
from tests.api.serving import serving
from tests.api.test_incidents import report
from tests.small_town import FIRST_GRID


@pytest.fixture
def desk(own_town: Store) -> Iterator[httpx.Client]:
    """Somebody at the desk who holds the post of the first grid."""
    held = next(post for post in own_town.duty_holders("luxian") if post.holder == "王敏")
    with own_town.write("test") as tx:
        tx.put_duty_holders([replace(held, account="demo")])
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        yield client


def test_who_is_off_duty_is_passed_over_and_the_route_says_why(desk: httpx.Client) -> None:
    away = report(desk, "off").json()["route"]
    assert away["holder"] == "李强"
    assert away["why"] == {
        "zh": f"路灯不亮 → 市政；网格 {FIRST_GRID}；专职网格员不在岗，由康桥社区的兼职网格员李强负责",
        "en": f"Street light out → municipal works; grid {FIRST_GRID}; its grid worker is off duty, "
        "so part-time grid worker 李强 of Community 1",
    }
    desk.put("/duty", json={"on_duty": True, "district": "luxian"}).raise_for_status()
    told = report(desk, "on").json()
    assert told["route"]["why"]["zh"].endswith(f"网格 {FIRST_GRID}；专职网格员王敏")
    whole = f"/incidents/luxian/{told['code']}"
    assert desk.get(whole).json()["route"] == told["route"]
    desk.put("/duty", json={"on_duty": False}).raise_for_status()
    assert desk.get(whole).json()["route"] == away


def test_that_a_report_was_told_who_holds_a_post_is_noted(own_town: Store) -> None:
    with serving(create_app(own_town, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        report(client).raise_for_status()
    assert [tuple(rest) for _, *rest in own_town.access_log()] == [("demo", "duty_holders", "luxian", 1)]
