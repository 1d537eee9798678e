"""What the values of a feature are called, in one language: for popups, cards and tooltips."""

from datetime import datetime, timedelta, timezone
from enum import IntEnum, StrEnum
from typing import Any

from spatial.governance import Department, EventCategory, StationFunction
from spatial.schema import Collection
from spatial.text import Language, Text
from spatial.vocabulary import (
    WORDS,
    AssetKind,
    BuildingUse,
    CameraKind,
    CommunityType,
    CompoundKind,
    GroundKind,
    LevelSlug,
    Priority,
    RoadClass,
    StationTier,
)

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The districts' time; China has had no summer time since 1991."""

_KINDS: dict[str, type[StrEnum]] = {
    "stations": StationTier,
    "cameras": CameraKind,
    "roads": RoadClass,
    "assets": AssetKind,
    "ground": GroundKind,
}
_AREA_KINDS: dict[str, type[StrEnum]] = {
    LevelSlug.COMMUNITY: CommunityType,
    LevelSlug.COMPOUND: CompoundKind,
    LevelSlug.BUILDING: BuildingUse,
}
_OTHERS: dict[str, type[StrEnum | IntEnum]] = {
    "category": EventCategory,
    "department": Department,
    "priority": Priority,
}
_YES, _NO = Text("是", "yes"), Text("否", "no")


def said(collection: Collection, column: str, value: Any, language: Language, level: str | None = None) -> str | None:
    """Return a value of a column in words, None where there is nothing to say.

    `level`: for areas, the level that says which set their kind is of. A value outside its set stays as it is.
    """
    if value is None or value == "" or value != value:
        return None
    if isinstance(value, bool):
        return (_YES if value else _NO).in_language(language)
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    if column == "functions":
        known = (_word(StationFunction, one, language) for one in str(value).split(","))
        return ("、" if language is Language.ZH else ", ").join(known)
    words = _words_of(collection, column, level)
    if words is not None:
        return _word(words, value, language)
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:,}" if isinstance(value, int) and column in ("households", "elderly_alone") else str(value)


def name_of(row: dict[str, Any], language: Language) -> str:
    """Return the name of a feature in a language, in the other one where that is all there is, else its code."""
    first, second = ("name", "name_en") if language is Language.ZH else ("name_en", "name")
    return str(row.get(first) or row.get(second) or row.get("code") or "")


def title_of(collection: Collection, column: str, language: Language) -> str:
    """Return what a column is called."""
    known = collection.column(column)
    return known.title.in_language(language) if known is not None else column


def _words_of(collection: Collection, column: str, level: str | None) -> type[StrEnum | IntEnum] | None:
    if column == "kind":
        if collection.stored_in == "areas":
            return _AREA_KINDS.get(level or "")
        return _KINDS.get(collection.id)
    if column in _OTHERS:
        return _OTHERS[column]
    known = collection.column(column)
    return known.words if known is not None else None


def _word(words: type[StrEnum | IntEnum], value: Any, language: Language) -> str:
    found = WORDS.get((words, value))
    return found.in_language(language) if found is not None else str(value)
