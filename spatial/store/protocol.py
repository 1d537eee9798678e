"""What a store is: its parts together, and the transaction, which is the only way to change it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from spatial.accounts.account import Account
from spatial.accounts.secrets import Token
from spatial.edits.change_set import ChangeSet
from spatial.incidents.event_list import EventList
from spatial.incidents.records import Answer, Photo, Picture, StoredCase
from spatial.incidents.steps import Case, Outcome, Step
from spatial.levels import MAIN_TREE, Level
from spatial.responses.convening import Convened
from spatial.responses.response import Response
from spatial.retention import Due
from spatial.store.parts import Accounts, Areas, Duties, Features, Incidents, Responders, Responses, Trail
from spatial.store.records import District, DutyHolder, Edition, Published
from spatial.table import Table


class Transaction(Incidents, Responses, Protocol):
    """The only way in which rows change. Each call that changes something appends its own event in the transaction.

    A value that its column cannot hold raises BadInput, a shape BadGeometry or BadPosition; polygons are kept as
    multi-polygons, in two dimensions, times in UTC to the millisecond. Areas, and the views of them, change by
    `publish` alone: `insert`, `update` and `delete` raise Refused for them.
    """

    def put_district(self, district: District, levels: Iterable[Level]) -> None:
        """Add a district and the levels of its trees, or replace the description and levels of one that is there."""

    def clear_district(self, district: str) -> None:
        """Remove a district with everything of it; no such district is a no-op."""

    def publish(self, district: str, areas: Table, tree: str = MAIN_TREE, note: str = "") -> Edition:
        """Make `areas` the whole of the next edition of a tree.

        Rows that are the same as in the edition before are not written again. Rows of other collections get their new
        `responsible` and `path` as by `publish_changes`. The columns `tree`, `from_edition` and
        `to_edition` of the table are not regarded. Raises NotFound for an unknown district, BadInput for a level that
        the tree does not have, DuplicateCode where a level has a code twice, Conflict for rows of another district.
        """

    def publish_changes(self, change: ChangeSet, note: str = "") -> Published:
        """Make the newest edition of a tree with a change set applied the next one.

        Rows with a `responsible` and a `path` whose place lies in the changed box get new ones, where the tree is the
        main one; incidents keep the owner and edition that they were first tagged with. Raises NotFound for an unknown
        district or tree, EditionMoved where the change set's base is not the newest edition, Conflict where its
        areas are not those of the store, InvalidCoverage and BrokenTiling where the result may not be published.
        """

    def insert(self, collection: str, rows: Table) -> int:
        """Add rows; raises DuplicateCode naming the first codes that are taken, NotFound for an unknown district.

        Incidents that come with a `responsible` area and no first one have it as their first, with the newest edition.
        """

    def update(self, collection: str, district: str, code: str, changes: Mapping[str, Any]) -> None:
        """Change columns (or `geometry`) of one row; raises NotFound where there is no such row.

        Raises DuplicateCode where a new `code` is taken, BadParameter for a change of `district`.
        """

    def delete(self, collection: str, district: str, codes: Sequence[str]) -> int:
        """Remove rows and return how many there were; a code that is not there is a no-op.

        The case, the history and the photos of an incident go with it; its events stay.
        """

    def newest_edition(self, district: str) -> int:
        """Return the number of the newest edition of a district's main tree, 0 where it has none.

        Nobody publishes another before the transaction ends: to be asked before `case`, since a publication locks in
        that order too. Raises NotFound for an unknown district.
        """

    def open_incident(
        self, row: Table, case: Case, step: Step, list_version: str, tag: Mapping[str, Any]
    ) -> StoredCase:
        """Add one incident with its case and the first line of its history, and give it the next code of its day."""

    def step(
        self,
        stored: StoredCase,
        outcome: Outcome,
        columns: Mapping[str, Any] | None = None,
        tag: Mapping[str, Any] | None = None,
    ) -> StoredCase:
        """Keep what a step makes of a case that `case` returned in this transaction, and its line of the history.

        `columns`: what changes beside, as a new place and owner. `tag`: how it is tagged now, None as before.
        """

    def put_histories(self, district: str, histories: Sequence[tuple[StoredCase, Sequence[Step]]]) -> int:
        """Keep the cases and histories that incidents come with, and return how many steps they have.

        The rows are there already, as the last step left them. One event for all of them; raises Conflict for an
        incident that has a history, NotFound for an unknown district.
        """

    def add_photo(self, district: str, code: str, picture: Picture, at: datetime) -> Photo:
        """Keep a photo of an incident that is there; its bytes are in no event."""

    def open_response(self, response: Response, convened: Sequence[Convened] | None = None) -> Response:
        """Keep a response that is switched on, and give it the next code of its year where it has none.

        One that has ended already, as of a history, is kept with its end. `convened`: its roster. Raises NotFound for
        an unknown district.
        """

    def end_response(self, response: Response, at: datetime, by: str, report: str) -> Response:
        """Switch off a response that `response` returned in this transaction, with its report; raises Stale."""

    def put_event_list(self, district: str, event_list: EventList) -> None:
        """Put an event list in force.

        Raises BadInput where its version is known and says something else, and for a limit that the calendar in force
        does not count.
        """

    def put_calendar(self, district: str, document: Mapping[str, Any]) -> None:
        """Put a working calendar in force, as its JSON says; raises BadInput, also where it cannot count a limit."""

    def answer(self, request: str) -> Answer | None:
        """Return what this actor was answered to a request with that key, None where there was none."""

    def remember(self, request: str, answer: Answer) -> None:
        """Keep what this actor was answered, with what was changed or not at all; old answers go."""

    def account(self, login: str) -> Account | None:
        """Return the account of a login as it is kept (lower case), None where there is none."""

    def put_account(self, account: Account) -> None:
        """Add an account, or change the one of its login; its password stays. A disabled one loses its sessions."""

    def put_password(self, login: str, kept: str) -> None:
        """Give an account the hash of another password; its sessions end. Raises NotFound."""

    def put_token(self, token: Token) -> None:
        """Add a token of an account; raises NotFound."""

    def remove_token(self, login: str, number: int) -> None:
        """Take a token back; raises NotFound."""

    def erase(self, due: Due) -> Mapping[str, int]:
        """Erase what is due, and return how many rows of each table it was; digests stay, so that the chain holds."""

    def put_duty_holders(self, holders: Iterable[DutyHolder]) -> int:
        """Add posts, or replace those of the same (district, code)."""


class Store(Features, Areas, Duties, Trail, Incidents, Responses, Accounts, Responders, Protocol):
    """The whole of a store. Safe to use from several threads."""

    url: str

    def write(self, actor: str) -> AbstractContextManager[Transaction]:
        """Open the one writing transaction: all of it is kept when the block ends, none of it when it raises.

        A read inside the block sees the state before it; a `write` inside it raises Conflict. Raises StoreUnavailable
        where others hold the store for too long, NoSpace where the disk is full.
        """

    def ping(self) -> None:
        """Return where the store answers; raises StoreUnavailable where it does not."""

    def backup(self, target: Path) -> Iterator[float]:
        """Write a consistent copy of the live store to a new file, yielding progress from 0 to 1.

        The copy is a GeoPackage whatever the kind of store, and can be restored into either kind. Raises Conflict where
        the target exists, NotFound where its folder does not; a copy that failed halfway or was given up is removed.
        """

    def close(self) -> None:
        """Let go of connections and files."""
