"""Rows that cannot be tagged: each is told with its number and reason, and none is lost."""

import csv
import json
import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import TagRequest, sources, tag_file
from tests import small_town
from tests.tagged_files import expected, points, read, rejected, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


BAD = [
    ("nan", "29.1", "not a finite number"),
    ("105.37", "inf", "not a finite number"),
    ("", "29.1", "no longitude or no latitude"),
    ("  ", "29.1", "no longitude or no latitude"),
    ("abc", "29.1", "“abc” is not a number"),
    ("105,37", "29.1", "is not a number"),
    ("1_05.37", "29.1", "is not a number"),
    ("=1+1", "29.1", "is not a number"),
    ("29.151", "105.376", "swapped"),
    ("500", "29.1", "not on the globe"),
]


def test_rows_without_a_place_go_to_the_rejects_with_their_number_and_reason(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "reports.csv"
    with source.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "x", "y"])
        for number, (lon, lat, _) in enumerate(BAD):
            writer.writerow([2 * number + 1, "+105.376", "２９.151"])  # a plus and full-width digits are numbers
            writer.writerow([2 * number + 2, lon, lat])
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.csv"))
    assert (done.rows, done.tagged, done.rejected) == (2 * len(BAD), len(BAD), len(BAD))
    assert done.rejects == tmp_path / "tagged.rejected.csv"
    for row, (lon, lat, words) in zip(rejected(done), BAD, strict=True):
        assert row["row"] == row["id"]
        assert words in row["reason_en"]
        assert row["reason_zh"]
        assert (row["x"], row["y"]) == ("'=1+1" if lon == "=1+1" else lon, lat)
    assert [int(row["id"]) % 2 for row in read(done.target)] == [1] * len(BAD)


def test_torn_lines_are_rejected_with_their_text_and_the_others_keep_their_numbers(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_BLOCK_BYTES", 4096)  # many blocks
    monkeypatch.setattr(sources, "ROWS_AT_ONCE", 17)
    source = tmp_path / "reports.csv"
    rng = np.random.default_rng(3)
    torn, bad = set(), set()
    with source.open("w") as file:
        file.write("id,x,y\n")
        for number in range(1, 3001):
            chance = rng.random()
            if chance < 0.03:
                torn.add(number)
                file.write(f"{number},105.3\n" if chance < 0.015 else f"{number},105.3,29.1,more\n")
            elif chance < 0.05:
                bad.add(number)
                file.write(f"{number},oops,29.1\n")
            else:
                file.write(f'{number},105.376,"29.151"\n')
            if chance > 0.99:
                file.write("\n")
        file.write("3001,105\n")
    torn.add(3001)
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.parquet"))
    assert (done.rows, done.rejected) == (3001, len(torn) + len(bad))
    told = rejected(done)
    assert {int(row["row"]) for row in told if "cells" in row["reason_en"]} == torn
    assert {int(row["row"]) for row in told if "oops" in row["reason_en"]} == bad
    assert all(row["found"].startswith(f"{row['row']},") for row in told if "cells" in row["reason_en"])
    assert all(row["id"] == row["row"] for row in told if "oops" in row["reason_en"])
    assert [int(row["id"]) for row in read(done.target)] == [
        number for number in range(1, 3002) if number not in torn | bad
    ]


@settings(max_examples=25)
@given(
    rows=st.lists(
        st.tuples(st.floats() | st.floats(105, 106) | st.none(), st.floats() | st.floats(29, 30) | st.none()),
        min_size=1,
        max_size=40,
    )
)
def test_no_row_is_ever_lost(
    store: Store, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[float | None, float | None]]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    columns = {
        "number": list(range(len(rows))),
        "x": pyarrow.array([row[0] for row in rows], pyarrow.float64()),
        "y": pyarrow.array([row[1] for row in rows], pyarrow.float64()),
    }
    pyarrow.parquet.write_table(pyarrow.table(columns), folder / "reports.parquet")
    done = tag_file(store, TagRequest(folder / "reports.parquet", folder / "tagged.parquet", crs="bd09"))
    kept = [row["number"] for row in read(done.target)]
    told = [int(row["number"]) for row in rejected(done)] if done.rejects else []
    assert sorted(kept + told) == columns["number"]
    assert (done.rows, done.tagged, done.rejected) == (len(rows), len(kept), len(told))


def test_shapes_that_are_empty_missing_broken_or_of_another_kind_are_rejected(store: Store, tmp_path: Path) -> None:
    here = shapely.Point(small_town.IN_FIRST_GRID)
    shapes: list[bytes | None] = [
        here.wkb,
        None,
        shapely.Point().wkb,
        struct.pack("<BIdd", 1, 1, float("nan"), 29.1),
        shapely.GeometryCollection([here]).wkb,
        b"\x01\x02",
        struct.pack("<BI", 1, 3) + b"\xff\xff\xff\xff",
        shapely.LineString([(105.3, 29.1), (np.inf, 29.1)]).wkb,
        shapely.Point(29.112, 105.337).wkb,
        here.wkb,
    ]
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = pyarrow.table({"number": range(10), "geometry": pyarrow.array(shapes, pyarrow.binary())})
    pyarrow.parquet.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "shapes.parquet")
    done = tag_file(store, TagRequest(tmp_path / "shapes.parquet", tmp_path / "tagged.parquet"))
    assert [row["number"] for row in read(done.target)] == [0, 9]
    assert [int(row["row"]) for row in rejected(done)] == list(range(2, 10))
    assert "swapped" in rejected(done)[-1]["reason_en"]


def test_axes_that_are_swapped_within_the_range_are_found_by_where_the_areas_are(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "west.gpkg", create=True)
    small_town.fill(opened)
    areas = small_town.luxian_areas()
    moved = shapely.transform(areas.geometry, lambda at: at - [50.0, 0.0])
    with opened.write("test") as transaction:
        transaction.publish("luxian", type(areas)(moved, areas.columns))
    at = points(100) - [50.0, 0.0]
    at[10:20] = at[10:20, ::-1]
    owned = [row["district"] is not None for row in expected(opened, at[:, ::-1][10:20])]
    done = tag_file(opened, TagRequest(write(tmp_path / "reports.csv", at), tmp_path / "tagged.csv"))
    assert [int(row["number"]) for row in rejected(done)] == [10 + i for i in range(10) if owned[i]]
    assert all("swapped" in row["reason_en"] for row in rejected(done))
    opened.close()


def test_force_replaces_both_files_and_takes_an_old_list_of_rejects_away(store: Store, tmp_path: Path) -> None:
    at = points(20)
    at[3] = np.nan
    first = tag_file(store, TagRequest(write(tmp_path / "reports.csv", at), tmp_path / "tagged.csv"))
    assert first.rejected == 1
    source = write(tmp_path / "reports.csv", points(10))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.csv", force=True))
    assert len(read(done.target)) == 10
    assert not (tmp_path / "tagged.rejected.csv").exists()
