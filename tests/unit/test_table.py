"""Rows by column."""

import numpy as np
import pytest
import shapely

from spatial.table import Table

POINTS = shapely.points([[105.0, 29.0], [106.0, 30.0], [107.0, 31.0]])


def table() -> Table:
    return Table(POINTS, {"code": ["a", "b", "c"], "floors": np.array([1, 2, 3])})


def test_a_column_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 3"):
        Table(POINTS, {"code": ["a", "b"]})


def test_taking_rows_keeps_their_order_and_columns() -> None:
    taken = table().take([2, 0])
    assert list(taken["code"]) == ["c", "a"]
    assert taken["floors"].tolist() == [3, 1]  # type: ignore[union-attr]
    assert shapely.get_x(taken.geometry).tolist() == [107.0, 105.0]


def test_rows_and_from_rows_are_each_others_reverse() -> None:
    again = Table.from_rows(list(table().rows()))
    assert list(again.rows()) == list(table().rows())
    assert type(next(table().rows())["floors"]) is int


def test_concatenating_fills_what_a_table_lacks_with_none() -> None:
    other = Table(POINTS[:1], {"code": ["d"]})
    both = Table.concatenate([table(), other])
    assert list(both["code"]) == ["a", "b", "c", "d"]
    assert list(both["floors"]) == [1, 2, 3, None]
    assert len(Table.concatenate([])) == 0


def test_bounds_are_west_south_east_north_and_none_without_a_place() -> None:
    assert table().bounds() == (105.0, 29.0, 107.0, 31.0)
    assert Table(np.array([None], dtype=object)).bounds() is None
    assert Table(np.empty(0, dtype=object)).bounds() is None
