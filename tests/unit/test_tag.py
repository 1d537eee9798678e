"""Tagging files: whatever the format, every row comes out, with the owners that the index gives, or with a reason."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial import frames
from spatial.crs import Datum, convert
from spatial.datum_evidence import Verdict
from spatial.errors import BadFile, BadGeometry, BadParameter, BadPosition, Conflict, GridscapeError, NotFound, Refused
from spatial.locate import Locator
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import Tagger, TagRequest, TagResult, sources, tag_file
from tests import small_town

ADDED = [
    "district",
    *(f"owner_{level}" for level in ("district", "street", "community", "grid", "compound", "building")),
    *("responsible", "path", "edition"),
]
SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".geoparquet"]
BOX = (small_town.WEST - 0.01, small_town.SOUTH - 0.01, small_town.WEST + 0.09, small_town.SOUTH + 0.09)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def points(count: int, seed: int = 7) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.column_stack([rng.uniform(BOX[0], BOX[2], count), rng.uniform(BOX[1], BOX[3], count)])


def frame_of(at: np.ndarray, **columns: Any) -> geopandas.GeoDataFrame:
    numbers = {"number": np.arange(len(at)), "note": [f"报告{i}" for i in range(len(at))], **columns}
    return geopandas.GeoDataFrame(numbers, geometry=geopandas.points_from_xy(at[:, 0], at[:, 1]), crs=4326)


def write(path: Path, at: np.ndarray, **columns: Any) -> Path:
    frame = frame_of(at, **columns)
    if path.suffix in (".geojson", ".gpkg", ".shp"):
        pyogrio.write_dataframe(frame, path)
    elif path.suffix == ".geoparquet":
        frame.to_parquet(path)
    else:
        table = frame.drop(columns="geometry").assign(x=at[:, 0], y=at[:, 1])
        if path.suffix == ".csv":
            table.to_csv(path, index=False)
        else:
            table.to_parquet(path, index=False)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a tagged file as dictionaries, an empty cell as None."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]
    if path.suffix in (".parquet", ".geoparquet"):
        rows: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
        return rows
    frame = pyogrio.read_dataframe(path)
    return [
        {name: None if isinstance(value, float) and np.isnan(value) else value for name, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def rejected(result: TagResult) -> list[dict[str, str]]:
    assert result.rejects is not None
    with result.rejects.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def expected(store: Store, at: np.ndarray) -> list[dict[str, Any]]:
    """Return what the locator says of each point, one by one."""
    locator = Locator.of(store)
    answers = []
    for lon, lat in at.tolist():
        trees = [tree for tree in locator.locate(lon, lat).trees if tree.tree == "main"]
        row: dict[str, Any] = dict.fromkeys(ADDED)
        for tree in trees:
            if not any(owner.code for owner in tree.owners):
                continue
            row["district"], row["edition"] = tree.edition.district, tree.edition.number
            row |= {f"owner_{owner.level.slug}": owner.code for owner in tree.owners}
            if tree.responsible is not None:
                row["responsible"], row["path"] = tree.responsible.code, tree.responsible.path
        answers.append(row)
    return answers


@pytest.mark.parametrize("out", SUFFIXES)
@pytest.mark.parametrize("into", [*SUFFIXES, ".shp"])
def test_every_format_becomes_every_other_with_the_locators_own_answers(
    store: Store, tmp_path: Path, into: str, out: str
) -> None:
    at = points(300)
    source = write(tmp_path / f"reports{into}", at)
    done = tag_file(store, TagRequest(source, tmp_path / f"tagged{out}"))
    assert (done.rows, done.tagged, done.rejected, done.rejects) == (300, 300, 0, None)
    rows = read(done.target)
    wanted = expected(store, at)
    assert any(row["owner_building"] for row in wanted)
    assert done.unowned == sum(row["district"] is None for row in wanted) > 0
    for number, (row, answer) in enumerate(zip(rows, wanted, strict=True)):
        assert int(row["number"]) == number
        assert row["note"] == f"报告{number}"
        assert {name: None if row[name] is None else str(row[name]).removesuffix(".0") for name in ADDED} == {
            name: None if value is None else str(value) for name, value in answer.items()
        }


@pytest.mark.parametrize("out", [".geojson", ".gpkg", ".geoparquet"])
def test_shapes_that_are_written_are_in_wgs84_and_say_so(store: Store, tmp_path: Path, out: str) -> None:
    at = points(50)
    gcj = np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, Datum.GCJ02))
    for into in (".csv", ".gpkg"):
        source = write(tmp_path / f"reports{into}", gcj)
        done = tag_file(store, TagRequest(source, tmp_path / f"tagged{out}", crs="gcj02", force=True))
        frame = geopandas.read_parquet(done.target) if out == ".geoparquet" else pyogrio.read_dataframe(done.target)
        assert frame.crs.equals("EPSG:4326", ignore_axis_order=True) or frame.crs == "OGC:CRS84"
        assert np.abs(shapely.get_coordinates(frame.geometry) - at).max() < 1e-9


@pytest.mark.parametrize("datum", list(Datum))
def test_positions_in_any_datum_get_the_owners_of_their_true_places(store: Store, tmp_path: Path, datum: Datum) -> None:
    at = points(400)
    source = write(tmp_path / "reports.csv", np.column_stack(convert(at[:, 0], at[:, 1], Datum.WGS84, datum)))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.parquet", crs=datum.value))
    assert [row["responsible"] for row in read(done.target)] == [row["responsible"] for row in expected(store, at)]
    assert done.reference == datum.value


def test_metres_of_a_zone_are_read_east_first(store: Store, tmp_path: Path) -> None:
    at = points(100)
    frame_of(at).to_crs(4544).to_file(tmp_path / "reports.gpkg")
    done = tag_file(store, TagRequest(tmp_path / "reports.gpkg", tmp_path / "tagged.gpkg"))
    assert done.reference == "EPSG:4544"
    assert [row["responsible"] for row in read(done.target)] == [row["responsible"] for row in expected(store, at)]
    assert np.abs(shapely.get_coordinates(pyogrio.read_dataframe(done.target).geometry) - at).max() < 1e-8


def test_a_line_or_polygon_is_owned_where_its_point_on_surface_lies(store: Store, tmp_path: Path) -> None:
    shapes = [shapely.Point(at).buffer(0.001) for at in points(40)] + [
        shapely.LineString([at, at + 0.001]) for at in points(40, 9)
    ]
    frame = geopandas.GeoDataFrame({"number": range(80)}, geometry=shapes, crs=4326)
    frame.to_file(tmp_path / "shapes.gpkg")
    inner = shapely.get_coordinates(shapely.point_on_surface(shapes))
    for out in SUFFIXES:
        done = tag_file(store, TagRequest(tmp_path / "shapes.gpkg", tmp_path / f"tagged{out}"))
        assert [row["responsible"] for row in read(done.target)] == [
            row["responsible"] for row in expected(store, inner)
        ]
    with (tmp_path / "tagged.csv").open(encoding="utf-8-sig") as file:
        assert shapely.equals_exact(shapely.from_wkt([row["wkt"] for row in csv.DictReader(file)]), shapes).all()


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


@settings(max_examples=25, deadline=None)
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
    import struct

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


def test_another_datum_that_fits_better_is_found_with_claims_and_without(store: Store, tmp_path: Path) -> None:
    inside = points(4000)
    owners = [row["owner_grid"] for row in expected(store, inside)]
    gcj = np.column_stack(convert(inside[:, 0], inside[:, 1], Datum.WGS84, Datum.GCJ02))
    owned = np.array([owner is not None for owner in owners])
    claims = [int(owner) for owner in owners if owner is not None]  # as a spreadsheet would keep them
    source = write(tmp_path / "reports.parquet", gcj[owned], claim=claims)
    for claim in ("claim", None):
        for said, verdict in (("wgs84", Verdict.ANOTHER_FITS), ("gcj02", Verdict.DECLARED_FITS)):
            wanted = TagRequest(
                source, tmp_path / "tagged.parquet", crs=said, claims=claim, force=True, levels=("grid",)
            )
            done = tag_file(store, wanted)
            assert done.finding is not None
            assert (done.finding.verdict, done.finding.best) == (verdict, Datum.GCJ02)
            if claim is not None:
                assert done.claimed == len(claims)
                assert (done.agreeing == len(claims)) == (said == "gcj02")


def test_levels_tree_district_and_prefix_choose_the_columns(store: Store, tmp_path: Path) -> None:
    source = write(tmp_path / "reports.csv", points(200), responsible=["mine"] * 200)
    with pytest.raises(BadParameter, match="responsible already"):
        tag_file(store, TagRequest(source, tmp_path / "tagged.csv"))
    done = tag_file(
        store, TagRequest(source, tmp_path / "tagged.csv", prefix="tag_", levels=("grid", "street"), district="500151")
    )
    rows = read(done.target)
    added = ["tag_district", "tag_owner_street", "tag_owner_grid", "tag_responsible", "tag_path", "tag_edition"]
    assert list(rows[0])[-6:] == added
    assert {row["tag_district"] for row in rows} == {None}
    legacy = tag_file(store, TagRequest(source, tmp_path / "old.csv", prefix="t_", tree=small_town.LEGACY))
    assert "t_owner_legacy_grid" in read(legacy.target)[0]


def test_claims_may_be_text_or_numbers_with_gaps_and_those_of_no_area_are_not_regarded(
    store: Store, tmp_path: Path
) -> None:
    at = np.tile(small_town.IN_FIRST_GRID, (4, 1))
    code = small_town.FIRST_GRID
    kinds: list[list[Any]] = [
        [code, f" {code} ", None, "nowhere"],
        [float(code), float(code), None, 12.5],
        [float(code), float(code), float("nan"), float("inf")],
        [int(code), int(code), 0, 7],
    ]
    for number, claims in enumerate(kinds):
        table = pyarrow.table({"x": at[:, 0], "y": at[:, 1], "claim": claims})
        pyarrow.parquet.write_table(table, tmp_path / f"{number}.parquet")
        wanted = TagRequest(tmp_path / f"{number}.parquet", tmp_path / f"tagged{number}.csv", claims="claim")
        done = tag_file(store, wanted)
        assert (done.tagged, done.claimed, done.agreeing) == (4, 2, 2)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"lon": "x"}, BadParameter),
        ({"lon": "x", "lat": "nowhere"}, BadParameter),
        ({"claims": "nowhere"}, BadParameter),
        ({"crs": "mars"}, BadParameter),
        ({"district": "atlantis"}, NotFound),
        ({"levels": ("galaxy",)}, NotFound),
        ({"tree": "no-such"}, NotFound),
        ({"source": Path("absent.csv")}, BadFile),
        ({"target": Path("tagged.dwg")}, BadParameter),
        ({"target": Path("taken.csv")}, Conflict),
        ({"target": Path("half.csv")}, Conflict),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: dict[str, Any], error: type[GridscapeError]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("reports.csv"), points(5))
    Path("taken.csv").write_text("mine")
    Path("half.rejected.csv").write_text("mine")
    before = sorted(tmp_path.iterdir())
    wanted = {"source": Path("reports.csv"), "target": Path("tagged.csv"), **change}
    with pytest.raises(error) as caught:
        tag_file(store, TagRequest(**wanted))
    assert caught.value.remedy is not None
    assert sorted(tmp_path.iterdir()) == before
    assert Path("taken.csv").read_text() == "mine"


def test_the_store_is_neither_read_as_a_file_nor_written_over(store: Store, tmp_path: Path) -> None:
    own = Path(store.url)
    with pytest.raises(BadFile, match="the store itself"):
        tag_file(store, TagRequest(own, tmp_path / "tagged.gpkg"))
    with pytest.raises(Refused):
        tag_file(store, TagRequest(write(tmp_path / "reports.csv", points(5)), own, force=True))


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg", ".geojson"])
def test_a_damaged_file_is_refused_and_leaves_nothing(store: Store, tmp_path: Path, suffix: str) -> None:
    source = write(tmp_path / f"reports{suffix}", points(3000))
    whole = source.read_bytes()
    source.write_bytes(whole[: len(whole) // 2] + b"\xff\xfe\xfd" * 50)
    with pytest.raises(BadFile):
        tag_file(store, TagRequest(source, tmp_path / "tagged.parquet"))
    assert [path.name for path in tmp_path.iterdir()] == [source.name]


def test_force_replaces_both_files_and_takes_an_old_list_of_rejects_away(store: Store, tmp_path: Path) -> None:
    at = points(20)
    at[3] = np.nan
    first = tag_file(store, TagRequest(write(tmp_path / "reports.csv", at), tmp_path / "tagged.csv"))
    assert first.rejected == 1
    source = write(tmp_path / "reports.csv", points(10))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.csv", force=True))
    assert len(read(done.target)) == 10
    assert not (tmp_path / "tagged.rejected.csv").exists()


def test_a_csv_keeps_its_cells_and_runs_no_formula(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "reports.csv"
    lines = [
        "编号;经度;纬度;说明",
        '007;105.376;29.151;"=1+1"',
        "008;105.376;29.151;+86",
        '009;105.376;29.151;"a;""b"""',
    ]
    source.write_bytes("\n".join(lines).encode("gb18030"))
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.csv"))
    rows = read(done.target)
    assert [row["编号"] for row in rows] == ["007", "008", "009"]
    assert [row["说明"] for row in rows] == ["'=1+1", "+86", 'a;"b"']
    again = tag_file(store, TagRequest(done.target, tmp_path / "again.csv", prefix="again_"))
    assert [row["说明"] for row in read(again.target)] == ["'=1+1", "+86", 'a;"b"']


def test_values_that_a_format_does_not_have_become_text(store: Store, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "x": [105.376] * 2,
            "y": [29.151] * 2,
            "list": [[1, 2], None],
            "word": pyarrow.array(["a", "b"]).dictionary_encode(),
            "bytes": [b"\x00\xff", None],
            "large": pyarrow.array([2**64 - 1, 0], pyarrow.uint64()),
            "fid": [7, 7],
            "geom": ["here", "there"],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "reports.parquet")
    for out in SUFFIXES:
        done = tag_file(store, TagRequest(tmp_path / "reports.parquet", tmp_path / f"tagged{out}"))
        rows = read(done.target)
        assert [str(row["fid"]) for row in rows] == ["7", "7"]
        assert [row["geom"] for row in rows] == ["here", "there"]
        assert [str(row["word"]) for row in rows] == ["a", "b"]
        if out in (".csv", ".gpkg"):
            assert str(rows[0]["large"]) == str(2**64 - 1)
            assert rows[0]["list"] == "[1,2]"


def test_the_sample_of_a_long_file_is_bounded_and_does_not_depend_on_batches() -> None:
    from spatial.tagging.suspicion import MOST, Sample

    at = np.random.default_rng(1).uniform(0, 1, (300_000, 2))
    whole, parts = Sample(), Sample()
    claimed = np.full(len(at), -1, dtype=np.int32)
    whole.add(at[:, 0], at[:, 1], claimed)
    for start in range(0, len(at), 7001):
        part = slice(start, start + 7001)
        parts.add(at[part, 0], at[part, 1], claimed[part])
    first, second = np.concatenate(whole._kept), np.concatenate(parts._kept)
    assert np.array_equal(first, second)
    assert MOST / 2 <= len(first) <= MOST


def test_a_notebook_gets_the_same_columns(store: Store) -> None:
    at = points(200)
    frame = frame_of(at).set_index(np.arange(200) * 3)
    tagged = frames.tag(frame, store)
    assert list(tagged.columns) == [*frame.columns, *ADDED]
    assert tagged.index.equals(frame.index)
    assert tagged.crs == frame.crs
    assert list(frame.columns) == ["number", "note", "geometry"]
    wanted = expected(store, at)
    for name in ADDED:
        values = tagged[name].astype(object)
        assert list(values.where(values.notna(), None)) == [row[name] for row in wanted]
    gcj = geopandas.GeoDataFrame(
        geometry=geopandas.points_from_xy(*convert(at[:, 0], at[:, 1], Datum.WGS84, Datum.GCJ02))
    )
    for other in (frames.tag(gcj, store, datum="GCJ-02"), frames.tag(frame.to_crs(4544), store)):
        assert list(other["responsible"].fillna("")) == list(tagged["responsible"].fillna(""))


def test_a_notebook_keeps_rows_without_a_shape_and_hears_of_those_that_cannot_be_meant(store: Store) -> None:
    here = shapely.Point(small_town.IN_FIRST_GRID)
    frame = geopandas.GeoDataFrame(geometry=[here, None, shapely.Point()], crs=4326)
    tagged = frames.tag(frame, store, levels=("grid",), prefix="t_")
    assert list(tagged.columns) == ["geometry", "t_district", "t_owner_grid", "t_responsible", "t_path", "t_edition"]
    assert list(tagged["t_owner_grid"].isna()) == [False, True, True]
    assert tagged["t_edition"][0] == 1
    with pytest.raises(BadPosition, match="Row 2"):
        frames.tag(geopandas.GeoDataFrame(geometry=[here, shapely.Point(29.1, 105.3)], crs=4326), store)
    with pytest.raises(BadGeometry):
        frames.tag(geopandas.GeoDataFrame(geometry=[here]), store)
    with pytest.raises(BadParameter, match="not a datum"):
        frames.tag(frame, store, datum="mars")
    with pytest.raises(BadParameter, match="already"):
        frames.tag(tagged, store, prefix="t_")


def test_a_tagger_answers_for_no_points_at_all(store: Store) -> None:
    tagger = Tagger.of(store)
    none = tagger.columns(tagger.tag(np.empty(0), np.empty(0)))
    assert [len(column) for column in none] == [0] * len(ADDED)
    assert tagger.names() == ADDED
