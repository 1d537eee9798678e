"""The statistics page in a real browser: what it shows is what SQL counts in the store, and its address says it all."""

import csv
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from playwright.sync_api import Browser, expect

from fixtures.accounts import PASSWORD
from tests.e2e.axe import serious_faults
from tests.e2e.conftest import Screen
from tests.server import Server

pytestmark = pytest.mark.browser

CHINA = ZoneInfo("Asia/Shanghai")
Open = Callable[..., Screen]


@pytest.fixture(scope="module")
def counted(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """Yield a server over a copy of the demo store that nothing changes, and the copy."""
    copy = tmp_path_factory.mktemp("statistics") / "luxian.gpkg"
    shutil.copy(demo_store, copy)
    server = Server(copy)
    server.start()
    try:
        yield server, copy
    finally:
        server.stop()


@pytest.fixture
def page(screen: Open, counted: tuple[Server, Path]) -> Open:
    def open_page(query: str = "lang=en&theme=light", **more: Any) -> Screen:
        return screen(f"statistics?{query}", origin=counted[0].address, **more)

    return open_page


def rows(store: Path, condition: str = "1", parameters: tuple[Any, ...] = ()) -> list[dict[str, Any]]:
    """Return incidents with their times in seconds and their first day in the districts, read by SQL alone."""
    with closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute(
            "SELECT code, path, category, department, kind, state, strftime('%s', due_at) AS due, "
            "strftime('%s', reported_at) AS reported, strftime('%s', arrived_at) AS arrived, "
            "strftime('%s', closed_at) AS closed, date(reported_at, '+8 hours') AS day, "
            f"date(closed_at, '+8 hours') AS closed_day FROM incidents WHERE {condition}",
            parameters,
        )
        times = ("due", "reported", "arrived", "closed")
        return [
            {**row, **{name: None if row[name] is None else int(row[name]) for name in times}}
            for row in map(dict, found)
        ]


def first_day(weeks: int = 12) -> str:
    today = datetime.now(CHINA).date()
    return (today - timedelta(days=today.weekday(), weeks=weeks - 1)).isoformat()


def spoken(seconds: float) -> str:
    """Say how long something took, as a person would in English."""
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{round(minutes / 60)} h" if rest == 0 or hours >= 10 else f"{hours} h {rest} min"
    days, hours = divmod(round(minutes / 60), 24)
    return f"{days} d" if hours == 0 else f"{days} d {hours} h"


def expected(found: list[dict[str, Any]], since: str, now: datetime) -> dict[str, str]:
    """Return what the page should show of some incidents, counted one by one."""
    reported = [row for row in found if row["day"] >= since]
    closed = [row for row in found if row["closed_day"] is not None and row["closed_day"] >= since]
    responses = [row["arrived"] - row["reported"] for row in reported if row["arrived"] is not None]
    known = [row for row in reported if row["closed"] is not None or (row["due"] < now.timestamp() and not held(row))]
    late = [row for row in known if (row["closed"] or now.timestamp()) > row["due"]]
    return {
        "reported": f"{len(reported):,}",
        "closed": f"{len(closed):,}",
        "open_now": f"{sum(row['state'] != 'closed' for row in reported):,}",
        "response": spoken(float(np.median(responses))) if responses else "—",
        "closing": spoken(float(np.median([row["closed"] - row["reported"] for row in closed]))) if closed else "—",
        "overdue": f"{100 * len(late) / len(known):.1f}\u2009%" if known else "—",
        "late": f"{len(late):,} of {len(known):,}",
    }


def held(row: dict[str, Any]) -> bool:
    return bool(row["state"] == "suspended")


def asked_at(page: Screen) -> datetime:
    return datetime.fromisoformat(page.state("told")["now"])


def headline(page: Screen) -> dict[str, str]:
    shown = {each.get_attribute("data-figure"): each for each in page.page.locator(".headline > div").all()}
    told = {str(name): each.locator("b").inner_text() for name, each in shown.items()}
    return {**told, "late": shown["overdue"].locator("small span").first.inner_text()}


def line(page: Screen, key: str) -> dict[str, str]:
    cells = page.page.locator(f"tr[data-key='{key}'] td[data-column]").all()
    told = {str(each.get_attribute("data-column")): each.inner_text().strip().split("\n") for each in cells}
    return {
        **{name: told[name][0] for name in ("reported", "closed", "open_now", "response", "closing", "overdue")},
        "late": told["overdue"][-1],
    }


def settled(page: Screen, condition: str) -> None:
    page.until(f"state.status === 'ready' && {condition}")


def test_the_figures_are_what_sql_counts(page: Open, counted: tuple[Server, Path]) -> None:
    shown = page()
    assert headline(shown) == expected(rows(counted[1]), first_day(), asked_at(shown))
    expect(shown.page.locator(".plot svg")).to_have_count(4)
    assert "12 weeks" in str(shown.page.locator(".plot svg").first.get_attribute("aria-label"))


def test_every_line_of_every_table_is_what_sql_counts(page: Open, counted: tuple[Server, Path]) -> None:
    shown, since = page("lang=en&district=luxian"), first_day()
    every = rows(counted[1])
    for by, column in (("category", "category"), ("department", "department"), ("item", "kind")):
        shown.page.locator(".groups .segmented button", has_text=by.title()).click()
        settled(shown, f"state.told.by === '{by}'")
        in_period = [row for row in every if row["day"] >= since or (row["closed_day"] or "") >= since]
        keys = {row[column] for row in in_period}
        assert len(keys) > 3
        expect(shown.page.locator("tbody tr")).to_have_count(len(keys))
        for key in sorted(keys)[:6]:
            mine = [row for row in every if row[column] == key]
            assert line(shown, key) == expected(mine, since, asked_at(shown)), key
    assert line(shown, "all") == expected(every, since, asked_at(shown))


def test_weeks_are_those_of_the_district(page: Open, counted: tuple[Server, Path]) -> None:
    shown = page("lang=en&by=week")
    every = rows(counted[1])
    expect(shown.page.locator("tbody tr")).to_have_count(12)
    for number in (11, 5, 0):
        monday = date.fromisoformat(first_day()) + timedelta(weeks=number)
        days = {(monday + timedelta(days=day)).isoformat() for day in range(7)}
        told = line(shown, monday.isoformat())
        assert told["reported"] == str(sum(row["day"] in days for row in every))
        assert told["closed"] == str(sum(row["closed_day"] in days for row in every))
        name = shown.page.locator(f"tr[data-key='{monday}'] th").inner_text()
        assert f"Week {monday.isocalendar().week}, {monday.isocalendar().year}" in name


def test_from_an_area_down_to_its_parts_and_to_the_desk(page: Open, counted: tuple[Server, Path]) -> None:
    shown = page("lang=en&district=luxian&level=community")
    path = str(shown.state("told")["groups"][0]["key"])
    shown.page.locator(f"tr[data-key='{path}'] .look").click()
    settled(shown, f"state.asked.area === '{path}' && state.told.level === 'grid'")
    mine = rows(counted[1], "path = ? OR path LIKE ?", (path, f"{path}/%"))
    assert headline(shown) == expected(mine, first_day(), asked_at(shown))
    expect(shown.page.locator(".chain li")).to_have_count(3)
    shown.page.wait_for_url(lambda url: f"area={path}" in url)
    grid = next(group for group in shown.state("told")["groups"] if group["key"])
    assert line(shown, grid["key"])["reported"] == str(
        sum(row["day"] >= first_day() for row in mine if (row["path"] + "/").startswith(grid["key"] + "/"))
    )
    shown.page.locator(f"tr[data-key='{grid['key']}'] .to-desk a").click()
    shown.page.wait_for_url(lambda url: "/dispatch" in url and f"area={grid['key']}" in url)
    shown.page.locator(".list").wait_for()
    shown.until("state.board === 'ready'")
    waiting = [row for row in mine if (row["path"] + "/").startswith(grid["key"] + "/") and row["state"] != "closed"]
    shown.until(f"state.order.length === {len(waiting)}")


def test_the_table_is_sorted_by_its_headings_and_the_address_keeps_it(page: Open) -> None:
    shown = page("lang=en&by=item")

    def column(name: str) -> list[int]:
        return [int(each.inner_text().split()[0]) for each in shown.page.locator(f"tbody td[data-column={name}]").all()]

    assert column("reported") == sorted(column("reported"), reverse=True)
    heading = shown.page.locator("[data-sort=closed]")
    heading.focus()
    shown.page.keyboard.press("Enter")
    shown.page.locator("th[aria-sort=descending] [data-sort=closed]").wait_for()
    assert column("closed") == sorted(column("closed"), reverse=True)
    shown.page.keyboard.press("Enter")
    shown.page.locator("th[aria-sort=ascending] [data-sort=closed]").wait_for()
    assert column("closed") == sorted(column("closed"))
    shown.page.wait_for_url(lambda url: "by=item" in url and "sort=closed" in url)
    before = column("closed")
    shown.page.reload()
    shown.until("state.ready")
    assert column("closed") == before


def test_a_period_by_days_and_by_weeks(page: Open, counted: tuple[Server, Path]) -> None:
    shown = page()
    shown.page.get_by_role("button", name="4 weeks").click()
    settled(shown, "state.told.weeks.length === 4")
    assert headline(shown)["reported"] == expected(rows(counted[1]), first_day(4), asked_at(shown))["reported"]
    monday = date.fromisoformat(first_day()) + timedelta(weeks=2)
    last = monday + timedelta(days=9)
    shown.page.get_by_label("First day").fill(monday.isoformat())
    shown.page.get_by_label("Last day").fill(last.isoformat())
    settled(shown, f"state.told.period.last_day === '{last}' && state.told.period.first_day === '{monday}'")
    days = [row for row in rows(counted[1]) if monday.isoformat() <= row["day"] <= last.isoformat()]
    assert headline(shown)["reported"] == str(len(days))
    shown.page.wait_for_url(lambda url: f"first={monday}&last={last}" in url)


def test_the_table_is_saved_as_it_is_shown(page: Open, tmp_path: Path) -> None:
    shown = page("lang=en&by=department")
    with shown.page.expect_download() as saving:
        shown.page.get_by_role("link", name="CSV").click()
    saving.value.save_as(tmp_path / "saved.csv")
    assert saving.value.suggested_filename.startswith("incidents-by-department-")
    with (tmp_path / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        saved = {each["key"]: each["reported"] for each in csv.DictReader(file)}
    assert saved == {group["key"]: str(group["figures"]["reported"]) for group in shown.state("told")["groups"]}


def test_nothing_found_says_what_hides_it_and_clears_it(page: Open) -> None:
    shown = page("lang=en&item=0000&first=2026-01-05&last=2026-01-06")
    expect(shown.page.locator(".nothing")).to_contain_text("None from 5 Jan 2026 to 6 Jan 2026 matches: 0000.")
    shown.page.locator(".nothing button").click()
    settled(shown, "state.asked.item === null")
    expect(shown.page.locator(".nothing")).to_contain_text("No incidents in this period")


def test_an_area_that_is_not_there_is_an_error_in_words(page: Open) -> None:
    shown = page("lang=zh&area=/510521/nowhere")
    expect(shown.page.locator(".failure")).to_contain_text("没有区域 /510521/nowhere")
    shown.page.get_by_role("button", name="清除筛选").click()
    settled(shown, "state.asked.area === null")


def test_a_failure_keeps_what_was_shown_and_is_tried_again(page: Open) -> None:
    shown = page()
    before = headline(shown)
    shown.page.route("**/incidents/statistics*", lambda route: route.fulfill(status=503, body=""))
    with shown.page.expect_response(lambda answer: answer.status == 503):
        shown.page.get_by_role("button", name="Refresh").click()
    shown.until("state.status === 'failed'")
    expect(shown.page.locator(".failure")).to_contain_text("What is shown is as of")
    assert headline(shown) == before
    shown.page.unroute("**/incidents/statistics*")
    shown.page.locator(".failure").get_by_role("button", name="Retry").click()
    settled(shown, "true")
    expect(shown.page.locator(".failure")).to_have_count(0)
    before = shown.state("told")["now"]
    shown.page.locator("body").press("r")
    settled(shown, f"state.told.now > '{before}'")


def test_pages_lead_here_and_nothing_is_asked_of_another_site(page: Open, counted: tuple[Server, Path]) -> None:
    shown = page("lang=en&district=luxian")
    shown.page.locator("nav.pages a[href^='/dispatch']").click()
    shown.page.wait_for_url("**/dispatch?district=luxian*")
    shown.page.locator("nav.pages a[href^='/statistics']").click()
    shown.page.locator(".headline").wait_for()
    assert shown.state("asked")["district"] == "luxian"
    assert {url.split("/")[2] for url in shown.asked if not url.startswith(("data:", "blob:"))} == {
        counted[0].address.split("/")[2]
    }


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [1440, 1000, 360])
def test_it_fits_and_axe_finds_nothing_serious(page: Open, theme: str, language: str, width: int) -> None:
    shown = page(f"lang={language}&theme={theme}&district=luxian", width=width, height=800)
    shown.page.locator(".plot svg").last.wait_for()
    over = shown.page.evaluate(
        "() => document.querySelector('main').scrollWidth - document.querySelector('main').clientWidth"
    )
    assert over <= 0
    assert shown.page.evaluate("() => document.querySelector('.top').scrollWidth <= innerWidth")
    assert serious_faults(shown.page) == []


def test_who_is_not_signed_in_signs_in_first_and_sees_their_own(
    chromium: Browser, demo_store: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "signed.gpkg"
    shutil.copy(demo_store, copy)
    server = Server(copy, open_demo=False)
    server.start()
    context = chromium.new_context(locale="en-GB", reduced_motion="reduce")
    try:
        shown = Screen(context.new_page(), server.address)
        shown.page.goto(f"{server.address}/statistics?lang=en")
        shown.until("state.nobody")
        shown.page.locator("main [name=login]").fill("community")
        shown.page.locator("main [name=password]").fill(PASSWORD)
        shown.page.locator("main .sign-in button").click()
        shown.until("state.told !== null")
        scope = context.request.get(f"{server.address}/session").json()["scope"][0]["path"]
        mine = rows(copy, "path = ? OR path LIKE ?", (scope, f"{scope}/%"))
        assert headline(shown) == expected(mine, first_day(), asked_at(shown))
        assert shown.state("told")["level"] == "grid"
    finally:
        context.close()
        server.stop()
