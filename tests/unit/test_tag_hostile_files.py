"""Files that GDAL reads are read in another process: what crashes, hangs or swells it is said, and leaves nothing."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import geopandas
import numpy as np
import pyogrio
import pytest
import shapely

from spatial.errors import BadFile, BadParameter, GridscapeError, LimitExceeded
from spatial.importing import killable, streaming
from spatial.importing.formats import Format
from spatial.store import open_store
from spatial.store.protocol import Store
from spatial.tagging import TagRequest, gdal_source, tag_file
from tests import small_town
from tests.tagged_files import points, read, write
from tests.waiting import until


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The small town, to be read only."""
    opened = open_store(tmp_path_factory.mktemp("town") / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


def workers() -> list[int]:
    """Return the processes that this one has started to read files, by id."""
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True, check=True
    )
    return [int(line.split()[0]) for line in listed.stdout.splitlines() if killable.WORKER in line]


def once_at_work(do: int) -> threading.Thread:
    """Send a signal to the reading process as soon as there is one."""

    def send() -> None:
        seen: list[int] = []

        def there() -> bool:
            seen.extend(workers())
            return bool(seen)

        until(there, "no process reads it")
        os.kill(seen[0], do)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson", ".shp"])
def test_what_is_read_is_read_in_another_process_and_no_row_is_lost_in_the_pipe(
    store: Store, tmp_path: Path, suffix: str
) -> None:
    source = write(tmp_path / f"reports{suffix}", points(70_000))  # more than one batch, each larger than a pipe
    done = tag_file(store, TagRequest(source, tmp_path / "tagged.parquet", levels=("grid",)))
    assert (done.rows, done.tagged) == (70_000, 70_000)
    assert [row["number"] for row in read(done.target)] == list(range(70_000))
    assert workers() == []


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_reader_that_crashes_is_said_and_leaves_nothing(store: Store, tmp_path: Path, number: int) -> None:
    source = write(tmp_path / "reports.gpkg", points(20_000))
    thread = once_at_work(number)
    with pytest.raises((BadFile, LimitExceeded)) as caught:
        tag_file(store, TagRequest(source, tmp_path / "tagged.parquet"))
    thread.join()
    assert caught.value.remedy is not None
    assert [path.name for path in tmp_path.iterdir()] == ["reports.gpkg"]


def test_a_reader_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    source = write(tmp_path / "reports.gpkg", points(20_000))
    thread = once_at_work(signal.SIGSTOP)
    began = time.monotonic()
    with (
        pytest.raises(LimitExceeded, match="No row came"),
        gdal_source.opened(source, Format.GEOPACKAGE, None, 1) as it,
    ):
        list(it.batches)
    assert time.monotonic() - began < 20
    thread.join()
    assert workers() == []


def test_a_shape_that_is_too_large_is_named_by_its_row(store: Store, tmp_path: Path) -> None:
    long = shapely.linestrings(np.linspace((105.37, 29.15), (105.38, 29.15), streaming.MOST_BYTES // 16 + 10))
    shapes = geopandas.GeoDataFrame(geometry=[shapely.Point(105.37, 29.15), long], crs=4326)
    pyogrio.write_dataframe(shapes, tmp_path / "reports.gpkg", geometry_type="Unknown")
    with pytest.raises(LimitExceeded, match="Row 2 has 64 MB"):
        tag_file(store, TagRequest(tmp_path / "reports.gpkg", tmp_path / "tagged.parquet"))
    assert [path.name for path in tmp_path.iterdir()] == ["reports.gpkg"]


def test_what_the_reader_refuses_is_refused_in_its_own_words(store: Store, tmp_path: Path) -> None:
    source = write(tmp_path / "reports.gpkg", points(5))
    with pytest.raises(BadParameter, match="no layer elsewhere") as caught:
        tag_file(store, TagRequest(source, tmp_path / "tagged.csv", layer="elsewhere"))
    assert isinstance(caught.value, GridscapeError)
    assert "reports" in str(caught.value.remedy and caught.value.remedy.en)


def test_a_file_cannot_make_the_reader_open_another(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "secret.csv", points(5))
    disguised = tmp_path / "reports.geojson"
    disguised.write_text('{"type":"TopoJSON","x":"<OGRVRTDataSource/>","arcs":[]}')
    with pytest.raises(BadFile):
        tag_file(store, TagRequest(disguised, tmp_path / "tagged.csv"))
    assert not (tmp_path / "tagged.csv").exists()


def test_whoever_stops_reading_stops_the_reader(tmp_path: Path) -> None:
    source = write(tmp_path / "reports.gpkg", points(70_000))
    with gdal_source.opened(source, Format.GEOPACKAGE, None) as opened:
        first = next(opened.batches)
        assert np.array_equal(first.rows[:3], [1, 2, 3])
        assert len(workers()) == 1
    assert workers() == []
