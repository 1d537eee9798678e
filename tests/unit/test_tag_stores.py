"""Tagging asks any store the same and gets the same; a file that is not what it is called is not opened."""

from pathlib import Path

import pyarrow.parquet
import pytest

from spatial.errors import BadFile
from spatial.store.protocol import Store
from spatial.store.records import Query
from spatial.tagging import TagRequest, tag_file
from tests import small_town


def reports(folder: Path) -> Path:
    path = folder / "reports.csv"
    places = (small_town.IN_FIRST_GRID, small_town.IN_FIRST_BUILDING, small_town.OUTSIDE)
    path.write_text("经度,纬度\n" + "".join(f"{lon},{lat}\n" for lon, lat in places), encoding="utf-8")
    return path


def test_the_newest_edition_of_either_kind_of_store_answers(store: Store, tmp_path: Path) -> None:
    small_town.fill(store)
    before = tag_file(store, TagRequest(reports(tmp_path), tmp_path / "before.parquet"))
    rows = pyarrow.parquet.read_table(before.target).to_pylist()
    assert [row["edition"] for row in rows] == [1, 1, None]
    assert [row["responsible"] for row in rows] == [small_town.FIRST_GRID, small_town.FIRST_GRID, None]
    assert rows[1]["owner_building"].startswith(f"{small_town.FIRST_GRID}001")
    areas = store.read("areas", Query(district="luxian", tree="main"))
    kept = [at for at, level in enumerate(areas["level"]) if level in ("district", "street", "community")]
    with store.write("test") as transaction:
        transaction.publish("luxian", areas.take(kept))
    after = tag_file(store, TagRequest(reports(tmp_path), tmp_path / "after.parquet"))
    rows = pyarrow.parquet.read_table(after.target).to_pylist()
    assert [row["edition"] for row in rows] == [2, 2, None]
    assert [row["responsible"] for row in rows] == ["510521001001", "510521001001", None]
    assert [row["owner_grid"] for row in rows] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("reports.geojson", b"<OGRVRTDataSource><OGRVRTLayer name='a'/></OGRVRTDataSource>"),
        ("reports.gpkg", b"SQLite format 3\x00" + bytes(80)),
        ("reports.parquet", b"PAR1 and nothing else"),
        ("reports.csv", b""),
        ("reports.vrt", b"<OGRVRTDataSource/>"),
        ("reports.csv", b"x,x\n1,2\n"),
        ("reports.csv", b"east,north\n1,2\n"),
    ],
)
def test_what_is_not_what_it_is_called_is_refused_with_what_to_do(
    tmp_path: Path, store: Store, name: str, content: bytes
) -> None:
    small_town.fill(store)
    (tmp_path / name).write_bytes(content)
    before = sorted(path.name for path in tmp_path.iterdir())
    with pytest.raises(BadFile) as caught:
        tag_file(store, TagRequest(tmp_path / name, tmp_path / "tagged.csv"))
    assert caught.value.remedy is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == before
