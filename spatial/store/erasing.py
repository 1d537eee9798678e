"""Erasing what is due. Part of the transaction of both stores: each kind leaves one event, and the chain holds."""

from datetime import datetime

from spatial.retention import Due
from spatial.schema import INCIDENTS, ColumnType
from spatial.store import photos, responders
from spatial.store.conversion import milliseconds
from spatial.store.noting import Noting
from spatial.store.responses import OPENED, RESPONSES, ROSTER


class Erasing(Noting):
    """What a transaction can erase."""

    def erase(self, due: Due) -> dict[str, int]:
        erased = {
            "positions": responders.forget_positions(self._session, due.positions),
            "access_log": self._gone("access_log", "at < ?", due.access_log),
            "answers": self._gone("answers", "at < ?", due.answers),
            "sessions": self._gone(
                "sessions", "started_at <= ? OR seen_at <= ?", due.sessions_started, due.sessions_seen
            ),
            "tokens": self._gone("tokens", "expires_at <= ?", due.tokens),
            "photos": photos.forget(self._session, due.photos),
        }
        for name, count in erased.items():
            if count:
                self._note("erase", name, None, [], {}, count=count)
        erased["incident_steps"] = 0 if due.steps is None else self._erase_steps(due.steps)
        erased["response_rosters"] = 0 if due.steps is None else self._erase_rosters(due.steps)
        return erased

    def _gone(self, table: str, test: str, *moments: datetime) -> int:
        at = [self._session.dialect.encode(ColumnType.TIME, milliseconds(moment)) for moment in moments]
        return self._session.execute(f"DELETE FROM {table} WHERE {test}", at)

    def _erase_steps(self, closed_before: datetime) -> int:
        """Erase reasons and details of incidents that were closed before a time, and the salts of their digests."""
        table = self._session.dialect.table(INCIDENTS.id)
        at = self._session.dialect.encode(ColumnType.TIME, milliseconds(closed_before))
        found = self._session.rows(
            f"SELECT DISTINCT i.district, i.code FROM {table} i JOIN incident_steps s "
            "ON s.district = i.district AND s.incident = i.code "
            "WHERE i.closed_at < ? AND (s.reason IS NOT NULL OR s.details IS NOT NULL) ORDER BY 1, 2",
            (at,),
        )
        by_district: dict[str, list[str]] = {}
        for district, code in found:
            by_district.setdefault(district, []).append(code)
        if not found:
            return 0
        erased = self._session.execute(
            "UPDATE incident_steps SET reason = NULL, details = NULL WHERE (reason IS NOT NULL OR details IS NOT NULL) "
            f"AND EXISTS (SELECT 1 FROM {table} i WHERE i.district = incident_steps.district "
            "AND i.code = incident_steps.incident AND i.closed_at < ?)",
            (at,),
        )
        # with its salt, a digest would still tell whoever guesses the words that they guessed right; codes is a JSON
        # list, of which the events of a history name one
        self._session.execute(
            "DELETE FROM event_salts WHERE event IN (SELECT e.id FROM events e "
            f"JOIN {table} i ON i.district = e.district AND i.code = substr(e.codes, 3, length(e.codes) - 4) "
            "WHERE e.collection = ? AND i.closed_at < ?)",
            (INCIDENTS.id, at),
        )
        for district, codes in by_district.items():
            self._note("erase", "incident_steps", district, codes, {}, fields=("reason", "details"))
        return erased

    def _erase_rosters(self, closed_before: datetime) -> int:
        """Erase who was convened by responses that ended before a time, and the salts of the digests of that."""
        at = self._session.dialect.encode(ColumnType.TIME, milliseconds(closed_before))
        ended = f"closed_at < ? AND {ROSTER} IS NOT NULL"
        by_district: dict[str, list[str]] = {}
        for district, code in self._session.rows(
            f"SELECT district, code FROM {RESPONSES} WHERE {ended} ORDER BY district, code", (at,)
        ):
            by_district.setdefault(district, []).append(code)
        if not by_district:
            return 0
        self._session.execute(
            "DELETE FROM event_salts WHERE event IN (SELECT e.id FROM events e "
            f"JOIN {RESPONSES} r ON r.district = e.district AND r.code = substr(e.codes, 3, length(e.codes) - 4) "
            f"WHERE e.collection = ? AND e.action = ? AND r.closed_at < ? AND r.{ROSTER} IS NOT NULL)",
            (RESPONSES, OPENED, at),
        )
        erased = self._session.execute(f"UPDATE {RESPONSES} SET {ROSTER} = NULL WHERE {ended}", (at,))
        # by a name of its own: whoever hears of responses is told of those that are switched
        for district, codes in by_district.items():
            self._note("erase", "response_rosters", district, codes, {}, fields=(ROSTER,))
        return erased
