"""Qibin's history of graded responses, counted from its rows: 21 activations and 350 days, in the store and as told."""

import csv
import io
from collections import Counter
from itertools import pairwise

import httpx

from api.app import create_app
from api.settings import Settings
from fixtures.town import NOW
from spatial.levels import MAIN_TREE
from spatial.responses.ledger import span
from spatial.schema import AREAS
from spatial.store.protocol import Store
from spatial.store.records import Query
from tests.api.serving import serving
from tests.districts import content

ACTIVATIONS, DAYS = 21, 350


def with_history(store: Store) -> None:
    """Write what the ledger needs of Qibin: its areas, and its responses as the fixtures make them."""
    qibin = content("qibin")
    with store.write("fixtures") as tx:
        tx.put_district(qibin.district, qibin.levels)
        tx.publish("qibin", qibin.trees[MAIN_TREE])
        for response in qibin.responses:
            tx.open_response(response)


def test_the_ledger_of_qibin_has_its_21_activations_and_350_days(store: Store) -> None:
    with_history(store)
    with serving(create_app(store, Settings(open_demo=True))) as address, httpx.Client(base_url=address) as client:
        told = client.get("/responses", params={"district": "qibin"}).json()
        file = client.get("/responses/ledger.csv", params={"district": "qibin"}).content.decode("utf-8-sig")
    ledger = told["ledger"]
    assert (ledger["activations"], ledger["days"]) == (ACTIVATIONS, DAYS)
    for lines in (ledger["by_level"], ledger["by_year"]):
        assert sum(line["activations"] for line in lines) == ACTIVATIONS
        assert sum(line["days"] for line in lines) == DAYS
    rows = list(csv.DictReader(io.StringIO(file)))
    assert (len(rows), sum(int(row["days"]) for row in rows)) == (ACTIVATIONS, DAYS)
    assert len({row["code"] for row in rows}) == ACTIVATIONS
    levels = Counter(int(row["level"]) for row in rows)
    assert [line["activations"] for line in ledger["by_level"]] == [levels[level] for level in (1, 2, 3)]


def test_the_history_is_over_says_that_it_is_synthetic_and_lies_in_areas_of_the_district(store: Store) -> None:
    with_history(store)
    responses = store.responses("qibin")
    spans = sorted(span(each, NOW) for each in responses)
    assert spans[0][0].year == 2022
    assert all(last < first for (_, last), (first, _) in pairwise(spans)), "two at once"
    assert all(not each.active and each.closed_at is not None and each.closed_at < NOW for each in responses)
    assert all("合成" in each.reason and "synthetic" in each.reason for each in responses)
    known = store.read(AREAS.id, Query("qibin", columns=("path",), shapes=False))["path"]
    assert {each.path for each in responses} <= set(known)
