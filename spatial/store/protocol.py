"""What a store is: small protocols that name no backend."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from spatial.accounts.account import Account
from spatial.accounts.secrets import Session, Token
from spatial.edits.change_set import ChangeSet
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventList
from spatial.incidents.records import Answer, Photo, Picture, StoredCase, StoredStep
from spatial.incidents.responders import Responder
from spatial.incidents.steps import Case, Outcome, Step
from spatial.levels import MAIN_TREE, Level
from spatial.points import Points
from spatial.responses.convening import Convened
from spatial.responses.response import Response
from spatial.retention import Due
from spatial.store.records import Box, District, DutyHolder, Edition, Event, Hit, Published, Query
from spatial.table import Table


class Features(Protocol):
    """Reading the rows of the collections."""

    def read(self, collection: str, query: Query = Query()) -> Table:
        """Return the rows that a query wants, columns in the schema's order after `row` (the key for `after`, int)."""

    def read_points(self, collection: str, query: Query = Query()) -> Points:
        """Return what `read` returns of a collection of points, by column, several times as fast where it is much.

        Raises BadParameter for a collection whose geometries are no points; `shapes` is not regarded.
        """

    def count(self, collection: str, query: Query = Query()) -> int:
        """Return how many rows a query wants; its limit and `after` are not regarded."""

    def tally(self, collection: str, by: Sequence[str], query: Query = Query()) -> dict[tuple[Any, ...], int]:
        """Return how many rows there are for each combination of values of the columns `by`."""

    def extent(self, collection: str, query: Query = Query()) -> Box | None:
        """Return the bounding box of the rows that a query wants, None where there are none."""

    def search(self, text: str, query: Query = Query(), collections: Sequence[str] = ()) -> list[Hit]:
        """Return rows whose code begins with, or whose name contains, the text; exact and shorter names first.

        Upper and lower case are the same, and no letter is a wildcard. Searches every stored collection where none is
        named; returns 20 hits at most where the query has no limit. Rows without a place are left out.
        """

    def revision(self, collection: str) -> int:
        """Return a number that grows whenever a row of the collection changes: the key of every cache over it.

        0 where nothing was ever written. It does not come back to an older value when a backup is restored.
        """


class Areas(Protocol):
    """Districts, levels and editions."""

    def districts(self) -> list[District]:
        """Return the districts, in the order in which they were added."""

    def levels(self, district: str | None = None, tree: str | None = None) -> list[Level]:
        """Return levels, top down within each tree."""

    def editions(self, district: str | None = None, tree: str | None = None) -> list[Edition]:
        """Return editions, oldest first within each tree; in the order of district and tree."""


class Duties(Protocol):
    """The posts of the chain."""

    def duty_holders(
        self,
        district: str | None = None,
        areas: Sequence[str] = (),
        paths: Sequence[str] = (),
    ) -> list[DutyHolder]:
        """Return posts, restricted to those that answer for one of `areas` or for one at or below one of `paths`.

        They come in the order of district and code.
        """

    def duty_tally(self) -> dict[tuple[str, str, bool], int]:
        """Return how many posts there are for each (district, post, vacant)."""


class Listener(Protocol):
    """Hears that events were written, by whichever process. Used by one thread at a time."""

    def heard(self, timeout_s: float) -> int | None:
        """Wait until events are written, `timeout_s` seconds at most, and return the id of the last one heard of.

        None where nothing was heard. What is heard is a hint and may be late, doubled or missing: who needs all events
        reads the trail, behind the last one that it has. The first call, and the first one after an error, returns
        the end of the trail at once, since nobody knows what was missed before. Raises StoreUnavailable where nothing
        can be heard, or not any more: call it again after a while, and look at the trail meanwhile.
        """

    def close(self) -> None:
        """Stop listening; once `heard` has returned."""


class Trail(Protocol):
    """What happened, and who looked."""

    def events(self, after: int = 0, limit: int = 1000) -> list[Event]:
        """Return events with an id above `after`, in the order of their ids."""

    def listener(self) -> Listener:
        """Return a listener of its own; whoever asked for it closes it before the store is closed."""

    def verify_events(self) -> int | None:
        """Return None where the chain of hashes holds, else the id of the first event that is altered or missing."""

    def verify_histories(self) -> tuple[str, str] | None:
        """Return None where the histories have those lines that the events tell of, by act and actor and in order.

        Of lines that came whole with their incident, role, states and time are compared too.

        Else the district and the code of the first incident that has others; the code is empty where it cannot be known
        of which incident lines are missing. It relies on the events: ask `verify_events` first.
        """

    def log_access(self, at: datetime, actor: str, what: str, district: str | None, count: int) -> None:
        """Note that somebody looked at camera sites or duty holders; kept outside the events."""

    def access_log(self, limit: int = 1000) -> list[tuple[datetime, str, str, str | None, int]]:
        """Return the newest notes of who looked at what."""


class Incidents(Protocol):
    """Incidents beyond their rows: cases, histories, and what is in force for them."""

    def case(self, district: str, code: str) -> StoredCase:
        """Return the case of an incident; raises NotFound. In a transaction nobody else changes it until it ends."""

    def steps(self, district: str, code: str) -> list[StoredStep]:
        """Return the history of an incident, oldest first; one that was imported has none until its first step."""

    def histories(self, district: str) -> dict[str, list[StoredStep]]:
        """Return the history of each incident of a district that has one, by its code; each oldest first."""

    def escalated(self, district: str | None = None, codes: Sequence[str] | None = None) -> dict[tuple[str, str], str]:
        """Return the path of the area whose centre has each incident that was escalated, by its district and code.

        It lies above the area that answers for the place. `codes`: of these incidents alone.
        """

    def reopenings(self, district: str | None = None) -> list[tuple[str, str, datetime]]:
        """Return the district and the code of each incident that was reopened, and when, as often as it was.

        One that was taken back is left out.
        """

    def photos(self, district: str, code: str) -> list[Photo]:
        """Return the photos of an incident without their bytes, oldest first, those that were erased among them."""

    def photo(self, district: str, code: str, number: int) -> bytes | None:
        """Return the JPEG of a photo, None where there is none, or not any more."""

    def event_list(self, district: str, version: str | None = None) -> EventList | None:
        """Return the event list in force, or one version of it; None where the district has none."""

    def calendar(self, district: str) -> WorkingCalendar:
        """Return the working calendar in force; the usual one where the district has none of its own."""


class Accounts(Protocol):
    """Who may sign in, who has, and the tokens of programs. Sessions come and go without an event."""

    def accounts(self) -> list[Account]:
        """Return the accounts, in the order in which they were made."""

    def account(self, login: str) -> Account | None:
        """Return the account of a login as it is kept (lower case), None where there is none."""

    def accounts_named(self, logins: Collection[str]) -> list[Account]:
        """Return the accounts of some logins, in the order in which they were made; those not there are left out."""

    def password(self, login: str) -> str | None:
        """Return the hash of an account's password, None where there is no account, or none with a password."""

    def tokens(self, login: str) -> list[Token]:
        """Return the tokens of an account, oldest first, those that have expired among them."""

    def token(self, digest: str) -> tuple[Token, Account] | None:
        """Return a token with its account as it is now, None where there is none."""

    def session(self, digest: str) -> tuple[Session, Account] | None:
        """Return a session with its account as it is now, None where there is none."""

    def start_session(self, session: Session) -> None:
        """Keep a session of an account that is there."""

    def touch_session(self, digest: str, seen_at: datetime) -> None:
        """Note when a session was last heard of; one that is not there is no matter."""

    def end_session(self, digest: str) -> None:
        """Forget a session; one that is not there is no matter."""


class Responders(Protocol):
    """Who is on duty, and where they were last: in no event, and erased when it is due."""

    def responders(self, district: str | None = None) -> list[Responder]:
        """Return those who are on duty."""

    def responder(self, account: str) -> Responder | None:
        """Return what is known of an account as a responder, None where nothing is."""

    def put_responder(self, responder: Responder) -> None:
        """Keep what is known of a responder, in place of what was; raises NotFound for an unknown district."""

    def put_duty(self, responder: Responder) -> Responder:
        """Keep who somebody is and whether they are on duty, and return what is kept of them.

        Who is on duty already stays so since then and keeps their position; off duty it is erased. The position of
        `responder` is not regarded. Raises NotFound for an unknown district.
        """

    def put_position(
        self, account: str, lon: float, lat: float, accuracy_m: float | None, seen_at: datetime
    ) -> Responder | None:
        """Keep where somebody is, in WGS 84 degrees, and return what is kept of them; off duty that is nothing, None.

        Whether they are on duty is asked as it is written: a position under way is not kept after them.
        """

    def forget_positions(self, before: datetime) -> int:
        """Erase positions that were seen before a time, and return how many there were."""


class Responses(Protocol):
    """Graded responses, those that are on and those that were."""

    def responses(self, district: str | None = None) -> list[Response]:
        """Return responses, the latest first."""

    def response(self, district: str, code: str) -> Response:
        """Return one response; raises NotFound. In a transaction nobody else changes it until it ends."""

    def roster(self, district: str, code: str) -> list[Convened] | None:
        """Return who was convened when a response was switched on; raises NotFound.

        None where that is not kept: it was erased, or the response was switched on before it was noted.
        """


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
