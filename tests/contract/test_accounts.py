"""Accounts in a store: what is kept of who may sign in, and what leaves an event."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from spatial.accounts.account import Account, new_account
from spatial.accounts.secrets import digest_of, new_session, new_token
from spatial.errors import GridscapeError, NotFound
from spatial.governance import Role
from spatial.store import open_store, restore
from spatial.store.protocol import Store
from tests.contract.sample import AT

LI = new_account("li.qiang", "李强", Role.DISPATCHER, ["/510521/510521001"])
ROOT = new_account("root", "", Role.ADMINISTRATOR)


def secret_bytes(count: int) -> bytes:
    return bytes(range(count))


def with_accounts(store: Store, *accounts: Account) -> Store:
    with store.write("tester") as tx:
        for account in accounts or (LI, ROOT):
            tx.put_account(account)
            tx.put_password(account.login, f"$argon2id$ of {account.login}")
    return store


def test_accounts_come_back_as_they_were_put(store: Store) -> None:
    with_accounts(store)
    assert store.accounts() == [LI, ROOT]
    assert store.account("li.qiang") == LI
    assert store.account("nobody") is None
    assert store.accounts_named({"root", "nobody"}) == [ROOT]
    assert store.accounts_named([]) == []
    assert store.password("li.qiang") == "$argon2id$ of li.qiang"
    assert store.password("nobody") is None


def test_a_changed_account_keeps_its_password_and_says_what_changed(store: Store) -> None:
    with_accounts(store)
    changed = replace(LI, role=Role.PLANNER, scope=())
    with store.write("root") as tx:
        tx.put_account(changed)
        tx.put_account(ROOT)  # as it is
    assert store.account("li.qiang") == changed
    assert store.password("li.qiang") == "$argon2id$ of li.qiang"
    event = store.events()[-1]
    assert (event.actor, event.action, event.collection) == ("root", "put", "accounts")
    assert (event.codes, event.fields) == (("li.qiang",), ("role", "scope"))
    assert store.verify_events() is None


def test_a_session_is_found_with_its_account_as_it_is_now(store: Store) -> None:
    with_accounts(store)
    events = len(store.events())
    secret, session = new_session("li.qiang", AT, secret_bytes)
    store.start_session(session)
    assert store.session(digest_of(secret)) == (session, LI)
    assert store.session(digest_of("other")) is None
    later = AT + timedelta(minutes=7)
    store.touch_session(session.digest, later)
    with store.write("root") as tx:
        tx.put_account(replace(LI, name="李小强"))
    assert store.session(session.digest) == (replace(session, seen_at=later), replace(LI, name="李小强"))
    store.end_session(session.digest)
    store.end_session(session.digest)
    assert store.session(session.digest) is None
    assert len(store.events()) == events + 1  # sessions come and go without one


@pytest.mark.parametrize("change", ["password", "disabled"])
def test_another_password_or_disabling_ends_the_sessions_of_that_account_alone(store: Store, change: str) -> None:
    with_accounts(store)
    digests = []
    for number, login in enumerate(("li.qiang", "li.qiang", "root")):
        _, session = new_session(login, AT, lambda count, number=number: bytes([number]) * count)  # type: ignore[misc]
        store.start_session(session)
        digests.append(session.digest)
    with store.write("root") as tx:
        if change == "password":
            tx.put_password("li.qiang", "$argon2id$ new")
        else:
            tx.put_account(replace(LI, disabled=True))
    assert [store.session(digest) is None for digest in digests] == [True, True, False]


def test_tokens_are_kept_by_their_hash_and_taken_back_by_number(store: Store) -> None:
    with_accounts(store)
    secret, token = new_token("li.qiang", "QGIS", AT, timedelta(days=90), secret_bytes)
    _, endless = new_token("li.qiang", "GDAL", AT, None, lambda count: b"\1" * count)
    with store.write("root") as tx:
        tx.put_token(token)
        tx.put_token(endless)
    first, second = store.tokens("li.qiang")
    assert replace(first, number=0) == token
    assert replace(second, number=0) == endless
    assert store.tokens("root") == []
    assert store.token(digest_of(secret)) == (first, LI)
    assert store.token(digest_of(secret + "x")) is None
    with store.write("root") as tx:
        tx.remove_token("li.qiang", first.number)
    assert store.token(digest_of(secret)) is None
    assert [event.fields for event in store.events()[-3:]] == [("token",)] * 3


def test_what_is_not_there_cannot_be_changed(store: Store) -> None:
    with_accounts(store, ROOT)
    _, token = new_token("nobody", "QGIS", AT, None, secret_bytes)
    for change in (
        lambda tx: tx.put_password("nobody", "x"),
        lambda tx: tx.put_token(token),
        lambda tx: tx.remove_token("root", 7),
    ):
        with pytest.raises(NotFound), store.write("tester") as tx:
            change(tx)
    _, session = new_session("nobody", AT, secret_bytes)
    with pytest.raises(GridscapeError):
        store.start_session(session)


def test_nothing_of_a_password_or_secret_is_in_the_trail(store: Store) -> None:
    with_accounts(store)
    secret, token = new_token("root", "QGIS", AT, None, secret_bytes)
    with store.write("tester") as tx:
        tx.put_token(token)
    said = repr(store.events())
    assert "argon2" not in said
    assert secret not in said
    assert token.digest not in said


def test_a_backup_holds_accounts_and_tokens_but_nobody_who_is_signed_in(store: Store, tmp_path: Path) -> None:
    with_accounts(store)
    _, session = new_session("li.qiang", AT, secret_bytes)
    store.start_session(session)
    _, token = new_token("root", "QGIS", AT, None, lambda count: b"\1" * count)
    with store.write("tester") as tx:
        tx.put_token(token)
    copy = tmp_path / "copy.gpkg"
    list(store.backup(copy))
    with closing(sqlite3.connect(copy)) as inside:
        assert inside.execute("SELECT count(*) FROM sessions").fetchone() == (0,)
    assert session.digest.encode() not in copy.read_bytes()
    list(restore(copy, tmp_path / "restored.gpkg"))
    restored = open_store(tmp_path / "restored.gpkg")
    try:
        assert restored.accounts() == store.accounts()
        assert restored.password("root") == store.password("root")
        assert restored.tokens("root") == store.tokens("root")
        assert restored.session(session.digest) is None
        assert restored.verify_events() is None
    finally:
        restored.close()
    assert store.session(session.digest) is not None
