"""The definition of the API: it is valid, complete, and every answer keeps to it."""

import json

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.app import declared_operations
from api.openapi.document import document
from api.operations import Operation
from api.parameters import LIMIT_DEFAULT, LIMIT_MAXIMUM
from spatial.vocabulary import Audience
from tests.api.test_audience import ASKED_ELSEWHERE, address_of, answer_of

OPERATIONS = [operation for operation in declared_operations().declared if operation.documented]
HEADERS = ("Idempotency-Key", "If-Match", "X-CSRF-Token")
EMPTY_HERE = {"ground"}
"""Collections without a row in the small town."""


@pytest.mark.parametrize("audience", list(Audience))
def test_the_definition_is_valid_openapi(audience: Audience) -> None:
    made = json.loads(json.dumps(document(OPERATIONS, audience, "http://127.0.0.1:8000")))
    assert list(OpenAPIV31SpecValidator(made).iter_errors()) == []


def test_every_documented_operation_has_an_id_of_its_own_and_says_what_it_answers(staff: httpx.Client) -> None:
    described = [each for path in staff.get("/api").json()["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in described}) == len(described) == len(OPERATIONS)
    assert all(each["responses"]["200"]["content"] for each in described)
    assert all(each["summary"] and each["description"] for each in described)


@pytest.mark.parametrize(
    "operation", [each for each in OPERATIONS if each.id not in ASKED_ELSEWHERE], ids=lambda operation: operation.id
)
def test_answers_keep_to_their_schema(operation: Operation, staff: httpx.Client) -> None:
    if any(f"/{name}/items/{{" in operation.path for name in EMPTY_HERE):
        assert staff.get(address_of(operation)).status_code == 404
        return
    answer = answer_of(staff, operation, "application/json")
    definition = staff.get("/api").json()
    described = definition["paths"][operation.path][operation.method.lower()]["responses"]
    if answer.status_code == 204:
        assert "204" in described
        return
    assert answer.status_code == 200
    media_type = answer.headers["content-type"]
    assert media_type in described["200"]["content"]
    if media_type.partition(";")[0].endswith("json"):
        schema = {**described["200"]["content"][media_type]["schema"], "components": definition["components"]}
        wrong = [f"{error.json_path}: {error.message}" for error in OAS31Validator(schema).iter_errors(answer.json())]
        assert wrong == []


def test_problems_keep_to_their_schema(public: httpx.Client) -> None:
    definition = public.get("/api").json()
    schema = {"$ref": "#/components/schemas/Problem", "components": definition["components"]}
    for address in ("/locate", "/collections/nothing", "/nothing"):
        OAS31Validator(schema).validate(public.get(address).json())


def test_tilejson_keeps_to_its_schema(public: httpx.Client) -> None:
    definition = public.get("/api").json()
    schema = {"$ref": "#/components/schemas/TileJson", "components": definition["components"]}
    OAS31Validator(schema).validate(public.get("/collections/areas/tiles/WebMercatorQuad?f=tilejson").json())


def test_the_page_size_stands_where_qgis_looks_for_it(public: httpx.Client) -> None:
    limit = public.get("/api").json()["components"]["parameters"]["limit"]["schema"]
    assert (limit["default"], limit["maximum"]) == (LIMIT_DEFAULT, LIMIT_MAXIMUM)


def test_every_parameter_of_an_operation_is_documented(staff: httpx.Client) -> None:
    definition = staff.get("/api").json()
    shared = definition["components"]["parameters"]
    for operation in OPERATIONS:
        named = set()
        for parameter in definition["paths"][operation.path][operation.method.lower()]["parameters"]:
            found = shared[parameter["$ref"].rsplit("/", 1)[1]] if "$ref" in parameter else parameter
            named.add(found["name"])
        headers = {
            name
            for name, needed in zip(HEADERS, (operation.keyed, operation.conditional, operation.changes), strict=True)
            if needed
        }
        assert named == {parameter.name for parameter in operation.parameters} | set(operation.steps) | headers
