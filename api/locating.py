"""Who answers for a place, from memory: the locator, the duty holders and the sentence that says why."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from api.freshness import Freshness, Moment
from spatial.errors import GridscapeError
from spatial.levels import governing_rank
from spatial.locate import Located, Locator, Owner, TreeAnswer
from spatial.store.protocol import DutyHolder, Store
from spatial.text import Text
from spatial.vocabulary import LevelSlug, Post, word

log = logging.getLogger("gridscape.locating")


@dataclass(frozen=True, slots=True)
class Ownership:
    """One consistent state of who owns what and who answers for it; never changed, only replaced."""

    locator: Locator
    duties: Mapping[tuple[str, str], Sequence[DutyHolder]]

    @classmethod
    def of(cls, store: Store) -> "Ownership":
        """Read it from a store: a second or so for each ten thousand areas."""
        duties: defaultdict[tuple[str, str], list[DutyHolder]] = defaultdict(list)
        for holder in store.duty_holders():
            duties[holder.district, holder.area].append(holder)
        return cls(Locator.of(store), dict(duties))

    def duty_holders(self, answer: TreeAnswer, owner: Owner) -> Sequence[DutyHolder]:
        """Return the posts that answer for one owner of one answer."""
        return self.duties.get((answer.edition.district, owner.code), ()) if owner.code else ()


class Locating:
    """Holds the Ownership of a store in memory and reads it anew when the store's editions or posts move.

    While it is read anew, the old one still answers; the new one takes its place in one assignment.
    """

    def __init__(self, store: Store, freshness: Freshness) -> None:
        self._store = store
        self._freshness = freshness
        self._lock = asyncio.Lock()
        self._held: tuple[object, Ownership] | None = None
        self._reading: asyncio.Task[None] | None = None

    async def ownership(self) -> Ownership:
        """Return who owns what; waits only where nothing has been read yet."""
        key = _key(await self._freshness.moment())
        if self._held is None:
            await self._read(key)
        elif self._held[0] != key and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._read_again(key))
        assert self._held is not None
        return self._held[1]

    async def settled(self) -> None:
        """Wait until what is being read has been read."""
        if self._reading is not None:
            await self._reading

    async def _read(self, key: object) -> None:
        async with self._lock:
            if self._held is None or self._held[0] != key:
                self._held = (key, await run_in_threadpool(Ownership.of, self._store))

    async def _read_again(self, key: object) -> None:
        try:
            await self._read(key)
        except GridscapeError as error:
            log.warning("ownership was not read anew: %s", error)


def _key(moment: Moment) -> object:
    return (moment.revisions["areas"], moment.editions, moment.posts_changed)


def as_document(located: Located, ownership: Ownership, *, with_duties: bool) -> dict[str, object]:
    """Return an answer as plain values; `with_duties`: name the posts and their holders, which is for staff."""
    district = located.district
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
        "trees": [_tree(answer, ownership, with_duties) for answer in located.trees],
    }


def _tree(answer: TreeAnswer, ownership: Ownership, with_duties: bool) -> dict[str, object]:
    responsible = answer.responsible
    said = reason(answer, ownership if with_duties else None)
    return {
        "tree": answer.tree,
        "edition": answer.edition.number,
        "owners": [_owner(answer, owner, ownership, with_duties) for owner in answer.owners],
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
    }


def _owner(answer: TreeAnswer, owner: Owner, ownership: Ownership, with_duties: bool) -> dict[str, object]:
    document: dict[str, object] = {
        "level": owner.level.slug,
        "level_name": {"zh": owner.level.name.zh, "en": owner.level.name.en},
        "code": owner.code,
        "name": owner.name,
        "name_en": owner.name_en,
        "kind": owner.kind,
        "kind_name": kind_name(owner.level.slug, owner.kind),
    }
    if with_duties:
        document["duty_holders"] = [
            {
                "post": holder.post,
                "post_name": _words(_post_name(holder)),
                "holder": holder.holder,
                "vacant": holder.holder is None,
                "staircase": holder.staircase,
            }
            for holder in ownership.duty_holders(answer, owner)
        ]
    return document


def reason(answer: TreeAnswer, ownership: Ownership | None) -> Text:
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
    if ownership is None:
        return Text(f"{lead.zh}。", f"{lead.en}.")
    chain = [owner for owner in answer.owners if owner.code and owner.level.rank <= responsible.level.rank]
    return _who_answers(lead, answer, chain, ownership)


def _who_answers(lead: Text, answer: TreeAnswer, chain: Sequence[Owner], ownership: Ownership) -> Text:
    vacant: DutyHolder | None = None
    for owner in reversed(chain):
        posts = ownership.duty_holders(answer, owner)
        filled = next((post for post in posts if post.holder is not None), None)
        if filled is not None:
            post = _post_name(filled)
            if owner is chain[-1]:
                return Text(f"{lead.zh}：{post.zh}{filled.holder}。", f"{lead.en}: {post.en} {filled.holder}.")
            why = _vacancy(vacant)
            return Text(
                f"{lead.zh}；{why.zh}，由上级{owner.name}的{post.zh}{filled.holder}负责。",
                f"{lead.en}; {why.en}, so {post.en.lower()} {filled.holder} of {owner.name_en or owner.name} answers.",
            )
        vacant = vacant or next(iter(posts), None)
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
    name = _post_name(post)
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


def _post_name(holder: DutyHolder) -> Text:
    known = {post.value: post for post in Post}.get(holder.post)
    return word(known) if known is not None else Text(holder.post, holder.post)


def _words(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def kind_name(level: str, kind: str | None) -> dict[str, str] | None:
    """Return the words for the kind of an area of a level, None where it has none that is known."""
    from spatial.vocabulary import WORDS, BuildingUse, CommunityType, CompoundKind

    sets: dict[str, type] = {
        LevelSlug.COMMUNITY: CommunityType,
        LevelSlug.COMPOUND: CompoundKind,
        LevelSlug.BUILDING: BuildingUse,
    }
    words = sets.get(level)
    said = WORDS.get((words, kind)) if words is not None and kind is not None else None
    return None if said is None else _words(said)
