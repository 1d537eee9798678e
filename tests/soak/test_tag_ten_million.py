"""Ten million reports through `gridscape tag`: no more memory than for one million, and the index's own owners."""

from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.parquet as parquet
import pytest

from spatial.crs import Datum, convert
from spatial.levels import governing_rank, of_tree
from spatial.ownership import GridIndex
from spatial.store import open_store
from spatial.store.records import Query
from tests.districts import content
from tests.memory import peak_mib
from tests.server import COMMAND

pytestmark = pytest.mark.soak

MANY, FEW = 10_000_000, 1_000_000
AT_ONCE = 500_000
SLACK_MIB = 96
"""What the allocator may hold more of in a longer run; ten million rows of the result are 2 GiB."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Luxian, as the fixtures make it."""
    town = content("luxian")
    path = tmp_path_factory.mktemp("store") / "luxian.gpkg"
    opened = open_store(path, create=True)
    with opened.write("test") as transaction:
        transaction.put_district(town.district, town.levels)
        transaction.publish("luxian", town.trees["main"])
    opened.close()
    return path


def reports(path: Path, count: int, box: tuple[float, float, float, float]) -> Path:
    """Write positions in GCJ-02 all over a box, and one in a thousand that is none."""
    rng = np.random.default_rng(20260401)
    schema = pyarrow.schema([("id", pyarrow.int64()), ("x", pyarrow.float64()), ("y", pyarrow.float64())])
    with parquet.ParquetWriter(path, schema) as writer:
        for first in range(0, count, AT_ONCE):
            x, y = rng.uniform(box[0], box[2], AT_ONCE), rng.uniform(box[1], box[3], AT_ONCE)
            x, y = convert(x, y, Datum.WGS84, Datum.GCJ02)
            x[::1000] = np.nan
            writer.write_table(pyarrow.table([np.arange(first, first + AT_ONCE), x, y], schema=schema))
    return path


def tagged(store: Path, source: Path, target: Path) -> int:
    """Tag a file in a process of its own and return the most memory that it had at a time, in MiB."""
    columns = ["--lon", "x", "--lat", "y", "--crs", "gcj02"]
    return peak_mib([*COMMAND, "--lang", "en", "tag", source, target, *columns, "--store", store])


def test_ten_million_rows_take_the_memory_of_one_and_get_the_owners_of_the_index(store: Path, tmp_path: Path) -> None:
    opened = open_store(store)
    levels = of_tree(opened.levels("luxian"), "luxian")
    limit = governing_rank(levels)
    coverages = [
        (level, opened.read("areas", Query(district="luxian", tree="main", equal={"level": level.slug})))
        for level in levels
    ]
    box = opened.extent("areas", Query(district="luxian", tree="main"))
    opened.close()
    assert box is not None
    warm = tagged(store, reports(tmp_path / "warm.parquet", AT_ONCE, box), tmp_path / "warm-tagged.parquet")
    few = tagged(store, reports(tmp_path / "few.parquet", FEW, box), tmp_path / "few-tagged.parquet")
    many = tagged(store, reports(tmp_path / "many.parquet", MANY, box), tmp_path / "many-tagged.parquet")
    print(f"peak memory: {warm} MiB for {AT_ONCE:,} rows, {few} for {FEW:,}, {many} for {MANY:,}")
    assert many - few < SLACK_MIB

    indexes = [(level, GridIndex.build(areas.geometry, areas["code"])) for level, areas in coverages if len(areas)]
    seen = 0
    for batch in parquet.ParquetFile(tmp_path / "many-tagged.parquet").iter_batches(batch_size=AT_ONCE):
        ids = batch.column("id").to_numpy()
        wanted = np.arange(seen, MANY)
        wanted = wanted[wanted % 1000 != 0][: len(ids)]
        assert np.array_equal(ids, wanted)
        seen = int(ids[-1]) + 1
        at = convert(batch.column("x").to_numpy(), batch.column("y").to_numpy(), Datum.GCJ02, Datum.WGS84)
        responsible = np.full(len(ids), None, dtype=object)
        for level, index in indexes:
            codes = np.array([*index.codes, None], dtype=object)  # -1 is the last one
            owners = codes[index.owners(*at)]
            assert np.array_equal(batch.column(f"owner_{level.slug}").to_numpy(zero_copy_only=False), owners)
            if level.rank <= limit:
                responsible = np.where(owners != None, owners, responsible)  # noqa: E711
        assert np.array_equal(batch.column("responsible").to_numpy(zero_copy_only=False), responsible)
    assert seen == MANY
    with (tmp_path / "many-tagged.rejected.csv").open(encoding="utf-8-sig") as file:
        rows = [int(line.split(",", 1)[0]) for line in file.readlines()[1:]]
    assert rows == list(range(1, MANY + 1, 1000))
