"""What a person may ask of tagging, and what is refused without a trace."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
import pyarrow.parquet
import pytest

from spatial.errors import BadFile, BadParameter, Conflict, GridscapeError, NotFound, Refused
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import TagRequest, tag_file
from tests import small_town
from tests.tagged_files import points, read, write


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


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
