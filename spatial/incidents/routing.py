"""Who is called to an incident, and why: the item's department, and who answers for the place on the chain of areas."""

from collections.abc import Callable, Set
from dataclasses import dataclass

from spatial.governance import Department
from spatial.incidents.event_list import EventItem
from spatial.locate.answers import Owner, TreeAnswer
from spatial.store.records import DutyHolder
from spatial.text import Text
from spatial.vocabulary import Post, word

OnDuty = Callable[[DutyHolder], bool]

Roster = Set[tuple[str, str]]
"""(District, account) of everybody who is on duty."""


@dataclass(frozen=True, slots=True)
class Route:
    """Whom an incident goes to.

    `area`, `holder`: who answers on the chain, None where no post on it is filled and on duty. `why`: one sentence.
    """

    department: Department
    area: Owner | None
    holder: DutyHolder | None
    why: Text


def by_roster(roster: Roster) -> OnDuty:
    """Return whether who holds a post is on duty by a roster; who has no account is taken to be."""
    return lambda post: post.account is None or (post.district, post.account) in roster


def route(item: EventItem, answer: TreeAnswer | None, on_duty: OnDuty | None = None) -> Route:
    """Return whom an incident of an item goes to at a place; the chain is climbed where a post is vacant or off duty.

    `answer`: of the main tree, None where no area owns the place. `on_duty`: whether who holds a post is on duty now;
    None where nobody keeps a roster. The sentence begins with the responsible area: "its" is that area's, and a holder
    from above is named with theirs.
    """
    department = word(item.department)
    lead = Text(f"{item.name.zh} → {department.zh}", f"{item.name.en} → {department.en.lower()}")
    responsible = None if answer is None else answer.responsible
    if answer is None or responsible is None:
        why = Text(f"{lead.zh}；该位置不在任何区域内", f"{lead.en}; no area owns the place")
        return Route(item.department, None, None, why)
    level = responsible.level.name
    lead = Text(f"{lead.zh}；{level.zh} {responsible.code}", f"{lead.en}; {level.en.lower()} {responsible.code}")
    chain = [owner for owner in answer.owners if owner.code and owner.level.rank <= responsible.level.rank]
    for owner in reversed(chain):
        here = next((post for post in _filled(owner) if on_duty is None or on_duty(post)), None)
        if here is not None:
            missed = None if owner.level.rank == responsible.level.rank else _missed(responsible)
            return Route(item.department, owner, here, _said(lead, missed, owner, here))
    missed = _missed(responsible)
    why = Text(f"{lead.zh}；{missed.zh}，上级也无人在岗", f"{lead.en}; {missed.en}, and nobody above is there")
    return Route(item.department, None, None, why)


def _filled(owner: Owner) -> list[DutyHolder]:
    return [post for post in owner.posts if post.holder is not None]


def _missed(owner: Owner) -> Text:
    """Return why nobody of an area comes."""
    if not owner.posts:
        return Text("未设岗位", "it has no post")
    filled = _filled(owner)
    if filled:
        post = _post(filled[0])
        return Text(f"{post.zh}不在岗", f"its {post.en.lower()} is off duty")
    post = _post(owner.posts[0])
    return Text(f"{post.zh}空缺", f"its post of {post.en.lower()} is vacant")


def _said(lead: Text, missed: Text | None, owner: Owner, holder: DutyHolder) -> Text:
    post = _post(holder)
    if missed is None:
        return Text(f"{lead.zh}；{post.zh}{holder.holder}", f"{lead.en}; {post.en.lower()} {holder.holder}")
    name = owner.name or owner.code or ""
    return Text(
        f"{lead.zh}；{missed.zh}，由{name}的{post.zh}{holder.holder}负责",
        f"{lead.en}; {missed.en}, so {post.en.lower()} {holder.holder} of {owner.name_en or name}",
    )


def _post(holder: DutyHolder) -> Text:
    try:
        return word(Post(holder.post))
    except ValueError:
        return Text(holder.post, holder.post)
