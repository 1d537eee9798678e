"""What can be asked of a store, part by part: small protocols that name no backend."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from spatial.accounts.account import Account
from spatial.accounts.secrets import Session, Token
from spatial.incidents.calendar import WorkingCalendar
from spatial.incidents.event_list import EventList
from spatial.incidents.records import Photo, StoredCase, StoredStep
from spatial.incidents.responders import Responder
from spatial.levels import Level
from spatial.points import Points
from spatial.responses.convening import Convened
from spatial.responses.response import Response
from spatial.store.records import Box, District, DutyHolder, Edition, Event, Hit, Query
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
