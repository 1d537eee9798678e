"""The district and the areas that a request names: those that are not there for the caller are 404."""

from api.incident_parameters import AREAS as AREA_PATHS
from api.operations import Call
from api.parameters import DISTRICT
from spatial.errors import NotFound, no_district
from spatial.levels import MAIN_TREE
from spatial.schema import AREAS
from spatial.store.records import District, Query
from spatial.text import Text


def asked_areas(call: Call) -> tuple[str | None, tuple[str, ...]]:
    """Return the slug and the paths that a request names; asks the store.

    Raises NotFound for a district or an area that is not there, or not for the caller: the two look the same.
    """
    scope = call.caller.scope
    slug, paths = call.asked.get(DISTRICT), tuple(dict.fromkeys(call.asked.every(AREA_PATHS)))
    districts = call.service.store.districts()
    if slug is not None and not any(each.slug == slug and _is_seen(each, scope) for each in districts):
        raise no_district(slug, (each.slug for each in districts if _is_seen(each, scope)))
    if paths:
        query = Query(tree=MAIN_TREE, equal={"path": list(paths)}, columns=("path",), shapes=False)
        there = set(call.service.store.read(AREAS.id, query)["path"])
        for path in paths:
            if path not in there or not call.caller.bounds(path):
                raise NotFound(
                    Text(f"没有区域 {path}", f"There is no area {path}"),
                    Text("请核对区域路径", "Check the path of the area"),
                )
    return slug, paths


def _is_seen(district: District, scope: tuple[str, ...]) -> bool:
    """Return whether something of a district lies within a scope."""
    return not scope or any(path.split("/")[1] == district.code for path in scope)
