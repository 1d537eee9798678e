"""Files to tag in the small town, what comes out of tagging them, and what the locator says of each point."""

import csv
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow
import pyarrow.parquet
import pyogrio

from spatial.locate import Locator
from spatial.store.protocol import Store
from spatial.tagging import TagResult
from tests import small_town

ADDED = [
    "district",
    *(f"owner_{level}" for level in ("district", "street", "community", "grid", "compound", "building")),
    *("responsible", "path", "edition"),
]


SUFFIXES = [".csv", ".geojson", ".gpkg", ".parquet", ".geoparquet"]


BOX = (small_town.WEST - 0.01, small_town.SOUTH - 0.01, small_town.WEST + 0.09, small_town.SOUTH + 0.09)


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
