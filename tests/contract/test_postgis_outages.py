"""PostGIS that is down, comes back, refuses or is full: said quickly, in our words, without a password."""

import threading
import time
from collections.abc import Iterator

import psycopg
import pytest

from spatial.errors import DuplicateCode, GridscapeError, NoSpace, NotFound, Refused, StoreDamaged, StoreUnavailable
from spatial.store import open_store
from spatial.store.postgis.connection import SCHEMA, shown, translate
from spatial.store.postgis.store import PostgisStore
from tests.conftest import PostgisServer, free_port
from tests.contract.sample import stations, with_districts

pytestmark = pytest.mark.postgis

SECRET = "open-sesame"


def test_a_database_that_is_not_there_says_so_at_once_and_keeps_the_password() -> None:
    port = free_port()
    began = time.monotonic()
    with pytest.raises(StoreUnavailable) as refused:
        open_store(f"postgresql://user:{SECRET}@127.0.0.1:{port}/nowhere", create=True)
    assert time.monotonic() - began < 4
    assert refused.value.remedy is not None
    assert SECRET not in f"{refused.value} {refused.value.problem.zh}"
    assert f"127.0.0.1:{port}/nowhere" in str(refused.value)


def test_a_database_without_a_store_is_not_found_and_not_filled_by_looking(postgis_server: PostgisServer) -> None:
    url = postgis_server.create_database("template1")
    with pytest.raises(NotFound, match="gridscape demo"):
        open_store(url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regnamespace(%s)", (SCHEMA,)).fetchone() == (None,)
    postgis_server.drop_database(url)


def test_a_store_survives_a_restart_of_its_database(postgis_server: PostgisServer, postgis_url: str) -> None:
    store = with_districts(open_store(postgis_url))
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)]))
    postgis_server.stop("fast")
    try:
        began = time.monotonic()
        with pytest.raises(StoreUnavailable) as refused:
            store.count("stations")
        assert time.monotonic() - began < 8
        assert refused.value.remedy is not None
        # once it is known to be away nobody waits long: else those who wait would soon fill every thread
        began = time.monotonic()
        for _ in range(5):
            with pytest.raises(StoreUnavailable):
                store.ping()
        assert time.monotonic() - began < 4
    finally:
        postgis_server.start()
    deadline = time.monotonic() + 30
    while True:
        try:
            store.ping()
            break
        except StoreUnavailable:
            assert time.monotonic() < deadline
    assert store.count("stations") == 1
    with store.write("tester") as tx:
        tx.insert("stations", stations([(105, 29)], code=["after"]))
    assert store.verify_events() is None
    store.close()


def test_a_connection_that_was_cut_is_not_lent_again(postgis_url: str) -> None:
    store = with_districts(open_store(postgis_url))
    with psycopg.connect(postgis_url, autocommit=True) as connection:
        cut = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchall()
    assert (True,) in cut
    assert store.count("stations") == 0
    store.close()


def test_a_transaction_that_is_cut_off_leaves_nothing(postgis_url: str) -> None:
    store = with_districts(open_store(postgis_url))
    before = store.events()
    with pytest.raises(StoreUnavailable), store.write("tester") as tx:  # noqa: PT012
        tx.insert("stations", stations([(105, 29)]))
        with psycopg.connect(postgis_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
        tx.insert("cameras", stations([(105, 29)]))
    assert (store.count("stations"), store.events()) == (0, before)
    store.close()


@pytest.fixture
def reader_url(postgis_url: str) -> Iterator[str]:
    """Return the address of the store for a user who may read and nothing else."""
    with psycopg.connect(postgis_url) as connection:
        connection.execute("DROP ROLE IF EXISTS looker")
        connection.execute("CREATE ROLE looker LOGIN")
        connection.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO looker".encode())
        connection.execute(f"GRANT SELECT ON ALL TABLES IN SCHEMA {SCHEMA} TO looker".encode())
    yield postgis_url.replace("postgres@", "looker@")
    with psycopg.connect(postgis_url) as connection:
        connection.execute("DROP OWNED BY looker")
        connection.execute("DROP ROLE looker")


def test_a_user_who_may_only_read_reads_and_is_refused_writing(postgis_url: str, reader_url: str) -> None:
    with_districts(open_store(postgis_url)).close()
    store = open_store(reader_url)
    assert [district.slug for district in store.districts()] == ["luxian"]
    with pytest.raises(Refused) as refused, store.write("looker") as tx:
        tx.clear_district("luxian")
    assert refused.value.remedy is not None
    store.close()


def test_a_table_that_went_missing_is_damage(postgis_server: PostgisServer) -> None:
    url = postgis_server.create_database()
    store = open_store(url)
    with psycopg.connect(url) as connection:
        connection.execute(f"DROP TABLE {SCHEMA}.stations".encode())
    with pytest.raises(StoreDamaged, match="migrate"):
        store.count("stations")
    store.close()
    postgis_server.drop_database(url)


def test_two_writers_of_one_code_at_once_keep_one_row(postgis_url: str) -> None:
    store = with_districts(PostgisStore(postgis_url))
    with psycopg.connect(postgis_url) as stranger:
        stranger.execute(f"INSERT INTO {SCHEMA}.stations (code, district) VALUES ('S0', 'luxian')".encode())

        threading.Timer(0.3, stranger.commit).start()
        with pytest.raises(DuplicateCode) as refused, store.write("tester") as tx:
            tx.insert("stations", stations([(105, 29)]))
    assert refused.value.details["codes"] == ["S0"]
    assert store.count("stations") == 1
    store.close()


@pytest.mark.parametrize(
    ("refusal", "error"),
    [
        (psycopg.errors.DiskFull("could not extend file: No space left on device"), NoSpace),
        (psycopg.errors.DeadlockDetected("deadlock detected"), StoreUnavailable),
        (psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"), StoreUnavailable),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT in a read-only transaction"), StoreUnavailable),
        (psycopg.OperationalError(""), StoreUnavailable),
    ],
)
def test_each_refusal_has_its_words(refusal: psycopg.Error, error: type[GridscapeError]) -> None:
    said = translate(refusal, f"postgresql://user:{SECRET}@db.example/gridscape")
    assert type(said) is error
    assert said.remedy is not None
    assert SECRET not in f"{said} {said.problem.zh}"
    assert "db.example" in str(said)


def test_an_address_is_shown_without_its_password() -> None:
    plain = "postgresql://user@db.example:5433/gridscape"
    assert shown(f"postgresql://user:{SECRET}@db.example:5433/gridscape?password={SECRET}") == plain
    assert shown(plain) == plain  # a command that is printed with it connects as who was meant
    assert shown("postgresql://db.example/gridscape") == "postgresql://db.example/gridscape"
