"""Whose board it is, in a real browser: down the district's own levels, and what belongs to one of several areas."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from fixtures.accounts import PASSWORD
from spatial.accounts.account import new_account
from spatial.accounts.passwords import hashed
from spatial.governance import Role
from spatial.schema import AREAS
from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import Screen
from tests.e2e.test_dispatch_day import sign_in
from tests.server import Server

pytestmark = pytest.mark.browser

Open = Callable[..., Screen]
Tree = dict[str, tuple[str, str]]


@pytest.fixture(scope="module")
def tree(demo_store: Path) -> Tree:
    """Return the level and the name of each area of Luxian, by its path."""
    query = Query(district="luxian", columns=("path", "level", "name"), shapes=False)
    with closing(open_store(demo_store)) as store:
        rows = list(store.read(AREAS.id, query).rows())
    return {str(row["path"]): (str(row["level"]), str(row["name"])) for row in rows}


def below(tree: Tree, path: str) -> list[str]:
    """Return the areas right below one, buildings left out."""
    depth = path.count("/") + 1
    found = [each for each in tree if each.startswith(f"{path}/") and each.count("/") == depth]
    return sorted(each for each in found if tree[each][0] != "building")


@pytest.fixture(scope="module")
def gridded(tree: Tree) -> str:
    """Return the path of a community that has grids."""
    return min(path for path, (level, _) in tree.items() if level == "community" and below(tree, path))


@pytest.fixture(scope="module")
def two(tree: Tree, gridded: str) -> list[str]:
    """Return the communities of an account that answers for two."""
    other = max(path for path, (level, _) in tree.items() if level == "community" and path != gridded)
    return sorted([gridded, other])


@pytest.fixture(scope="module")
def signed(demo_store: Path, two: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server that asks who is there, with the demo's accounts and one of two communities."""
    copy = tmp_path_factory.mktemp("scope") / "scope.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store, store.write("test") as tx:
        tx.put_account(new_account("two", "两社区", Role.DISPATCHER, two, demo=True))
        tx.put_password("two", hashed(PASSWORD, os.urandom))
    with Server(copy, open_demo=False) as server:
        yield server


def area_options(page: Screen) -> list[str]:
    """Return the paths that the area filter offers."""
    values = page.page.locator("[data-filter=area] option").evaluate_all("(all) => all.map((one) => one.value)")
    return [value for value in values if value]


def offers(page: Screen, path: str) -> None:
    page.page.locator(f'[data-filter=area] option[value="{path}"]').first.wait_for(state="attached")


def test_the_centre_goes_down_to_a_grid_and_prints_its_operations_map(
    screen: Open, signed: Server, tree: Tree, gridded: str
) -> None:
    page = screen("dispatch?lang=zh", origin=signed.address)
    sign_in(page, "centre")
    district, street = gridded.rsplit("/", 2)[0], gridded.rsplit("/", 1)[0]
    offers(page, street)
    assert area_options(page) == below(tree, district)
    for path in (street, gridded, below(tree, gridded)[0]):
        offers(page, path)
        page.page.locator("[data-filter=area]").select_option(value=path)
        page.until(f"state.filters.area === '{path}' && state.board === 'ready'")
        expect(page.page.locator(".scope > button b").first).to_contain_text(tree[path][1])
    grid = path
    assert set(below(tree, gridded)) <= set(area_options(page))
    link = page.page.locator(".operations-map.of-list a").first
    assert f"/{grid.rsplit('/', 1)[1]}?" in str(link.get_attribute("href"))
    answer = page.page.context.request.get(f"{signed.address}{link.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")

    page.page.locator(".scope > button").first.click()
    listed = page.page.locator(".scope .menu .number").all_inner_texts()
    assert [code for code in listed if grid.endswith(f"/{code}")] == [grid.rsplit("/", 1)[1]]
    page.page.locator(".scope .menu button", has_text=street.rsplit("/", 1)[1]).first.click()
    page.until(f"state.filters.area === '{street}'")
    # the link of a grid alone shows the same way down
    page.page.goto(f"{signed.address}/dispatch?lang=zh&district=luxian&area={grid}")
    page.until("state.ready && state.board === 'ready' && state.sending === null")
    offers(page, below(tree, street)[0])
    expect(page.page.locator(".scope > button b").first).to_contain_text(tree[grid][1])


def test_who_answers_for_two_communities_chooses_between_them(
    screen: Open, signed: Server, tree: Tree, two: list[str]
) -> None:
    page = screen("dispatch?lang=zh", origin=signed.address)
    sign_in(page, "two")
    offers(page, two[0])
    assert area_options(page) == two
    expect(page.page.locator(".operations-map.of-list")).to_have_count(0)
    both = page.page.locator(".scope > button b").first.inner_text()
    assert all(tree[path][1] in both for path in two)
    before = page.state("matched")
    page.page.locator(".scope > button").first.click()
    page.page.locator(".scope .menu button", has_text=two[0].rsplit("/", 1)[1]).first.click()
    page.until(f"state.filters.area === '{two[0]}' && state.board === 'ready' && state.matched <= {before}")
    expect(page.page.locator(".scope > button b").first).to_have_text(tree[two[0]][1])
    page.page.locator(".operations-map.of-list a").first.wait_for()
    offers(page, below(tree, two[0])[0])


def test_who_answers_for_one_community_prints_its_map_at_once_and_chooses_a_grid(
    screen: Open, signed: Server, tree: Tree
) -> None:
    page = screen("dispatch?lang=zh", origin=signed.address)
    sign_in(page, "community")
    page.page.locator(".operations-map.of-list a").first.wait_for()
    page.page.locator("[data-filter=area] option").nth(1).wait_for(state="attached")
    offered = area_options(page)
    assert {tree[path][0] for path in offered} <= {"grid", "compound"}
    assert offered == below(tree, offered[0].rsplit("/", 1)[0])
