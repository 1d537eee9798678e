"""The event list as data: what a place may load, and what it may not."""

import copy
import json
import re
from typing import Any

import pytest

from fixtures.event_list import EVENT_LIST
from spatial.errors import BadCode, BadInput
from spatial.incidents.event_list import MOST_ITEMS, EventList


def document() -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(EVENT_LIST.as_document()))
    return plain


def test_it_comes_back_from_its_document() -> None:
    assert EventList.from_document(document()) == EVENT_LIST


def test_an_unknown_code_is_refused() -> None:
    assert EVENT_LIST.item("0502").name.en == "Street light out"
    with pytest.raises(BadCode):
        EVENT_LIST.item("9999")


@pytest.mark.parametrize(
    "change",
    [
        {"code": 502}, {"code": "a b"}, {"code": ""}, {"code": "x" * 21}, {"code": "\u0665"},
        {"category": "weather"}, {"priority": 5}, {"priority": "1"}, {"department": "circus"},
        {"name": {"zh": "路灯"}}, {"name": {"zh": "", "en": "x"}}, {"name": "x"}, {"dispute": 1},
        {"close": {"amount": 0, "unit": "hours"}}, {"close": {"amount": True, "unit": "hours"}},
        {"close": {"amount": float("nan"), "unit": "hours"}}, {"close": {"amount": 3, "unit": "fortnights"}},
        {"arrive": None}, {"arrive": {}},
    ],
)  # fmt: skip
def test_an_item_that_cannot_be_meant_is_named(change: dict[str, Any]) -> None:
    wrong = document()
    wrong["items"][3] |= change
    with pytest.raises(BadInput) as refused:
        EventList.from_document(wrong)
    assert "4 (" in str(refused.value)
    assert refused.value.details["count"] == 1


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"category": "weather"}, "category 须为", "category: one of"),
        ({"close": {"amount": 0, "unit": "hours"}}, "close.amount 须大于 0", "close.amount: above 0"),
        ({"arrive": {"amount": 3, "unit": "fortnights"}}, "arrive.unit 须为 hours、days", "arrive.unit: one of hours"),
        ({"arrive": {"unit": "hours"}}, "缺少 arrive.amount", "arrive.amount is missing"),
        ({"name": "路灯"}, "name 须为对象", "name must be an object"),
    ],
)
def test_why_an_item_cannot_be_read_is_said_in_both_languages(change: dict[str, Any], zh: str, en: str) -> None:
    wrong = document()
    wrong["items"][0] |= change
    with pytest.raises(BadInput) as refused:
        EventList.from_document(wrong)
    assert zh in refused.value.problem.zh
    assert en in refused.value.problem.en
    assert not re.search("[a-z]+ [a-z]+ [a-z]+", refused.value.problem.zh)


@pytest.mark.parametrize("wrong", [{}, {"version": "1"}, {"version": " ", "items": []}, {"version": "1", "items": []}])
def test_what_is_no_list_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        EventList.from_document(wrong)


def test_rows_that_are_no_objects_codes_that_stand_twice_and_too_many_are_refused() -> None:
    for items in (["x"], [None], [[]], [document()["items"][0]] * 2, [copy.copy({})] * (MOST_ITEMS + 1)):
        with pytest.raises(BadInput):
            EventList.from_document({"version": "1", "items": items})
