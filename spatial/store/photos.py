"""Photos of incidents in a store: their bytes stand in a table of their own and in no event."""

from datetime import datetime
from typing import Any

from spatial.incidents.records import Photo, Picture
from spatial.schema import INCIDENTS, ColumnType
from spatial.store.cases import Readable
from spatial.store.conversion import milliseconds
from spatial.store.noting import Noting
from spatial.store.session import Session

ADDED = "photo"
"""The action of the event that a photo leaves."""

_TOLD = ("number", "at", "actor", "width", "height", "digest")


class PhotoWriting(Noting):
    """What a transaction can do with photos."""

    _actor: str

    def photos(self, district: str, code: str) -> list[Photo]:
        return photos_of(self._session, district, code)

    def photo(self, district: str, code: str, number: int) -> bytes | None:
        return content_of(self._session, district, code, number)

    def add_photo(self, district: str, code: str, picture: Picture, at: datetime) -> Photo:
        number = len(self.photos(district, code)) + 1
        photo = Photo(number, milliseconds(at), self._actor, picture.width, picture.height, picture.digest)
        moment = self._session.dialect.encode(ColumnType.TIME, photo.at)
        row = (district, code, number, moment, photo.actor, photo.width, photo.height, photo.digest, picture.content)
        self._session.append("photos", ("district", "incident", *_TOLD, "content"), [row])
        content: dict[str, list[Any]] = {"photo": [number], "photo_digest": [photo.digest]}
        self._note(ADDED, INCIDENTS.id, district, [code], content, fields=("photos",), count=1)
        return photo


def photos_of(reader: Readable, district: str, code: str) -> list[Photo]:
    """Return the photos of an incident without their bytes, oldest first."""
    rows = reader.rows(
        f"SELECT {', '.join(_TOLD)} FROM photos WHERE district = ? AND incident = ? ORDER BY number", (district, code)
    )
    found = []
    for number, at, actor, width, height, digest in rows:
        moment: datetime = reader.dialect.decode(ColumnType.TIME, [at])[0]
        found.append(Photo(int(number), milliseconds(moment), actor, int(width), int(height), digest))
    return found


def content_of(reader: Readable, district: str, code: str, number: int) -> bytes | None:
    """Return the bytes of a photo, None where there is none, or not any more."""
    rows = reader.rows(
        "SELECT content FROM photos WHERE district = ? AND incident = ? AND number = ?", (district, code, number)
    )
    return None if not rows or rows[0][0] is None else bytes(rows[0][0])


def forget(session: Session, before: datetime) -> int:
    """Erase the bytes of photos that were added before a time, and return how many; that there was one stays known."""
    at = session.dialect.encode(ColumnType.TIME, milliseconds(before))
    erased = session.execute(
        "UPDATE photos SET content = NULL, digest = NULL WHERE at < ? AND content IS NOT NULL", (at,)
    )
    if erased:
        # with its salt, the digest of the event would still tell whoever has the picture that it was this one
        session.execute(
            "DELETE FROM event_salts WHERE event IN "
            "(SELECT id FROM events WHERE collection = ? AND action = ? AND at < ?)",
            (INCIDENTS.id, ADDED, at),
        )
    return erased
