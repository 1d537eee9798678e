"""The board answers like a look at every row, whatever came, changed and went."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.incidents.board import CLOSED_KEPT, Board, Filter, is_below
from spatial.incidents.board_rows import COLUMNS, Row, rows_of
from spatial.incidents.clocks import ClockState, clock_of
from spatial.table import Table
from spatial.vocabulary import IncidentState
from tests.in_bulk import in_bulk
from tests.small_town import NOW

PATHS = (None, "/1", "/1/2", "/1/2/3", "/1/20", "/4")


def row(number: int, **more: Any) -> dict[str, Any]:
    base = {
        "code": f"SJ-{number:04d}", "district": "luxian", "name": "路灯不亮", "name_en": "Street light out",
        "state": "filed", "reported_at": NOW, "due_at": NOW + timedelta(hours=8), "path": "/1/2", **more,
    }  # fmt: skip
    above = base.pop("escalated_to", None)
    table = Table(
        np.array([shapely.Point(105 + number / 1000, 29)], dtype=object),
        {name: [value] for name, value in base.items()},
    )
    (made,) = rows_of(table, {} if above is None else {("luxian", base["code"]): above})
    return made


def board_of(rows: list[dict[str, Any]]) -> Board:
    """Return a board of rows as a store is read in bulk."""
    above = {(one["district"], one["code"]): one["escalated_to"] for one in rows}
    return Board.of(in_bulk(rows, COLUMNS), {key: path for key, path in above.items() if path is not None})


ROWS = st.builds(
    row,
    st.integers(0, 25),
    state=st.sampled_from([state.value for state in IncidentState]),
    category=st.sampled_from(["facilities", "disputes", None]),
    department=st.sampled_from(["police", "fire", None]),
    priority=st.sampled_from([1, 2, 3, 4, None]),
    path=st.sampled_from(PATHS),
    responder=st.sampled_from(["field", "patrol", None]),
    escalated_to=st.sampled_from([None, "/1", "/1/2"]),
    note=st.sampled_from(["第三盏", "Third", None]),
    due_at=st.sampled_from([None, *(NOW + timedelta(hours=hours) for hours in (-3, 0, 1, 5, 30))]),
    closed_at=st.sampled_from([None, NOW - timedelta(hours=2), NOW - timedelta(days=3)]),
    clock_from=st.sampled_from([None, NOW - timedelta(days=9), NOW - timedelta(hours=4)]),
)
SOME = st.sets
FILTERS = st.builds(
    Filter,
    scope=st.sampled_from([(), ("/1/2",), ("/1/2", "/4")]),
    areas=st.sampled_from([(), ("/1",)]),
    states=SOME(st.sampled_from(IncidentState), max_size=3).map(frozenset),
    categories=SOME(st.sampled_from(["facilities", "nothing"]), max_size=2).map(frozenset),
    departments=SOME(st.sampled_from(["police", "fire"]), max_size=1).map(frozenset),
    priorities=SOME(st.integers(1, 4), max_size=2).map(frozenset),
    clocks=SOME(st.sampled_from(ClockState), max_size=2).map(frozenset),
    responder=st.sampled_from([None, "field", "nobody"]),
    centres=st.sampled_from([(), (), ("/1",), ("/1/2", "/9")]),
    text=st.sampled_from(["", " 第三", "THIRD", "SJ-001", "没有"]),
    box=st.sampled_from([None, (105.0, 28.0, 105.01, 30.0), (105.01, 28.0, 105.0, 30.0)]),
)


def state_of(one: Row, now: datetime) -> ClockState:
    state = one["state"]
    return clock_of(
        one["clock_from"], one["due_at"], now, closed=state == "closed", suspended=state == "suspended"
    ).state


def wanted(one: Row, chosen: Filter, now: datetime) -> bool:
    """Say by itself whether a row belongs to a filter."""
    said = " ".join(str(one[name]) for name in ("code", "name", "name_en", "note") if one[name]).lower()
    box = chosen.box
    return all((
        not chosen.scope or is_below(one["path"], chosen.scope),
        not chosen.areas or is_below(one["path"], chosen.areas),
        not chosen.states or one["state"] in chosen.states,
        not chosen.categories or one["category"] in chosen.categories,
        not chosen.departments or one["department"] in chosen.departments,
        not chosen.priorities or one["priority"] in chosen.priorities,
        not chosen.clocks or state_of(one, now) in chosen.clocks,
        chosen.responder is None or one["responder"] == chosen.responder,
        not chosen.centres or one["escalated_to"] in chosen.centres,
        chosen.text.strip().lower() in said,
        box is None or (box[0] <= one["lon"] <= box[2] if box[0] <= box[2] else not box[2] < one["lon"] < box[0]),
    ))  # fmt: skip


@settings(max_examples=200)
@given(
    st.lists(ROWS, max_size=30),
    st.lists(st.one_of(ROWS, st.integers(0, 25)), max_size=60),
    FILTERS,
    st.sampled_from([-1, 0, 4, 50]),
)
def test_it_answers_like_a_look_at_every_row(
    read: list[dict[str, Any]], changes: list[Any], chosen: Filter, hours: int
) -> None:
    board, kept = board_of(read), {one["code"]: one for one in read}
    assert {code: board.get(("luxian", code)) for code in kept} == kept
    for change in changes:
        if isinstance(change, int):
            board.remove(("luxian", f"SJ-{change:04d}"))
            kept.pop(f"SJ-{change:04d}", None)
        else:
            board.put(change)
            kept[change["code"]] = change
    now = NOW + timedelta(hours=hours)
    slots = board.pressing(board.select(chosen, now))
    found = board.rows(slots)
    assert len(board) == len(kept)
    assert {one["code"] for one in found} == {code for code, one in kept.items() if wanted(one, chosen, now)}
    assert board.codes(slots) == [one["code"] for one in found]
    still = [one for one in found if one["state"] != "closed"]
    assert found[: len(still)] == still
    dues = [one["due_at"] for one in still]
    ended = [one["closed_at"] for one in found[len(still) :]]
    assert ended == sorted(ended, key=lambda at: (at is None, now - (at or now)))
    for first in (0, 1, 2, 5, 40):
        assert board.pressing(board.select(chosen, now), first).tolist() == slots[:first].tolist()
    assert dues == sorted(dues, key=lambda due: (due is None, due or now))
    tally = board.tally(slots, now)
    assert tally["escalated_to"] == Counter(one["escalated_to"] for one in found if one["escalated_to"])
    assert tally["priority"] == Counter(str(one["priority"] or 0) for one in found)
    assert sum(tally["state"].values()) == sum(tally["clock"].values()) == len(found)
    assert all(
        tally["clock"].get(state.value, 0) == sum(state_of(one, now) is state for one in found) for state in ClockState
    )


@settings(max_examples=100)
@given(st.lists(ROWS, max_size=30), st.lists(ROWS, max_size=30), FILTERS)
def test_it_counts_what_each_responder_is_on(read: list[Any], changes: list[Any], chosen: Filter) -> None:
    read = [{**one, "district": ("luxian", "qibin")[number % 2]} for number, one in enumerate(read)]
    board = board_of(read)
    kept = {(one["district"], one["code"]): one for one in read}
    for change in changes:
        board.put(change)
        kept[change["district"], change["code"]] = change
    mine = [one for one in kept.values() if wanted(one, chosen, NOW) and one["responder"]]
    assert board.workload(chosen, NOW) == Counter((one["district"], one["responder"]) for one in mine)


def test_many_more_rows_than_there_was_room_for() -> None:
    board = Board()
    for number in range(3000):
        board.put(row(number, due_at=NOW + timedelta(minutes=3000 - number)))
    found = board.rows(board.pressing(board.select(Filter(), NOW), 2))
    assert [one["code"] for one in found] == ["SJ-2999", "SJ-2998"]
    assert board.get(("luxian", "SJ-1500")) == row(1500, due_at=NOW + timedelta(minutes=1500))
    assert board.places(board.select(Filter(text="sj-1500"), NOW))[0] == pytest.approx([106.5, 29])


def test_what_was_closed_long_ago_goes() -> None:
    board = Board()
    for number, closed in enumerate((CLOSED_KEPT - timedelta(minutes=1), CLOSED_KEPT + timedelta(minutes=1))):
        board.put(row(number, state="closed", closed_at=NOW - closed))
    board.put(row(2))
    board.forget_closed(NOW)
    assert [one["code"] for one in board.rows(board.pressing(board.select(Filter(), NOW)))] == ["SJ-0002", "SJ-0000"]


def test_a_text_is_looked_for_in_the_words_for_the_place_and_not_in_how_they_are_kept() -> None:
    told = row(1, extra='{"place": {"zh": "康桥社区旁", "en": "By Kangqiao"}, "source": "hotline"}')
    damaged = row(2, extra="{place")
    for board in (Board.of(in_bulk([told, damaged], COLUMNS)), Board()):
        for one in (told, damaged):
            board.put(one)
        for text, number in (("康桥", 1), ("by kang", 1), ("place", 0), ('"en"', 0), ("hotline", 0), ("{", 0)):
            assert len(board.select(Filter(text=text), NOW)) == number, text
