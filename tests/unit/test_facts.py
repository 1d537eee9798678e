"""The generators reproduce the table of figures, counted in a store."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.count import KINDS, Counts, count
from fixtures.districts import DISTRICTS
from fixtures.event_list import EVENT_LIST
from fixtures.facts import FIGURES, ORGANISATIONS, Certainty
from fixtures.load import write
from fixtures.town import SEED
from spatial.governance import EventCategory
from spatial.levels import MAIN_TREE
from spatial.store import open_store
from spatial.store.protocol import Store
from tests.districts import content


@pytest.fixture(scope="module")
def all_districts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("facts") / "all.gpkg"
    store = open_store(path, create=True)
    for district in DISTRICTS:
        write(store, content(district.slug), SEED)
    yield store
    store.close()


@pytest.fixture(scope="module")
def counts(all_districts: Store) -> Counts:
    return count(all_districts)


TABLE = [(district, kind) for district, figures in FIGURES.items() for kind in figures]


@pytest.mark.parametrize(("district", "kind"), TABLE, ids=[f"{district}: {kind}" for district, kind in TABLE])
def test_a_store_of_the_districts_holds_what_is_known_of_them(counts: Counts, district: str, kind: str) -> None:
    figure = FIGURES[district][kind]
    assert figure.holds(counts[district][kind]), f"{counts[district][kind]} counted, {figure.value} known"
    if figure.certainty is Certainty.AT_LEAST and not kind.startswith(("area.building", "incident.closed")):
        assert counts[district][kind] == figure.value, "the generators take the number in the table"


@pytest.mark.parametrize("district", FIGURES)
def test_every_figure_is_of_a_kind_that_is_counted(district: str) -> None:
    assert set(FIGURES[district]) <= set(KINDS)


NOTED = [(district, name) for district, organised in ORGANISATIONS.items() for name in organised]


@pytest.mark.parametrize(("district", "name"), NOTED, ids=[f"{district}: {name}" for district, name in NOTED])
def test_the_areas_of_a_district_note_its_organisations(district: str, name: str) -> None:
    notes = [json.loads(extra) for extra in content(district).trees[MAIN_TREE]["extra"] if extra]
    assert sum(note.get(name, 0) for note in notes) == ORGANISATIONS[district][name].figure.value


def test_every_district_says_that_it_is_synthetic(all_districts: Store) -> None:
    assert all(district.synthetic for district in all_districts.districts())
    assert all("Synthetic" in edition.note for edition in all_districts.editions())


def test_the_event_list_has_nine_categories_and_sixty_three_items() -> None:
    assert len(EVENT_LIST.items) == 63
    assert {item.category for item in EVENT_LIST.items.values()} == set(EventCategory)
    assert len(EventCategory) == 9
