"""`gridscape account`, `audit` and `retention` as an operator uses them, and the demo's accounts."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.commands.main import app
from api.commands.serve import beyond_loopback, refuse_demo_accounts, settings_of
from api.settings import Settings
from fixtures.accounts import PASSWORD, make_demo_accounts
from spatial.accounts.passwords import is_password
from spatial.accounts.secrets import digest_of
from spatial.errors import BadParameter, Conflict, GridscapeError, NotFound, Refused
from spatial.governance import Role
from spatial.incidents.desk import report
from spatial.incidents.reporting import Report
from spatial.incidents.steps import Person
from spatial.incidents.tag import Position
from spatial.locate import Locator
from spatial.store import WholeStore, open_store
from spatial.store.protocol import Store
from tests import small_town
from tests.api.test_serve import gridscape, served

GOOD = "correct horse battery"
Run = Callable[..., Result]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of the small town that nobody holds open."""
    store = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(store)
    store.close()
    return tmp_path / "town.gpkg"


@pytest.fixture
def run(path: Path) -> Run:
    """Run a command over the town; an error of ours is raised."""

    def call(*arguments: str, said: str | None = None) -> Result:
        done = CliRunner().invoke(app, [*arguments, "--store", str(path)], input=said)
        if isinstance(done.exception, GridscapeError):
            raise done.exception
        return done

    return call


def opened(path: Path) -> WholeStore:
    return open_store(path)


def add(run: Run, login: str = "li.qiang", *more: str, password: str = GOOD) -> Result:
    options = more or ("--role", "dispatcher", "--area", "510521001")
    return run("account", "add", login, *options, said=password + "\n")


def test_an_account_is_added_with_the_password_from_standard_input(run: Run, path: Path) -> None:
    assert add(run, "Li.Qiang").exit_code == 0
    store = opened(path)
    account = store.account("li.qiang")
    kept = store.password("li.qiang")
    event = store.events()[-1]
    store.close()
    assert account is not None
    assert (account.role, account.scope, account.demo) == (Role.DISPATCHER, ("/510521/510521001",), False)
    assert is_password(kept, GOOD)
    assert (event.actor, event.collection) == ("command line", "accounts")


def test_no_command_takes_a_password_as_an_argument() -> None:
    from typer.main import get_command

    group = get_command(app).commands["account"]  # type: ignore[attr-defined]
    for command in group.commands.values():
        assert not [each.name for each in command.params if "password" in (each.name or "")]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("--role", "dispatcher"), BadParameter),  # nothing says that it is meant for everything
        (("--role", "dispatcher", "--area", "999"), NotFound),
        (("--role", "dispatcher", "--area", "/510521/999"), NotFound),
        (("--role", "dispatcher", "--area", "510521", "--everywhere"), BadParameter),
    ],
)
def test_an_account_that_is_not_right_is_not_made(
    run: Run, path: Path, arguments: tuple[str, ...], error: type[GridscapeError]
) -> None:
    with pytest.raises(error):
        add(run, "li.qiang", *arguments)
    store = opened(path)
    assert store.accounts() == []
    store.close()


def test_a_weak_password_makes_no_account(run: Run, path: Path) -> None:
    with pytest.raises(BadParameter):
        add(run, password="password")
    store = opened(path)
    assert store.accounts() == []
    store.close()


def test_a_login_that_is_taken_keeps_its_password(run: Run, path: Path) -> None:
    add(run)
    with pytest.raises(Conflict):
        add(run, password="another good sentence")
    store = opened(path)
    assert is_password(store.password("li.qiang"), GOOD)
    store.close()


def test_accounts_are_listed_changed_disabled_and_let_in_again(run: Run) -> None:
    add(run)
    add(run, "root", "--role", "administrator")
    listed = run("account", "list").stdout
    assert "li.qiang" in listed
    assert "/510521/510521001" in listed
    run("account", "change", "li.qiang", "--role", "planner", "--area", "510521001001", "--name", "李强")
    run("account", "disable", "root")
    told = {each["login"]: each for each in json.loads(run("account", "list", "--json").stdout)}
    assert told["li.qiang"]["role"] == "planner"
    assert told["li.qiang"]["name"] == "李强"
    assert [area["path"] for area in told["li.qiang"]["scope"]] == ["/510521/510521001/510521001001"]
    assert told["root"]["disabled"]
    run("account", "disable", "root", "--undo")
    assert not json.loads(run("account", "list", "--json").stdout)[1]["disabled"]
    with pytest.raises(NotFound):
        run("account", "disable", "nobody")


def test_a_token_is_shown_once_listed_without_it_and_taken_back(run: Run, path: Path) -> None:
    add(run)
    shown = run("account", "token", "li.qiang", "QGIS desk 3", "--days", "90").stdout.strip().splitlines()[-1]
    store = opened(path)
    found = store.token(digest_of(shown))
    store.close()
    assert found is not None
    assert found[1].login == "li.qiang"
    assert found[0].lives(datetime.now(UTC) + timedelta(days=89))
    assert not found[0].lives(datetime.now(UTC) + timedelta(days=91))
    listed = run("account", "token", "li.qiang").stdout
    assert "QGIS desk 3" in listed
    assert shown not in listed
    run("account", "token", "li.qiang", "--revoke", str(found[0].number))
    assert run("account", "token", "li.qiang").stdout.strip() == ""


def test_the_trail_is_verified_with_an_exit_code(run: Run, path: Path) -> None:
    add(run)
    whole = run("audit", "verify")
    assert whole.exit_code == 0
    head = whole.stdout.split()[-1]
    add(run, "root", "--role", "administrator")
    assert run("audit", "verify", "--head", head).exit_code == 0
    assert run("audit", "verify", "--head", "0" * 64).exit_code == 1
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE events SET actor = 'nobody' WHERE id = 2")
        connection.commit()
    broken = run("audit", "verify")
    assert broken.exit_code == 1
    assert "2" in broken.output


def test_a_history_that_lost_a_line_is_named_with_an_exit_code(run: Run, path: Path) -> None:
    store = opened(path)
    who = Person("root", Role.DISPATCHER)
    asked = Report(Position(*small_town.IN_FIRST_GRID), "0502")
    _, told = report(store, Locator.of(store), asked, who, small_town.NOW, lambda stored, _, __: {"code": stored.code})
    store.close()
    assert run("audit", "verify").exit_code == 0
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TRIGGER incident_steps_remain")
        connection.execute("DELETE FROM incident_steps")
        connection.commit()
    odd = run("audit", "verify")
    assert odd.exit_code == 1
    assert told["code"] in odd.output


def test_retention_erases_and_the_trail_still_verifies(run: Run, path: Path) -> None:
    store = opened(path)
    store.log_access(datetime.now(UTC) - timedelta(days=200), "root", "cameras", None, 1)
    store.log_access(datetime.now(UTC) - timedelta(days=100), "root", "cameras", None, 2)
    store.close()
    assert "1 lines of the access log" in run("retention", "--dry-run").stdout

    def left() -> list[int]:
        store = opened(path)
        found = [count for *_, count in store.access_log()]
        store.close()
        return found

    assert left() == [2, 1]
    assert run("retention").exit_code == 0
    assert left() == [2]
    assert run("retention", "--access-log-days", "90").exit_code == 0
    assert left() == []
    assert run("audit", "verify").exit_code == 0


def test_the_demo_has_one_account_of_each_role_and_the_dispatchers_of_a_street_and_a_community(
    own_town: Store,
) -> None:
    made = {account.login: account for account in make_demo_accounts(own_town, "fixtures")}
    assert {account.role for account in made.values()} == set(Role)
    assert all(account.demo for account in made.values())
    assert made["admin"].scope == ()
    assert made["street"].scope == ("/510521/510521001",)  # where the incidents are
    assert made["community"].scope == ("/510521/510521001/510521001001",)
    assert made["street"].role is made["community"].role is made["centre"].role is Role.DISPATCHER
    assert is_password(own_town.password("street"), PASSWORD)
    assert make_demo_accounts(own_town, "fixtures") == []


def test_an_account_is_named_at_the_posts_of_its_person_and_released(run: Run, path: Path) -> None:
    def named() -> dict[str, str | None]:
        store = opened(path)
        held = {each.code: each.account for each in store.duty_holders("luxian")}
        store.close()
        return held

    add(run, "wang.min", "--role", "worker", "--name", "王敏", "--area", "510521001001")
    with pytest.raises(NotFound, match=r"holds no post there.*Part-time grid worker 李强"):
        run("account", "post", "wang.min", "--area", "510521001001")
    with pytest.raises(NotFound, match="no area 999"):
        run("account", "post", "wang.min", "--area", "999")
    assert "grid worker of" in run("account", "post", "wang.min", "--area", small_town.FIRST_GRID).output
    assert named() == {"P1": "wang.min", "P2": None, "P3": None}
    assert run("account", "post", "wang.min", "--area", small_town.FIRST_GRID, "--release").exit_code == 0
    assert named() == {"P1": None, "P2": None, "P3": None}


def test_a_store_with_people_of_its_own_gets_no_accounts_of_the_demo(run: Run, path: Path) -> None:
    add(run)
    store = opened(path)
    assert make_demo_accounts(store, "fixtures") == []
    store.close()


BEYOND = [
    ("192.168.1.5", None, []),
    ("0.0.0.0", "https://grid.example.org", []),
    ("127.0.0.1", "https://grid.example.org", []),
    ("127.0.0.1", None, ["grid.example.org"]),
]


@pytest.mark.parametrize(("host", "public_url", "names"), BEYOND)
def test_a_server_with_accounts_of_the_demo_is_not_offered_to_others(
    own_town: Store, host: str, public_url: str | None, names: list[str]
) -> None:
    settings = settings_of(host, False, public_url, names, None)
    assert beyond_loopback(host, settings)
    refuse_demo_accounts(own_town, host, settings)
    make_demo_accounts(own_town, "fixtures")
    with pytest.raises(Refused, match="gridscape account disable --demo"):
        refuse_demo_accounts(own_town, host, settings)
    with pytest.raises(Refused):
        refuse_demo_accounts(own_town, "127.0.0.1", Settings(behind_proxy=True))
    refuse_demo_accounts(own_town, "127.0.0.1", Settings())


def test_without_its_accounts_the_demo_may_be_offered(run: Run, path: Path) -> None:
    store = opened(path)
    make_demo_accounts(store, "fixtures")
    store.close()
    refused = gridscape("serve", "--store", str(path), "--port", "0", "--public-url", "https://grid.example.org")
    assert refused.returncode == 2
    assert "disable --demo" in refused.stderr
    for login in ("admin", "street"):
        run("account", "password", login, said=f"{GOOD}\n")  # of one's own, and so no account of the demo
    run("account", "disable", "--demo")
    told = {each["login"]: each for each in json.loads(run("account", "list", "--json").stdout)}
    assert {login for login, each in told.items() if not each["disabled"]} == {"admin", "street"}
    with served("--store", str(path), "--port", "0", "--public-url", "https://grid.example.org") as (_, said):
        assert "ready" in said


def test_the_server_says_who_can_sign_in(path: Path) -> None:
    store = opened(path)
    make_demo_accounts(store, "fixtures")
    store.close()
    with served("--store", str(path), "--port", "0") as (process, _):
        assert process.stdout is not None
        lines = [process.stdout.readline() for _ in range(8)]
    assert PASSWORD in lines[0]
    assert {line.split()[0] for line in lines[1:]} == {
        "admin", "viewer", "worker", "centre", "planner", "street", "community",
    }  # fmt: skip
