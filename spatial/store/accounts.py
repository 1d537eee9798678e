"""Accounts in a store: who may sign in, who has, and the tokens of programs."""

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

import orjson

from spatial.accounts.account import Account
from spatial.accounts.secrets import Session, Token
from spatial.errors import NotFound
from spatial.governance import Role
from spatial.schema import ColumnType
from spatial.store import session as transaction
from spatial.store.cases import Readable
from spatial.store.conversion import milliseconds
from spatial.store.selection import all_of
from spatial.text import Text

_ACCOUNT = "a.login, a.name, a.role, a.scope, a.disabled, a.demo"
_SESSION = "s.digest, s.login, s.started_at, s.seen_at"
_TOKEN = "s.digest, s.login, s.label, s.created_at, s.expires_at, s.id"  # noqa: S105  names of columns


def accounts_of(reader: Readable, *logins: str) -> list[Account]:
    """Return the accounts in the order in which they were made; those of some logins, or all."""
    chosen = all_of([reader.dialect.one_of("login", ColumnType.TEXT, logins)] if logins else [])
    rows = reader.rows(f"SELECT {_ACCOUNT} FROM accounts a{chosen.sql} ORDER BY a.id", chosen.parameters)
    return [_account(row) for row in rows]


def password_of(reader: Readable, login: str) -> str | None:
    """Return the hash of an account's password, None where there is no account, or none with a password."""
    rows = reader.rows("SELECT password FROM accounts WHERE login = ?", (login,))
    return rows[0][0] if rows else None


def session_of(reader: Readable, digest: str) -> tuple[Session, Account] | None:
    """Return a session with its account as it is now, None where there is none."""
    rows = reader.rows(
        f"SELECT {_SESSION}, {_ACCOUNT} FROM sessions s JOIN accounts a ON a.login = s.login WHERE s.digest = ?",
        (digest,),
    )
    if not rows:
        return None
    held, login, started_at, seen_at, *of_account = rows[0]
    return Session(held, login, _moment(reader, started_at), _moment(reader, seen_at)), _account(of_account)


def token_of(reader: Readable, digest: str) -> tuple[Token, Account] | None:
    """Return a token with its account as it is now, None where there is none."""
    rows = reader.rows(
        f"SELECT {_TOKEN}, {_ACCOUNT} FROM tokens s JOIN accounts a ON a.login = s.login WHERE s.digest = ?",
        (digest,),
    )
    return (_token(reader, rows[0][:6]), _account(rows[0][6:])) if rows else None


def tokens_of(reader: Readable, login: str) -> list[Token]:
    """Return the tokens of an account, oldest first."""
    rows = reader.rows(f"SELECT {_TOKEN} FROM tokens s WHERE s.login = ? ORDER BY s.id", (login,))
    return [_token(reader, row) for row in rows]


def write_account(session: transaction.Session, account: Account) -> None:
    """Add an account, or replace what one of that login is; its password stays. A disabled one has no sessions."""
    flag = session.dialect.encode
    values = (
        account.name,
        account.role.value,
        orjson.dumps(account.scope).decode(),
        flag(ColumnType.BOOLEAN, account.disabled),
        flag(ColumnType.BOOLEAN, account.demo),
    )
    changed = session.execute(
        "UPDATE accounts SET name = ?, role = ?, scope = ?, disabled = ?, demo = ? WHERE login = ?",
        (*values, account.login),
    )
    if not changed:
        session.append("accounts", ("login", "name", "role", "scope", "disabled", "demo"), [(account.login, *values)])
    if account.disabled:
        end_sessions(session, account.login)


def write_password(session: transaction.Session, login: str, kept: str) -> None:
    """Give an account the hash of another password, and end its sessions; raises NotFound."""
    if not session.execute("UPDATE accounts SET password = ? WHERE login = ?", (kept, login)):
        raise no_such_account(login)
    end_sessions(session, login)


def write_token(session: transaction.Session, token: Token) -> None:
    """Add a token of an account; raises NotFound."""
    if not session.rows("SELECT 1 FROM accounts WHERE login = ?", (token.login,)):
        raise no_such_account(token.login)
    expires_at = None if token.expires_at is None else milliseconds(token.expires_at)
    at = (session.dialect.encode(ColumnType.TIME, moment) for moment in (milliseconds(token.created_at), expires_at))
    row = (token.digest, token.login, token.label, *at)
    session.append("tokens", ("digest", "login", "label", "created_at", "expires_at"), [row])


def remove_token(session: transaction.Session, login: str, number: int) -> None:
    """Take a token back; raises NotFound."""
    if not session.execute("DELETE FROM tokens WHERE login = ? AND id = ?", (login, number)):
        raise NotFound(
            Text(f"账户 {login} 没有编号为 {number} 的令牌", f"The account {login} has no token {number}"),
            Text("用 gridscape account token 查看", "List them with gridscape account token"),
        )


def start_session(session: transaction.Session, opened: Session) -> None:
    """Add a session."""
    encode = session.dialect.encode
    at = (encode(ColumnType.TIME, milliseconds(moment)) for moment in (opened.started_at, opened.seen_at))
    session.append("sessions", ("digest", "login", "started_at", "seen_at"), [(opened.digest, opened.login, *at)])


def touch_session(session: transaction.Session, digest: str, seen_at: datetime) -> None:
    """Note when a session was last heard of; one that is not there is no matter."""
    at = session.dialect.encode(ColumnType.TIME, milliseconds(seen_at))
    session.execute("UPDATE sessions SET seen_at = ? WHERE digest = ?", (at, digest))


def end_session(session: transaction.Session, digest: str) -> None:
    """Remove a session; one that is not there is no matter."""
    session.execute("DELETE FROM sessions WHERE digest = ?", (digest,))


def end_sessions(session: transaction.Session, login: str) -> None:
    """Remove all sessions of an account."""
    session.execute("DELETE FROM sessions WHERE login = ?", (login,))


def said_of(account: Account) -> dict[str, list[Any]]:
    """Return what the digest of an event says of an account."""
    names = ("login", "name", "role", "scope", "disabled", "demo")
    values = (value if isinstance(value, bool) else str(value) for value in astuple(account))
    return {name: [value] for name, value in zip(names, values, strict=True)}


def no_such_account(login: str) -> NotFound:
    """Return the error for a login that nobody has."""
    return NotFound(
        Text(f"没有账户 {login}", f"There is no account {login}"),
        Text("用 gridscape account list 查看", "List them with gridscape account list"),
    )


def _account(row: Sequence[Any]) -> Account:
    login, name, role, scope, disabled, demo = row
    return Account(login, name, Role(role), tuple(orjson.loads(scope)), bool(disabled), bool(demo))


def _token(reader: Readable, row: Sequence[Any]) -> Token:
    digest, login, label, created_at, expires_at, number = row
    until = None if expires_at is None else _moment(reader, expires_at)
    return Token(digest, login, label, _moment(reader, created_at), until, int(number))


def _moment(reader: Readable, stored: Any) -> datetime:
    moment: datetime = reader.dialect.decode(ColumnType.TIME, [stored])[0]
    return milliseconds(moment)
