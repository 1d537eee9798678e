"""PostGIS: typed geometry columns, and plans that go through their indexes on a table of a real size."""

import json
from collections.abc import Callable, Iterator

import psycopg
import pytest
import shapely

from spatial.schema import COLLECTIONS, STORED, Collection, ColumnType
from spatial.store.postgis.connection import SCHEMA, configure
from spatial.store.postgis.dialect import PostgisDialect
from spatial.store.postgis.store import PostgisStore, placed
from spatial.store.records import Query
from spatial.store.selection import select
from tests.conftest import PostgisServer
from tests.contract.sample import areas, stations, with_districts

pytestmark = pytest.mark.postgis

_SQL_TYPES = {
    ColumnType.TEXT: "text",
    ColumnType.INTEGER: "bigint",
    ColumnType.REAL: "double precision",
    ColumnType.BOOLEAN: "boolean",
    ColumnType.TIME: "timestamp with time zone",
}


@pytest.fixture(scope="module")
def connection(postgis_server: PostgisServer) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Return a connection to a database that holds 30,000 cameras and 12,000 buildings."""
    url = postgis_server.create_database()
    store = with_districts(PostgisStore(url, create=True))
    paths = [f"/510521/510521{index % 300:03d}" for index in range(30_000)]
    with store.write("tester") as tx:
        tx.insert(
            "cameras", stations([(105 + index % 300 / 300, 29 + index / 30_000) for index in range(30_000)], path=paths)
        )
        tx.publish("luxian", areas([f"b{index}" for index in range(12_000)], west=10))
    store.close()
    with psycopg.connect(url, autocommit=True) as opened:
        configure(opened)
        opened.execute("VACUUM ANALYZE")
        yield opened
    postgis_server.drop_database(url)


def _indexes(connection: psycopg.Connection[tuple[object, ...]], collection: str, query: Query) -> set[str]:
    """Return the indexes that the plan of a read goes through; the query is the store's own."""
    statement = select(COLLECTIONS[collection], query, PostgisDialect())
    explained = connection.execute(b"EXPLAIN (FORMAT JSON) " + placed(statement.sql), statement.parameters).fetchone()
    assert explained is not None
    return set(_named(json.loads(json.dumps(explained[0]))))


def _named(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        if "Index Name" in node:
            yield str(node["Index Name"])
        for child in node.values():
            yield from _named(child)
    elif isinstance(node, list):
        for child in node:
            yield from _named(child)


@pytest.mark.parametrize(
    ("collection", "query", "index"),
    [
        ("cameras", Query(box=(105.1, 29.1, 105.2, 29.2)), "cameras_geom"),
        ("cameras", Query(box=(105.1, 29.1, 105.2, 29.2), district="luxian", limit=100), "cameras_geom"),
        ("cameras", Query(box=(179, -1, -179, 1)), "cameras_geom"),
        ("buildings", Query(box=(10.1, 28.9, 10.11, 29.1)), "areas_geom"),
        ("cameras", Query(paths=("/510521/510521007",)), "cameras_path"),
        ("cameras", Query(district="luxian", equal={"code": "S7"}), "cameras_district_code_key"),
        ("cameras", Query(after=20_000, limit=100), "cameras_pkey"),
        ("buildings", Query(district="luxian", tree="main", equal={"code": "b7"}), "areas_code"),
    ],
)
def test_a_query_goes_through_its_index(
    connection: psycopg.Connection[tuple[object, ...]], collection: str, query: Query, index: str
) -> None:
    assert index in _indexes(connection, collection, query)


@pytest.mark.parametrize("collection", COLLECTIONS.values(), ids=lambda each: each.id)
def test_the_columns_of_a_table_are_those_of_the_schema(
    connection: psycopg.Connection[tuple[object, ...]], collection: Collection
) -> None:
    found = connection.execute(
        "SELECT column_name, data_type, is_nullable = 'NO' FROM information_schema.columns "
        "WHERE table_schema = %s AND table_name = %s ORDER BY ordinal_position",
        (SCHEMA, collection.id),
    ).fetchall()
    is_view = collection.view_of is not None
    wanted = [(each.name, _SQL_TYPES[each.holds], each.required and not is_view) for each in collection.columns]
    assert found[0][:2] == ("fid", "bigint")
    # what a later migration adds stands behind the rest: readers go by name
    assert sorted(map(str, found[1:])) == sorted(map(str, [*wanted, *(row for row in found if row[0] == "geom")]))
    assert [row[0] for row in found].count("geom") == 1


@pytest.mark.parametrize("collection", STORED, ids=lambda each: each.id)
def test_geometry_is_typed_in_wgs_84_and_has_a_spatial_index(
    connection: psycopg.Connection[tuple[object, ...]], collection: Collection
) -> None:
    kind = connection.execute(
        "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'geom'",
        (collection.id,),
    ).fetchone()
    assert kind == (f"geometry({collection.geometry.value},4326)",)
    methods = connection.execute(
        "SELECT amname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam "
        "WHERE indrelid = %s::regclass AND indexrelid = %s::regclass",
        (collection.id, f"{collection.id}_geom"),
    ).fetchone()
    assert methods == ("gist",)


def test_no_column_holds_geometry_as_bytes(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    found = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = %s AND data_type = 'bytea'",
        (SCHEMA,),
    ).fetchall()
    assert found == [("photos", "content")]


def test_qgis_and_gdal_read_the_tables_as_they_are(connection: psycopg.Connection[tuple[object, ...]]) -> None:
    row = connection.execute("SELECT ST_AsText(geom), ST_SRID(geom) FROM buildings ORDER BY fid LIMIT 1").fetchone()
    assert row is not None
    assert row[1] == 4326
    assert shapely.equals(shapely.from_wkt(row[0]), areas(["b0"], west=10).geometry[0])


def test_tables_stay_out_of_the_way_of_other_programs(new_url: Callable[[str], str]) -> None:
    with psycopg.connect(new_url("postgis")) as opened:
        found = opened.execute(
            "SELECT DISTINCT table_schema FROM information_schema.tables "
            "WHERE table_schema NOT IN ('pg_catalog', 'information_schema', 'public')"
        ).fetchall()
    assert found == [(SCHEMA,)]
