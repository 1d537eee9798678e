"""Reading what stands on an operations map: the area, what lies around it, its people and its open cases."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any

import numpy as np

from layers.operations_map.content import Case, Duty, Sheet, in_order
from layers.operations_map.frame import Frame, Layout, frame
from spatial.accounts.account import within
from spatial.errors import BadParameter, NotFound
from spatial.governance import Department
from spatial.incidents.board_rows import rows_of
from spatial.levels import MAIN_TREE, governing_rank, of_tree
from spatial.ownership import GridIndex
from spatial.schema import AREAS, ASSETS, BUILDINGS, GROUND, INCIDENTS, ROADS, STATIONS
from spatial.store.protocol import Store
from spatial.store.records import District, DutyHolder, Query
from spatial.table import Table
from spatial.text import Text
from spatial.vocabulary import OPEN_STATES, AssetKind, IncidentState, LevelSlug, Post, Priority, word

LEVELS = (LevelSlug.COMMUNITY, LevelSlug.GRID, LevelSlug.COMPOUND)
"""What fits a sheet on which each building is still seen."""


def read(
    store: Store, district: str, code: str, parts: Layout, now: datetime, printed_by: str, scope: tuple[str, ...] = ()
) -> tuple[Sheet, Frame]:
    """Return the sheet of an area and the ground that its map shows.

    `scope`: paths that bound the reader; an area that is not within them is not there. Raises NotFound, and
    BadParameter for an area of a level that is not in LEVELS.
    """
    place = next((each for each in store.districts() if district in (each.slug, each.code)), None)
    if place is None:
        raise _unknown(code)
    area = store.read(AREAS.id, Query(district=place.slug, tree=MAIN_TREE, equal={"code": code}))
    rows = [index for index, path in enumerate(area["path"]) if not scope or within(path, scope)]
    if not rows:
        raise _unknown(code)
    area = area.take(rows[:1])
    row = next(area.rows())
    if row["level"] not in LEVELS:
        listed = [word(level) for level in LEVELS]
        raise BadParameter(
            Text(f"{word(LevelSlug(row['level'])).zh}没有作战图", f"A {row['level']} has no operations map"),
            Text(f"可用：{'、'.join(each.zh for each in listed)}",
                 f"Choose a {', '.join(each.en.lower() for each in listed)}"),
        )  # fmt: skip
    seen = frame(area.geometry, place.zone, parts.map)
    holders = [each for each in _holders(store, place, row) if not scope or within(each.path, scope)]
    return (
        Sheet(
            area=area,
            name=Text(row["name"] or code, row["name_en"] or row["name"] or code),
            code=code,
            level=word(LevelSlug(row["level"])),
            above=_above(store, place, row),
            edition=store.editions(place.slug, MAIN_TREE)[-1].number,
            zone=place.zone,
            offset=store.calendar(place.slug).offset,
            synthetic=place.synthetic,
            printed_at=now,
            printed_by=printed_by,
            counts=_counts(store, place, row),
            duties=_duties(holders, row),
            cases=tuple(_cases(store, place, area, holders, now, scope)),
            ground=_ground(store, place, seen),
        ),
        seen,
    )


def _unknown(code: str) -> NotFound:
    return NotFound(
        Text(f"没有区域 {code}", f"There is no area {code}"),
        Text("请给出本辖区内区域的编码", "Give the code of an area within your own"),
    )


def _above(store: Store, place: District, row: dict[str, Any]) -> Text:
    """Return the names of the areas above, the district first."""
    codes = row["path"].strip("/").split("/")[:-1]
    if not codes:
        return Text("", "")
    found = store.read(AREAS.id, Query(district=place.slug, tree=MAIN_TREE, equal={"code": tuple(codes)}, shapes=False))
    named = {each["code"]: each for each in found.rows()}
    known = [named[code] for code in codes if code in named]
    return Text(
        "".join(each["name"] or "" for each in known), " › ".join(each["name_en"] or each["code"] for each in known)
    )


def _counts(store: Store, place: District, row: dict[str, Any]) -> tuple[tuple[Text, int], ...]:
    buildings = store.count(BUILDINGS.id, Query(district=place.slug, paths=(row["path"],)))
    counts = [(Text("楼栋", "Buildings"), buildings)]
    if row["level"] != LevelSlug.COMPOUND:
        compounds = store.count("compounds", Query(district=place.slug, paths=(row["path"],)))
        counts.append((Text("小区", "Compounds"), compounds))
    for name, said in (
        ("households", Text("户数", "Households")),
        ("elderly_alone", Text("独居老人", "Elderly alone")),
    ):
        if row[name] is not None:
            counts.append((said, int(row[name])))
    return tuple(counts)


def _holders(store: Store, place: District, row: dict[str, Any]) -> list[DutyHolder]:
    """Return the posts of the area, of those below it, and of those above that answer first."""
    codes = row["path"].strip("/").split("/")
    governing = governing_rank(of_tree(store.levels(place.slug, MAIN_TREE), place.slug))
    above = store.duty_holders(place.slug, areas=codes[governing:-1]) if codes[governing:-1] else []
    return [*above, *store.duty_holders(place.slug, paths=(row["path"],))]


_MOST_NAMED = 4


def _duties(holders: list[DutyHolder], row: dict[str, Any]) -> tuple[Duty, ...]:
    """Return a line for each post of the area itself and above, and one for each kind of post below."""
    own = [each for each in holders if not each.path.startswith(f"{row['path']}/")]
    below = [each for each in holders if each.path.startswith(f"{row['path']}/")]
    lines = []
    here = Text("本区域", "this area")
    for holder in own[:_MOST_NAMED]:
        where = here if holder.path == row["path"] else Text("上级", "the area above")
        lines.append(Duty(word(Post(holder.post)), where, holder.holder))
    for post in Post:
        mine = [each for each in below if each.post == post]
        if not mine:
            continue
        names = [each.holder for each in mine if each.holder]
        vacant = len(mine) - len(names)
        listed = "、".join(names[:3]) + (" …" if len(names) > 3 else "")
        where = Text(f"{len(mine)} 岗，空缺 {vacant}", f"{len(mine)} posts, {vacant} vacant")
        lines.append(Duty(word(post), where, listed or None))
    return tuple(lines)


def _cases(
    store: Store, place: District, area: Table, holders: list[DutyHolder], now: datetime, scope: tuple[str, ...]
) -> list[Case]:
    row = next(area.rows())
    states = tuple(state.value for state in OPEN_STATES)
    rank = governing_rank(of_tree(store.levels(place.slug, MAIN_TREE), place.slug))
    steps = row["path"].strip("/").split("/")
    governing = "/" + "/".join(steps[: rank + 1])
    found = rows_of(store.read(INCIDENTS.id, Query(district=place.slug, paths=(governing,), equal={"state": states})))
    found = [each for each in found if not scope or within(each["path"], scope)]
    if len(steps) > rank + 1:
        # incidents carry the governing area alone: below it, ownership itself says which are in
        index = GridIndex.build(area.geometry, [row["code"]])
        nowhere = float("nan")
        axes = [np.array([nowhere if each[axis] is None else each[axis] for each in found]) for axis in ("lon", "lat")]
        owners = index.owners(*axes) if found else np.empty(0)
        found = [each for each, owner in zip(found, owners.tolist(), strict=True) if owner == 0]
    posts = {each.area: each for each in holders if each.post == Post.GRID_WORKER and each.holder}
    cases = [_case(store, each, posts.get(each["responsible"])) for each in found if each["merged_into"] is None]
    return [replace(case, number=number) for number, case in enumerate(in_order(cases, now), start=1)]


def _case(store: Store, row: dict[str, Any], post: DutyHolder | None) -> Case:
    department = word(Department(row["department"])) if row["department"] else Text("未定", "Not set")
    sent = store.responder(row["responder"]) if row["responder"] else None
    if row["responder"]:
        name = sent.name if sent is not None else row["responder"]
        owner = Text(name, name)
    elif post is not None:
        owner = Text(f"{word(Post(post.post)).zh} {post.holder}", f"{word(Post(post.post)).en} {post.holder}")
    else:
        owner = Text("尚无责任人", "No owner yet")
    return Case(
        number=0,
        code=row["code"],
        name=Text(row["name"] or row["code"], row["name_en"] or row["name"] or row["code"]),
        place=_place(row["extra"]),
        department=department,
        owner=owner,
        state=IncidentState(row["state"]),
        priority=Priority(row["priority"] or Priority.LOW),
        clock_from=row["clock_from"],
        due_at=row["due_at"],
        lon=row["lon"],
        lat=row["lat"],
    )


def _place(extra: str | None) -> Text:
    place = json.loads(extra or "{}").get("place")
    if isinstance(place, dict) and {"zh", "en"} <= place.keys():
        return Text(str(place["zh"]), str(place["en"]))
    return Text("", "")


def _ground(store: Store, place: District, seen: Frame) -> dict[str, Table]:
    def of(collection: str, **equal: Any) -> Table:
        tree = MAIN_TREE if collection in (AREAS.id, BUILDINGS.id) else None
        return store.read(collection, Query(district=place.slug, box=seen.box, tree=tree, equal=equal))

    kinds = ("block", "farmland", "green", "water", "plaza", "sports", "structure", "railway", "wall")
    levels = tuple(level.value for level in LEVELS)
    return {
        "areas": of(AREAS.id, level=levels),
        "buildings": of(BUILDINGS.id),
        "roads": of(ROADS.id),
        "ground": of(GROUND.id, kind=kinds),
        "stations": of(STATIONS.id),
        "gates": of(ASSETS.id, kind=AssetKind.GATE.value),
    }
