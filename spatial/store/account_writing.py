"""Writing accounts and tokens, each change with its event. Part of the transaction of both stores."""

from collections.abc import Sequence
from typing import Any

from spatial.accounts.account import Account
from spatial.accounts.secrets import Token
from spatial.store import accounts, responders
from spatial.store.noting import Noting

ACCOUNTS = "accounts"

_MAY = frozenset({"role", "scope", "disabled"})
"""What says where somebody may be sent."""


class AccountWriting(Noting):
    """What a transaction can do with accounts."""

    def account(self, login: str) -> Account | None:
        return next(iter(accounts.accounts_of(self._session, login)), None)

    def put_account(self, account: Account) -> None:
        before = self.account(account.login)
        if before == account:
            return
        accounts.write_account(self._session, account)
        said = accounts.said_of(account)
        known = {} if before is None else accounts.said_of(before)
        fields = tuple(name for name, value in said.items() if known.get(name) != value)
        if before is not None and _MAY.intersection(fields):
            # on duty stood who they were: nobody is offered whom a step would refuse
            responders.end_duty(self._session, account.login)
        self._note("put", ACCOUNTS, None, [account.login], said, fields=fields)

    def put_password(self, login: str, kept: str) -> None:
        accounts.write_password(self._session, login, kept)
        # of the password not even a digest
        self._note("put", ACCOUNTS, None, [login], {"login": [login]}, fields=("password",))

    def put_token(self, token: Token) -> None:
        accounts.write_token(self._session, token)
        said = {"login": [token.login], "label": [token.label], "digest": [token.digest]}
        self._note("put", ACCOUNTS, None, [token.login], said, fields=("token",))

    def remove_token(self, login: str, number: int) -> None:
        accounts.remove_token(self._session, login, number)
        said: dict[str, Sequence[Any]] = {"login": [login], "number": [number]}
        self._note("remove", ACCOUNTS, None, [login], said, fields=("token",))
