"""The records that a store is asked with and answers with: plain values, the same for each kind of store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from spatial.edits.change_set import ChangeSet
from spatial.text import Text

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees, WGS 84."""


@dataclass(frozen=True, slots=True)
class District:
    """A district: the top of its trees.

    `centre`: longitude, latitude. `zone`: EPSG code of its CGCS2000 3-degree zone (x east, y north, metres).
    `synthetic`: its content was generated, and everything that shows it says so.
    """

    slug: str
    code: str
    name: Text
    centre: tuple[float, float]
    zone: int
    synthetic: bool


@dataclass(frozen=True, slots=True)
class Edition:
    """One published state of one tree of one district."""

    district: str
    tree: str
    number: int
    published_at: datetime
    actor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing a change set did.

    `reverse`: the change set that undoes it, on the new edition. `retagged`: how many rows of each collection have
    another responsible area now; collections without any are left out.
    """

    edition: Edition
    reverse: ChangeSet
    retagged: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DutyHolder:
    """A post of the chain and who holds it; `holder` is None where the post is vacant. A public role, not a resident.

    `area` is the code of the area that the post answers for, `path` its path, `staircase` the number of the staircase
    for a unit leader. `account`: the login of who holds it, None where they have none.
    """

    code: str
    district: str
    post: str
    area: str
    path: str
    holder: str | None
    staircase: int | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit trail: what changed, never the content.

    `codes` names up to 100 of the rows touched, `count` how many there were. `digest` is a salted hash of the content;
    `chain` is the hash of the event before and this one.
    """

    id: int
    at: datetime
    actor: str
    action: str
    collection: str
    district: str | None
    codes: tuple[str, ...]
    count: int
    edition: int | None
    fields: tuple[str, ...]
    digest: str
    chain: str


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows of a collection are wanted; everything that is None or empty does not restrict.

    `box`: rows whose geometry's bounding box meets it, edges included; a box with west > east crosses the 180°
    meridian. `paths`: rows whose `path` lies at or below one of these (a prefix test on whole steps, never geometry);
    a row without a path lies below none. `equal`: column → value or values; None stands for a value that is missing.
    `tree`: for areas; None is every tree. `edition`: for areas; None is the newest of each tree. `since`, `until`:
    closed interval on the collection's time column, not regarded where it has none. `from_time`: column of times → a
    time; rows whose value is that or later. `after`: the opaque key of the last row of the page before. Rows come in a
    stable order. `columns`: which columns `read` returns, beside the geometry and `row`; None is all of them.
    `shapes`: whether `read` reads geometries; without them all are None.
    A box, path, column, value or limit that cannot be raises BadParameter.
    """

    district: str | None = None
    box: Box | None = None
    paths: tuple[str, ...] = ()
    equal: Mapping[str, Any] = field(default_factory=dict)
    tree: str | None = None
    edition: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    from_time: Mapping[str, datetime] = field(default_factory=dict)
    after: int | None = None
    limit: int | None = None
    columns: tuple[str, ...] | None = None
    shapes: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of a search by name or code."""

    collection: str
    district: str
    code: str
    name: str
    name_en: str
    level: str | None
    kind: str | None
    path: str | None
    position: tuple[float, float]
    box: Box
