"""What is posted and does not fit: why is said in the caller's language, for every body that the API takes."""

import contextlib
import itertools
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from pydantic import ValidationError

from api.app import declared_operations
from api.bodies import Body, document_of, schema_of
from api.unfit import REASONS
from spatial.errors import BadParameter
from tests import small_town

CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
WRONG: list[Any] = [
    None, True, 0, -1, 3.5, 10**40, 1e300, -1e300, float("nan"), float("inf"), "", "x", "x" * 5000, [], ["x"],
    [1.5] * 5000, {}, {"no_such_field": 1},
]  # fmt: skip
TOLD_APART = {"json_invalid", "missing", "extra_forbidden"}


def forms(kind: type[Body] = Body) -> Iterator[type[Body]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms(each)


def wrong_documents(form: type[Body]) -> Iterator[bytes]:
    yield from (b"", b"{", b'{"a": "\\ud800"}', b"[]", b"3", b"null", b'"x"')
    for name, value in itertools.product([*form.model_fields, "no_such_field"], WRONG):
        yield json.dumps({name: value}).encode()


def names_in(schema: Any) -> set[str]:
    """Return the names of fields and the codes of a schema, its nested ones too."""
    if isinstance(schema, list):
        return set().union(*map(names_in, schema))
    if not isinstance(schema, dict):
        return set()
    return {*schema.get("properties", {}), *map(str, schema.get("enum", ()))}.union(*map(names_in, schema.values()))


def refusals(form: type[Body]) -> list[BadParameter]:
    found = []
    for content in wrong_documents(form):
        try:
            document_of(content, form)
        except BadParameter as refused:
            found.append(refused)
    return found


def types_of_errors(form: type[Body]) -> set[str]:
    found: set[str] = set()
    for content in wrong_documents(form):
        with contextlib.suppress(BadParameter):
            try:
                form.model_validate_json(content)
            except ValidationError as refused:
                found |= {each["type"] for each in refused.errors()}
    return found


FORMS = list(forms())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_why_a_value_does_not_fit_is_said_in_both_languages(form: type[Body]) -> None:
    allowed = {*names_in(schema_of(form)), "no_such_field", "JSON", "true", "false"}
    refused = refusals(form)
    assert len(refused) > len(form.model_fields)
    for each in refused:
        assert set(re.findall(r"[A-Za-z]\w+", each.problem.zh)) <= allowed
        assert CJK.search(each.problem.zh)
        assert not CJK.search(str(each))


def test_every_type_of_error_that_a_body_has_is_said_in_its_own_sentence_and_no_other() -> None:
    assert set().union(*map(types_of_errors, FORMS)) == REASONS.keys() | TOLD_APART


def test_every_body_that_an_operation_declares_is_among_them() -> None:
    schemas = [schema_of(form) for form in FORMS]
    declared = [each.body for each in declared_operations().declared if each.body and each.body.get("type") == "object"]
    assert len(declared) >= 8
    assert all(body in schemas for body in declared)


def test_limits_and_choices_are_named(staff: httpx.Client) -> None:
    posted = {"lon": 105.4, "lat": 29.1, "crs": "mars", "kind": "0502", "note": "长" * 1001, "accuracy": -1}
    said = [
        staff.post("/incidents", json=posted, headers={"Accept-Language": language, "Idempotency-Key": "limits-1"})
        for language in ("zh", "en")
    ]
    assert [answer.status_code for answer in said] == [400, 400]
    assert said[0].json()["problem"] == (
        "字段 crs 不可用：须为 wgs84、cgcs2000、gcj02、bd09 之一；字段 accuracy 不可用：不得小于 0；"
        "字段 note 不可用：至多 1000 个字符"
    )
    assert said[1].json()["problem"] == (
        "The field crs cannot be used: it must be one of wgs84, cgcs2000, gcj02, bd09; "
        "The field accuracy cannot be used: it must be 0 at least; "
        "The field note cannot be used: it has 1000 characters at most"
    )


def test_a_floor_that_no_house_has_is_refused_by_its_name(staff: httpx.Client) -> None:
    lon, lat = small_town.IN_FIRST_GRID
    posted = {"lon": lon, "lat": lat, "kind": "0502", "floor": 400}
    headers = {"Accept-Language": "zh", "Idempotency-Key": "floor-1"}
    answer = staff.post("/incidents", json=posted, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["problem"] == "楼层须在 -10 至 200 之间"
