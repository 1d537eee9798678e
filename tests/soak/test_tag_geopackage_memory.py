"""GeoPackage and GeoJSON through `gridscape tag`: no more memory for many rows than for few, read or written."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow
import pyogrio
import pytest
from pyogrio.raw import write_arrow

from spatial.store import open_store
from spatial.tagging.places import point_column
from tests import small_town
from tests.memory import peak_mib
from tests.server import COMMAND

pytestmark = pytest.mark.soak

FEW, MANY = 300_000, 3_000_000
AT_ONCE = 50_000
SLACK_MIB = 40
"""What the allocator may hold more of in a longer run; an index packed in memory would take 80 for the rows between."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town, to be read only."""
    path = tmp_path_factory.mktemp("town") / "town.gpkg"
    opened = open_store(path, create=True)
    small_town.fill(opened)
    opened.close()
    return path


def reports(path: Path, count: int) -> Path:
    """Write positions all over the small town."""
    rng = np.random.default_rng(20260401)
    shape = pyarrow.field("geom", pyarrow.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    schema = pyarrow.schema([("id", pyarrow.int64()), ("note", pyarrow.string()), shape])

    def batches() -> Iterator[pyarrow.RecordBatch]:
        for first in range(0, count, AT_ONCE):
            lons = rng.uniform(small_town.WEST, small_town.WEST + small_town.SIDE, AT_ONCE)
            lats = rng.uniform(small_town.SOUTH, small_town.SOUTH + small_town.SIDE, AT_ONCE)
            ids = np.arange(first, first + AT_ONCE)
            columns = [pyarrow.array(ids), pyarrow.array([f"报告{number}" for number in ids]), point_column(lons, lats)]
            yield pyarrow.RecordBatch.from_arrays(columns, schema=schema)

    driver = {".gpkg": "GPKG", ".geojson": "GeoJSON"}[path.suffix]
    reader = pyarrow.RecordBatchReader.from_batches(schema, batches())
    write_arrow(reader, path, driver=driver, geometry_name="geom", geometry_type="Point", crs="EPSG:4326")
    return path


def tagged(store: Path, source: Path, target: Path) -> int:
    """Tag a file in a process of its own; return the most memory that it had, in MiB."""
    return peak_mib([*COMMAND, "--lang", "en", "tag", source, target, "--store", store])


@pytest.mark.parametrize(
    ("into", "out"), [(".gpkg", ".gpkg"), (".gpkg", ".parquet"), (".geojson", ".gpkg"), (".geojson", ".geojson")]
)
def test_ten_times_the_rows_take_no_more_memory(store: Path, tmp_path: Path, into: str, out: str) -> None:
    peaks = []
    for count in (FEW, MANY):
        source = reports(tmp_path / f"reports{count}{into}", count)
        peaks.append(tagged(store, source, tmp_path / f"tagged{count}{out}"))
        assert pyogrio.read_info(source, force_feature_count=True)["features"] == count
        if out != ".parquet":
            assert pyogrio.read_info(tmp_path / f"tagged{count}{out}", force_feature_count=True)["features"] == count
    print(f"{into} to {out}: peak memory {peaks[0]} MiB for {FEW:,} rows, {peaks[1]} for {MANY:,}")
    assert peaks[1] - peaks[0] < SLACK_MIB
