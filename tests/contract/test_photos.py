"""Photos in a store: kept once, told without their bytes, copied, and erased when due with the chain still holding."""

from datetime import timedelta
from pathlib import Path

import pytest

from spatial.errors import GridscapeError, KeyReused, LimitExceeded, NotFound, Refused
from spatial.governance import Role
from spatial.incidents.answers import Key
from spatial.incidents.photos import MOST_PHOTOS, Place, add_photo
from spatial.incidents.records import Photo, Picture
from spatial.incidents.steps import Person
from spatial.retention import due
from spatial.store import WholeStore, open_store, restore
from tests.contract.sample import AT, report, with_districts

FIELD, READER = Person("field", Role.WORKER), Person("reader", Role.VIEWER)


def picture(number: int = 0) -> Picture:
    # every byte, so that no driver takes it for text
    return Picture(bytes(range(256)) * 40 + bytes([number]), 64, 48)


def told(photo: Photo) -> dict[str, int]:
    return {"id": photo.number}


def add(
    store: WholeStore, code: str, number: int = 0, who: Person = FIELD, **more: object
) -> tuple[int, dict[str, int]]:
    return add_photo(store, Place("luxian", code), picture(number), who, AT, told, **more)  # type: ignore[arg-type]


def test_a_photo_is_kept_with_who_added_it_and_its_event_tells_nothing_of_it(store: WholeStore) -> None:
    code = report(with_districts(store)).code
    assert store.photos("luxian", code) == []
    assert add(store, code) == (201, {"id": 1})
    assert add(store, code, 1) == (201, {"id": 2})
    assert store.photos("luxian", code)[0] == Photo(1, AT, "field", 64, 48, picture().digest)
    assert store.photo("luxian", code, 1) == picture().content
    assert store.photo("luxian", code, 3) is None
    event = store.events()[-1]
    assert (event.action, event.collection, event.codes, event.fields) == ("photo", "incidents", (code,), ("photos",))
    assert store.verify_events() is None


def test_the_same_photo_is_kept_once_and_the_same_request_is_answered_once(store: WholeStore) -> None:
    code = report(with_districts(store)).code
    assert add(store, code, key=Key.of("k", "one")) == (201, {"id": 1})
    events = store.events()
    assert add(store, code, key=Key.of("k", "one")) == (201, {"id": 1})
    assert store.events() == events
    assert add(store, code, key=Key.of("other", "one")) == (200, {"id": 1})
    assert len(store.photos("luxian", code)) == 1
    with pytest.raises(KeyReused):
        add(store, code, 1, key=Key.of("k", "two"))


def test_there_is_an_end_to_how_many(store: WholeStore) -> None:
    code = report(with_districts(store)).code
    for number in range(MOST_PHOTOS):
        add(store, code, number)
    with pytest.raises(LimitExceeded):
        add(store, code, MOST_PHOTOS)
    assert len(store.photos("luxian", code)) == MOST_PHOTOS


@pytest.mark.parametrize(
    ("who", "scope", "code", "error"),
    [
        (READER, (), None, Refused),
        (FIELD, ("/510521/b",), None, NotFound),
        (FIELD, (), "SJ-0", NotFound),
    ],
)
def test_who_may_not_adds_nothing(
    store: WholeStore, who: Person, scope: tuple[str, ...], code: str | None, error: type[GridscapeError]
) -> None:
    known = report(with_districts(store)).code
    before = store.events()
    with pytest.raises(error):
        add(store, code or known, who=who, scope=scope)
    assert store.events() == before


def test_a_photo_that_is_due_is_erased_and_that_there_was_one_stays_known(store: WholeStore) -> None:
    code = report(with_districts(store)).code
    add(store, code)
    with store.write("field") as tx:
        recent = tx.add_photo("luxian", code, picture(1), AT + timedelta(days=300))
    before = store.events()
    with store.write("retention") as tx:
        assert tx.erase(due(AT + timedelta(days=366)))["photos"] == 1
    first, second = store.photos("luxian", code)
    assert (first.number, first.actor, first.digest) == (1, "field", None)
    assert second == recent
    assert store.photo("luxian", code, 1) is None
    assert store.photo("luxian", code, 2) == picture(1).content
    assert store.events()[: len(before)] == before
    assert store.verify_events() is None
    with store.write("retention") as tx:
        assert tx.erase(due(AT + timedelta(days=366)))["photos"] == 0


def test_photos_come_along_in_a_backup_of_either_store(store: WholeStore, tmp_path: Path) -> None:
    code = report(with_districts(store)).code
    for number in range(3):
        add(store, code, number)
    for _ in store.backup(tmp_path / "copy.gpkg"):
        pass
    for _ in restore(tmp_path / "copy.gpkg", tmp_path / "back.gpkg"):
        pass
    restored = open_store(tmp_path / "back.gpkg")
    assert restored.photos("luxian", code) == store.photos("luxian", code)
    assert restored.photo("luxian", code, 3) == picture(2).content
    restored.close()


def test_photos_cross_from_one_kind_of_store_into_the_other(
    store: WholeStore, postgis_url: str, tmp_path: Path
) -> None:
    if store.url == postgis_url:
        return  # the backup above has crossed from PostGIS to a GeoPackage
    code = report(with_districts(store)).code
    add(store, code)
    for _ in store.backup(tmp_path / "copy.gpkg"):
        pass
    for _ in restore(tmp_path / "copy.gpkg", postgis_url):
        pass
    restored = open_store(postgis_url)
    assert restored.photo("luxian", code, 1) == picture().content
    restored.close()


def test_a_district_that_is_cleared_takes_its_photos_along(store: WholeStore) -> None:
    code = report(with_districts(store)).code
    add(store, code)
    with store.write("tester") as tx:
        tx.clear_district("luxian")
    assert store.photos("luxian", code) == []
