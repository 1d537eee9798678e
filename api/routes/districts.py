"""The districts: where they are and in which edition they stand."""

from starlette.responses import Response

from api.answers import cache_control, etag, json_answer, matches, not_modified
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.service import Service
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS
from spatial.store.records import District, Edition, Query
from spatial.text import Text
from spatial.vocabulary import Audience, LevelSlug


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add(
        Operation(
            "listDistricts",
            "/districts",
            Text("各区县及其范围、城区和版本", "The districts, their boxes, their towns and their editions"),
            as_json("Districts"),
            audience=Audience.PUBLIC,
            tag="districts",
        ),
        districts,
    )


def districts(call: Call) -> Response:
    """List the districts in the order in which they were added."""
    store = call.service.store
    known = store.districts()
    newest = {edition.district: edition for edition in store.editions(tree=MAIN_TREE)}
    validator = etag(known, newest, store.revision(AREAS.id))
    control = cache_control(call.audience)
    if matches(call.held, validator):
        return not_modified(validator, control)
    return json_answer(
        {"districts": [_district(call.service, district, newest.get(district.slug)) for district in known]},
        headers={"ETag": validator, "Cache-Control": control},
    )


def _district(service: Service, district: District, edition: Edition | None) -> dict[str, object]:
    store = service.store
    box = store.extent(
        AREAS.id, Query(district=district.slug, tree=MAIN_TREE, equal={"level": LevelSlug.DISTRICT.value})
    )
    if box is None:
        box = store.extent(AREAS.id, Query(district=district.slug))
    return {
        "slug": district.slug,
        "code": district.code,
        "name": district.name.zh,
        "name_en": district.name.en,
        "centre": district.centre,
        "box": box or (*district.centre, *district.centre),
        "town": service.town(district.slug),
        "edition": edition.number if edition else None,
        "published_at": edition.published_at if edition else None,
        "synthetic": district.synthetic,
    }
