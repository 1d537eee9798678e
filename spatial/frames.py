"""Features in and out of notebooks: a store's rows as GeoDataFrames, and back.

from spatial import frames
from spatial.store import open_store

store = open_store("data/gridscape.gpkg")
buildings = frames.read(store, "buildings", Query(district="luxian"))
frames.insert(store, "stations", new_stations, actor="notebook")
tagged = frames.tag(reports, store, datum="gcj02")
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from spatial.audience import seen_by
from spatial.crs import Datum, convert
from spatial.errors import BadGeometry, BadParameter
from spatial.levels import MAIN_TREE
from spatial.schema import ColumnType, collection
from spatial.store.parts import Features
from spatial.store.protocol import Store
from spatial.store.records import Edition, Query
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
        raise _without_reference()
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


def _without_reference() -> BadGeometry:
    return BadGeometry(
        Text("数据没有坐标参考系", "The frame does not say its reference system"),
        Text('请先调用 frame.set_crs("EPSG:4326")', 'Call frame.set_crs("EPSG:4326") first'),
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


def tag(
    frame: "geopandas.GeoDataFrame",
    store: Store,
    datum: str | None = None,
    district: str | None = None,
    levels: Sequence[str] = (),
    tree: str = MAIN_TREE,
    prefix: str = "",
) -> "geopandas.GeoDataFrame":
    """Return a copy of a frame with the areas of the newest editions that own its rows; index and geometry stay.

    Columns are added as `gridscape tag` adds them: `district`, `owner_<level>`, `responsible`, `path`, `edition`, each
    after the `prefix`, missing where nobody owns the row or it has no shape. A line or polygon is owned where its
    point-on-surface lies. `datum`: `gcj02` or `bd09`, where the coordinates are that, whatever the frame says; else
    its reference system counts. `levels`: slugs, all where empty. Raises BadGeometry for a frame without a reference
    system, BadPosition with the row for places that cannot be meant, BadParameter where it has such columns already,
    NotFound for a district, level or tree that is not there.
    """
    import pyarrow
    import shapely

    from spatial.tagging import Tagger

    tagger = Tagger.of(store, district, levels, tree)
    twice = [name for name in tagger.names(prefix) if name in frame.columns]
    if twice:
        raise BadParameter(
            Text(f"数据已有列 {', '.join(twice)}", f"The frame has columns {', '.join(twice)} already"),
            Text("请给出 prefix", 'Give a prefix, such as prefix="tag_"'),
        )
    if datum is None and frame.crs is None:
        raise _without_reference()
    stays = datum is not None or frame.crs.to_epsg() in (4326, 4490)
    shapes = (frame if stays else frame.to_crs(4326)).geometry.to_numpy()
    present = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
    inner = shapely.point_on_surface(shapes[present])
    source = Datum.WGS84 if datum is None else Datum.of(datum)
    at = convert(shapely.get_x(inner), shapely.get_y(inner), source, Datum.WGS84)
    columns = pyarrow.table(tagger.columns(tagger.tag(*at)), schema=pyarrow.schema(tagger.fields(prefix)))
    where = np.full(len(frame), -1)
    where[present] = np.arange(len(present))
    placed = columns.take(pyarrow.array(where, mask=where < 0))
    whole = f"{prefix}edition"
    return frame.assign(
        **{
            name: _series(placed[name].to_pylist(), ColumnType.INTEGER if name == whole else ColumnType.TEXT).set_axis(
                frame.index
            )
            for name in placed.column_names
        }
    )


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
