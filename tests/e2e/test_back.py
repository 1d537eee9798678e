"""Back and forward in the browser, on the desk and on the page of statistics."""

from collections.abc import Callable

import pytest

from tests.e2e.conftest import AT_WORK, Screen
from tests.e2e.test_dispatch import Desk, row
from tests.e2e.test_dispatch import desk as _desk
from tests.e2e.test_dispatch import opened as _opened
from tests.e2e.test_statistics import counted as _counted
from tests.e2e.test_statistics import page as _page

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
desk, opened, counted, page = _desk, _opened, _counted, _page
"""The same pages, with servers of their own for this file."""


def test_back_leads_from_an_incident_to_the_list_and_through_tabs_and_filters(opened: Open, desk: Desk) -> None:
    key = desk.report("返回")
    screen = opened("q=返回", width=390, height=800)
    screen.query()
    row(screen, key).click()
    screen.query()
    screen.page.locator("#drawer").wait_for()
    screen.page.go_back()
    screen.until("state.selected === null")
    row(screen, key).wait_for()
    screen.page.go_forward()
    screen.until(f"state.selected === '{key}'")
    screen.page.go_back()
    screen.until("state.selected === null")

    screen.page.locator(".state-tabs button").nth(1).click()
    screen.query()
    screen.page.locator("#find").fill("返")  # what is typed is no step
    screen.until("state.filters.text === '返'")
    screen.query()
    screen.page.locator("[data-filter=clock]").select_option("running")
    screen.query()
    screen.page.go_back()
    screen.until("state.filters.clock === null && state.tab === 'waiting' && state.filters.text === '返'")
    screen.query()
    screen.page.go_back()
    screen.until("state.tab === 'open' && state.filters.text === '返回'")
    screen.until(AT_WORK)


def test_back_leads_to_what_was_counted_before(page: Open) -> None:
    screen = page()
    screen.page.locator("[data-filter=department]").select_option("sanitation")
    screen.until("state.asked.department === 'sanitation' && state.status === 'ready'")
    screen.page.wait_for_url("**department=sanitation**")
    screen.page.go_back()
    screen.until("state.asked.department === null && state.status === 'ready'")
    screen.page.go_forward()
    screen.until("state.asked.department === 'sanitation'")
