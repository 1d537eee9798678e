"""People who can be sent, for tests that send somebody: nobody is sent who has no account."""

from spatial.accounts.account import new_account
from spatial.governance import Role
from spatial.store.protocol import Store


def with_workers(store: Store, path: str = "/510521", /, **names: str) -> Store:
    """Put workers into a store whom one area bounds, each a login with a name; Luxian bounds them where none is."""
    with store.write("test") as tx:
        for login, name in names.items():
            tx.put_account(new_account(login, name, Role.WORKER, [path]))
    return store
