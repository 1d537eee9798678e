"""Posts: put, put again, found by area and by path, counted."""

from dataclasses import replace

import pytest

from spatial.errors import BadParameter, DuplicateCode, NotFound
from spatial.store.protocol import Store
from tests.contract.sample import LUXIAN, QIBIN, post, with_districts

POSTS = [
    post("1", "510521001001", "/510521/510521001/510521001001"),
    post("2", "510521001002", "/510521/510521001/510521001002", holder=None),
    replace(post("3", "b1", "/510521/510521001/510521001001/b1"), post="unit_leader", staircase=2, account="luxian-03"),
    post("1", "410611", "/410611", district="qibin"),
]


def _filled(store: Store) -> Store:
    with with_districts(store, LUXIAN, QIBIN).write("tester") as tx:
        assert tx.put_duty_holders(POSTS) == 4
    return store


def test_posts_come_back_as_they_were_put(store: Store) -> None:
    assert _filled(store).duty_holders("luxian") == POSTS[:3]
    assert store.duty_holders("qibin") == POSTS[3:]
    assert store.duty_holders("gusu") == []


def test_posts_are_found_by_their_area_and_below_a_path(store: Store) -> None:
    _filled(store)
    assert store.duty_holders(areas=["b1", "410611"]) == POSTS[2:]
    assert store.duty_holders(paths=["/510521/510521001/510521001001"]) == [POSTS[0], POSTS[2]]
    assert store.duty_holders(areas=["510521001002"], paths=["/410611"]) == [POSTS[1], POSTS[3]]
    assert store.duty_holders("luxian", paths=["/410611"]) == []
    with pytest.raises(BadParameter):
        store.duty_holders(paths=[""])


def test_a_post_that_is_put_again_is_replaced(store: Store) -> None:
    _filled(store)
    with store.write("tester") as tx:
        assert tx.put_duty_holders([replace(POSTS[1], holder="李强")]) == 1
    assert store.duty_holders("luxian") == [POSTS[0], replace(POSTS[1], holder="李强"), POSTS[2]]
    assert store.duty_holders("qibin") == POSTS[3:]


def test_posts_are_counted_by_whether_they_are_vacant(store: Store) -> None:
    assert _filled(store).duty_tally() == {
        ("luxian", "grid_worker", False): 1,
        ("luxian", "grid_worker", True): 1,
        ("luxian", "unit_leader", False): 1,
        ("qibin", "grid_worker", False): 1,
    }


def test_a_post_of_no_district_and_one_that_stands_twice_are_refused(store: Store) -> None:
    with_districts(store)
    with pytest.raises(NotFound), store.write("tester") as tx:
        tx.put_duty_holders(POSTS)
    with pytest.raises(DuplicateCode), store.write("tester") as tx:
        tx.put_duty_holders([POSTS[0], POSTS[0]])
    assert store.duty_holders() == []
