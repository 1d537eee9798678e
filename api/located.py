"""How an answer about a place is told: plain values for JSON, and the sentence that says why."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from spatial.levels import governing_rank
from spatial.locate import Likely, Located, LocatedColumns, Near, Owner, Ranking, TreeAnswer
from spatial.store.records import DutyHolder
from spatial.text import Text
from spatial.vocabulary import WORDS, BuildingUse, CommunityType, CompoundKind, LevelSlug, Post, word

_KINDS: dict[str, type] = {
    LevelSlug.COMMUNITY: CommunityType,
    LevelSlug.COMPOUND: CompoundKind,
    LevelSlug.BUILDING: BuildingUse,
}
_POSTS = {post.value: word(post) for post in Post}


def everywhere(_path: str | None) -> bool:
    """Return that a path lies within what is asked about: all of it."""
    return True


def as_document(
    located: Located, *, with_duties: bool, within: Callable[[str | None], bool] = everywhere
) -> dict[str, Any]:
    """Return an answer as plain values.

    `with_duties`: name the posts and their holders, which is for staff; those alone whose path is `within`.
    """
    district = located.district
    trees = [_bounded(answer, within) for answer in located.trees]
    return {
        "lon": located.lon,
        "lat": located.lat,
        "district": None
        if district is None
        else {
            "slug": district.slug,
            "code": district.code,
            "name": district.name.zh,
            "name_en": district.name.en,
            "synthetic": district.synthetic,
        },
        "trees": [_tree(answer, with_duties, within) for answer in trees],
        "nearest": [_near(near) for near in located.nearest],
    }


def as_columns(located: LocatedColumns, count: int) -> dict[str, Any]:
    """Return the answer for many points: one table of the areas that occur, and columns of positions in it."""
    editions = dict.fromkeys(edition for edition, _, _ in located.areas)
    return {
        "points": count,
        "editions": [
            {"district": edition.district, "tree": edition.tree, "edition": edition.number} for edition in editions
        ],
        "areas": {
            "code": [area.code for _, _, area in located.areas],
            "path": [area.path for _, _, area in located.areas],
            "level": [level for _, level, _ in located.areas],
            "district": [edition.district for edition, _, _ in located.areas],
        },
        "trees": [
            {"tree": tree.tree, "responsible": tree.responsible, "owners": tree.owners} for tree in located.trees
        ],
    }


def _bounded(answer: TreeAnswer, within: Callable[[str | None], bool]) -> TreeAnswer:
    """Return an answer without the posts that are not within; the responsible area is one of its owners."""

    def seen(owner: Owner) -> Owner:
        return replace(owner, posts=tuple(post for post in owner.posts if within(post.path)))

    responsible = None if answer.responsible is None else seen(answer.responsible)
    return replace(answer, owners=tuple(map(seen, answer.owners)), responsible=responsible)


def _tree(answer: TreeAnswer, with_duties: bool, within: Callable[[str | None], bool]) -> dict[str, Any]:
    responsible = answer.responsible
    said = reason(answer, with_duties=with_duties and responsible is not None and within(responsible.path))
    return {
        "district": answer.edition.district,
        "tree": answer.tree,
        "edition": answer.edition.number,
        "published_at": answer.edition.published_at,
        "owners": [_owner(owner, with_duties and within(owner.path)) for owner in answer.owners],
        "responsible": None
        if responsible is None
        else {
            "level": responsible.level.slug,
            "code": responsible.code,
            "name": responsible.name,
            "name_en": responsible.name_en,
            "path": responsible.path,
        },
        "reason": {"zh": said.zh, "en": said.en},
        **_ranking(answer.ranking),
    }


def _owner(owner: Owner, with_duties: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "level": owner.level.slug,
        "level_name": _words(owner.level.name),
        "code": owner.code,
        "name": owner.name,
        "name_en": owner.name_en,
        "kind": owner.kind,
        "kind_name": kind_name(owner.level.slug, owner.kind),
        **_ranking(owner.ranking),
    }
    if with_duties:
        document["duty_holders"] = [
            {
                "post": holder.post,
                "post_name": _words(post_name(holder.post)),
                "holder": holder.holder,
                "vacant": holder.holder is None,
                "staircase": holder.staircase,
            }
            for holder in owner.posts
        ]
    return document


def _ranking(ranking: Ranking | None) -> dict[str, Any]:
    if ranking is None:
        return {}
    return {
        "ambiguous": ranking.ambiguous,
        "edge_m": ranking.edge_m,
        "candidates": [_likely(one) for one in ranking.candidates],
    }


def _likely(one: Likely) -> dict[str, Any]:
    return {
        "level": one.level.slug,
        "code": one.code,
        "name": one.name,
        "name_en": one.name_en,
        "path": one.path,
        "probability": one.probability,
        "distance_m": one.distance_m,
    }


def _near(near: Near) -> dict[str, Any]:
    return {
        "district": near.district,
        "tree": near.tree,
        "level": near.level.slug,
        "level_name": _words(near.level.name),
        "code": near.code,
        "name": near.name,
        "name_en": near.name_en,
        "path": near.path,
        "distance_m": near.distance_m,
    }


def reason(answer: TreeAnswer, *, with_duties: bool) -> Text:
    """Return why an area is responsible and, where posts may be named, who answers first.

    Where every post of the responsible area is vacant, the nearest area above that has a holder answers.
    """
    responsible = answer.responsible
    if responsible is None:
        return Text("该位置不在任何已划定的区域内", "No area that has been drawn owns this place")
    place = _place(answer, responsible)
    limit = governing_rank([owner.level for owner in answer.owners])
    if responsible.level.rank < limit:
        missing = next((owner.level.name for owner in answer.owners if owner.level.rank == limit), Text("", ""))
        lead = Text(
            f"在{place.zh}内，此处未划分{missing.zh}，由{responsible.name}负责",
            f"In {place.en}; no {missing.en.lower()} is drawn here, so it answers",
        )
    else:
        lead = Text(f"在{place.zh}内，由该{responsible.level.name.zh}负责", f"In {place.en}, which answers for it")
    if not with_duties:
        return Text(f"{lead.zh}。", f"{lead.en}.")
    chain = [owner for owner in answer.owners if owner.code and owner.level.rank <= responsible.level.rank]
    return _who_answers(lead, chain)


def _who_answers(lead: Text, chain: Sequence[Owner]) -> Text:
    vacant: DutyHolder | None = None
    for owner in reversed(chain):
        filled = next((post for post in owner.posts if post.holder is not None), None)
        if filled is not None:
            post = post_name(filled.post)
            if owner is chain[-1]:
                return Text(f"{lead.zh}：{post.zh}{filled.holder}。", f"{lead.en}: {post.en} {filled.holder}.")
            why = _vacancy(vacant)
            return Text(
                f"{lead.zh}；{why.zh}，由上级{owner.name}的{post.zh}{filled.holder}负责。",
                f"{lead.en}; {why.en}, so {post.en.lower()} {filled.holder} of {owner.name_en or owner.name} answers.",
            )
        vacant = vacant or next(iter(owner.posts), None)
    if vacant is None:
        return Text(f"{lead.zh}。", f"{lead.en}.")
    why = _vacancy(vacant)
    if len(chain) < 2:
        return Text(f"{lead.zh}；{why.zh}。", f"{lead.en}; {why.en}.")
    above = chain[-2]
    return Text(
        f"{lead.zh}；{why.zh}，由上级{above.name}负责。",
        f"{lead.en}; {why.en}, so {above.name_en or above.name} above it answers.",
    )


def _vacancy(post: DutyHolder | None) -> Text:
    if post is None:
        return Text("未设岗位", "it has no post")
    name = post_name(post.post)
    return Text(f"{name.zh}空缺", f"the post of {name.en.lower()} is vacant")


def _place(answer: TreeAnswer, responsible: Owner) -> Text:
    above = [owner for owner in answer.owners if owner.code and owner.level.rank < responsible.level.rank]
    zh, en = responsible.name or responsible.code or "", responsible.name_en or responsible.name or ""
    if not above or above[-1].level.slug == LevelSlug.DISTRICT:
        return Text(zh, en)
    parent = above[-1]
    parent_zh, parent_en = parent.name or "", parent.name_en or parent.name or ""
    # many names already begin with the name above them
    return Text(
        zh if zh.startswith(parent_zh) else f"{parent_zh}{zh}",
        en if parent_en in en else f"{en}, {parent_en}",
    )


def post_name(post: str) -> Text:
    """Return the words for a post; one that is no word of ours names itself."""
    return _POSTS.get(post) or Text(post, post)


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def kind_name(level: str, kind: str | None) -> dict[str, str] | None:
    """Return the words for the kind of an area of a level, None where it has none that is known."""
    words = _KINDS.get(level)
    said = WORDS.get((words, kind)) if words is not None and kind is not None else None
    return None if said is None else _words(said)
