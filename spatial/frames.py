"""Features in and out of notebooks: a store's rows as GeoDataFrames, and back.

from spatial import frames
from spatial.store import open_store

store = open_store("data/gridscape.gpkg")
buildings = frames.read(store, "buildings", Query(district="luxian"))
frames.insert(store, "stations", new_stations, actor="notebook")
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from spatial.audience import seen_by
from spatial.errors import BadGeometry
from spatial.levels import MAIN_TREE
from spatial.schema import ColumnType, collection
from spatial.store.protocol import Edition, Features, Query, Store
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import Audience

if TYPE_CHECKING:
    import geopandas

DTYPES = {
    ColumnType.TEXT: "str",
    ColumnType.INTEGER: "Int64",
    ColumnType.REAL: "Float64",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.TIME: "datetime64[us, UTC]",
}
"""What a column of the schema is in a data frame; all of them can hold a missing value."""


def read(
    store: Features, collection_id: str, query: Query = Query(), audience: Audience = Audience.STAFF
) -> "geopandas.GeoDataFrame":
    """Return the rows of a collection that a query wants as a GeoDataFrame in EPSG:4326.

    Columns are those of the schema, in its order, with the types of DTYPES. Somebody who opens a store's file has
    all of it, so the audience is staff unless said otherwise. Raises NotFound for an unknown collection.
    """
    known = collection(collection_id)
    return frame_of(collection_id, seen_by(known, store.read(collection_id, query), audience))


def frame_of(collection_id: str, rows: Table) -> "geopandas.GeoDataFrame":
    """Return a table of a collection as a GeoDataFrame in EPSG:4326, the columns that it has in the schema's order."""
    import geopandas
    import pandas

    known = collection(collection_id)
    columns = {
        column.name: _series(rows[column.name], column.holds) for column in known.columns if column.name in rows.columns
    }
    # the index is given, so that a frame without columns still has its rows
    return geopandas.GeoDataFrame(columns, geometry=rows.geometry, crs="EPSG:4326", index=pandas.RangeIndex(len(rows)))


def table_of(frame: "geopandas.GeoDataFrame") -> Table:
    """Return a GeoDataFrame as a table in WGS 84 longitude, latitude; a missing value becomes None.

    A frame in another reference system is transformed; raises BadGeometry where it says none.
    """
    import pandas

    if frame.crs is None:
        raise BadGeometry(
            Text("数据没有坐标参考系", "The frame does not say its reference system"),
            Text('请先调用 frame.set_crs("EPSG:4326")', 'Call frame.set_crs("EPSG:4326") first'),
        )
    placed = frame if frame.crs.to_epsg() == 4326 else frame.to_crs(4326)
    geometry = np.empty(len(placed), dtype=object)
    geometry[:] = [None if shape is None or shape is pandas.NA else shape for shape in placed.geometry]
    return Table(
        geometry,
        {
            str(name): [_plain(value) for value in placed[name]]
            for name in placed.columns
            if name != placed.geometry.name
        },
    )


def insert(store: Store, collection_id: str, frame: "geopandas.GeoDataFrame", actor: str) -> int:
    """Add the rows of a frame to a collection and return how many; all of them or none.

    Raises DuplicateCode where a code is taken.
    """
    rows = _known_columns(collection_id, table_of(frame))
    with store.write(actor) as transaction:
        return transaction.insert(collection_id, rows)


def publish(
    store: Store,
    district: str,
    frame: "geopandas.GeoDataFrame",
    actor: str,
    tree: str = MAIN_TREE,
    note: str = "",
) -> Edition:
    """Make a frame of areas the whole of the next edition of a tree, and return that edition."""
    rows = _known_columns("areas", table_of(frame))
    with store.write(actor) as transaction:
        return transaction.publish(district, rows, tree, note)


def _known_columns(collection_id: str, rows: Table) -> Table:
    names = collection(collection_id).names
    return Table(rows.geometry, {name: values for name, values in rows.columns.items() if name in names})


def _series(values: Any, holds: ColumnType) -> Any:
    import pandas

    wanted = [None if _nothing(value) else value for value in values]
    if holds is ColumnType.TIME:
        return pandas.Series(pandas.to_datetime(wanted, utc=True)).astype("datetime64[us, UTC]")
    return pandas.Series(wanted, dtype=DTYPES[holds])


def _nothing(value: Any) -> bool:
    return value is None or (isinstance(value, float | np.floating) and bool(np.isnan(value)))


def _plain(value: Any) -> Any:
    import pandas

    if value is None or value is pandas.NA or value is pandas.NaT or _nothing(value):
        return None
    if isinstance(value, pandas.Timestamp):
        return value.to_pydatetime()
    return value.item() if isinstance(value, np.generic) else value
