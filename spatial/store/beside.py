"""What a store keeps beside the trail: looks at what is watched, sessions, and where
responders are. Part of both stores."""

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager
from datetime import datetime

from spatial.accounts.secrets import Session as SignedIn
from spatial.incidents.responders import Responder
from spatial.schema import ColumnType
from spatial.store import accounts, responders
from spatial.store.conversion import milliseconds
from spatial.store.session import Session


class BesideTheTrail(ABC):
    """Writes that leave no event."""

    @abstractmethod
    def aside(self) -> AbstractContextManager[Session]:
        """Open a transaction that appends no event."""

    def log_access(self, at: datetime, actor: str, what: str, district: str | None, count: int) -> None:
        with self.aside() as session:
            moment = session.dialect.encode(ColumnType.TIME, milliseconds(at))
            row = (moment, actor, what, district, count)
            session.append("access_log", ("at", "actor", "what", "district", "count"), [row])

    def start_session(self, session: SignedIn) -> None:
        with self.aside() as writing:
            accounts.start_session(writing, session)

    def touch_session(self, digest: str, seen_at: datetime) -> None:
        with self.aside() as writing:
            accounts.touch_session(writing, digest, seen_at)

    def end_session(self, digest: str) -> None:
        with self.aside() as writing:
            accounts.end_session(writing, digest)

    def put_responder(self, responder: Responder) -> None:
        with self.aside() as writing:
            responders.put_responder(writing, responder)

    def put_duty(self, responder: Responder) -> Responder:
        with self.aside() as writing:
            return responders.put_duty(writing, responder)

    def put_position(
        self, account: str, lon: float, lat: float, accuracy_m: float | None, seen_at: datetime
    ) -> Responder | None:
        with self.aside() as writing:
            return responders.put_position(writing, account, lon, lat, accuracy_m, seen_at)

    def forget_positions(self, before: datetime) -> int:
        with self.aside() as writing:
            return responders.forget_positions(writing, before)
