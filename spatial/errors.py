"""Everything that can go wrong, as one tree.

    GridscapeError
    ├── BadInput                 what was given cannot be used; nothing was changed
    │   ├── BadPosition          not a longitude and latitude that can be meant
    │   ├── BadGeometry          a shape that is empty, self-crossing, of the wrong type or too large
    │   ├── BadCode              a code that breaks its own rule, or stands twice in one input
    │   ├── BadFile              a file that is empty, foreign, damaged or not allowed
    │   ├── BadParameter         a parameter or option outside its range
    │   ├── ConditionMissing     a change does not say which state it is a change of
    │   └── KeyReused            the key of another request
    ├── NotFound                 there is no such thing, or not for this caller
    ├── Conflict                 it contradicts what the store holds
    │   ├── DuplicateCode        the code is taken
    │   ├── EditionMoved         the edition that it stands on is no longer the newest
    │   └── Stale                it was changed by somebody else in between
    ├── Refused                  the caller may not do this
    ├── Unauthenticated          nobody has signed in, or not rightly
    ├── TooMany                  too often in too short a time: retry later
    ├── LimitExceeded            larger or longer than this server allows
    └── Unavailable              the thing that it needs is away: retry later
        ├── StoreUnavailable     the database is down, locked or unreachable
        ├── StoreDamaged         the store's file is foreign, truncated or from a newer version
        └── NoSpace              the disk is full

Each error says what is wrong and what to do, in both languages; `api/errors.py` holds the one table of
status codes, and handlers never pick one.
"""

from collections.abc import Iterable

from spatial.text import Language, Text

_NOTHING = Text("", "")


class GridscapeError(Exception):
    """The root of every error that is ours.

    `problem` says what is wrong, `remedy` what the reader can do, `details` carries figures and codes for machines.
    """

    def __init__(self, problem: Text, remedy: Text | None = None, **details: object) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.remedy = remedy
        self.details = details

    def in_language(self, language: Language) -> str:
        """Return the problem and its remedy as one line in one language."""
        said = self.problem.in_language(language)
        if self.remedy is None:
            return said
        return f"{said}{'。' if language is Language.ZH else '. '}{self.remedy.in_language(language)}"

    def __str__(self) -> str:
        return self.in_language(Language.EN)


class BadInput(GridscapeError):
    """What was given cannot be used."""


class BadPosition(BadInput):
    """Not a longitude and latitude that can be meant."""


class BadGeometry(BadInput):
    """A shape that is empty, self-crossing, of the wrong type or too large."""


class BadCode(BadInput):
    """A code that breaks its own rule, or stands twice in one input."""


class BadFile(BadInput):
    """A file that is empty, foreign, damaged or not allowed."""


class BadParameter(BadInput):
    """A parameter or option outside its range."""


class ConditionMissing(BadInput):
    """A change does not say which state it is a change of."""


class KeyReused(BadInput):
    """The key of another request."""


class NotFound(GridscapeError):
    """There is no such thing, or not for this caller."""


def no_district(wanted: str, known: Iterable[str], otherwise: Text = _NOTHING) -> NotFound:
    """Return the error that no district is called so.

    `known`: the slugs of those that this caller may know of; `otherwise` ends the remedy.
    """
    listed = ", ".join(known) or "–"
    return NotFound(
        Text(f"没有区县 {wanted}", f"There is no district {wanted}"),
        Text(f"可用：{listed}{otherwise.zh}", f"There are: {listed}{otherwise.en}"),
    )


class Conflict(GridscapeError):
    """It contradicts what the store holds."""


class DuplicateCode(Conflict):
    """The code is taken."""


class EditionMoved(Conflict):
    """The edition that it stands on is no longer the newest."""


class Stale(Conflict):
    """It was changed by somebody else in between."""


class Refused(GridscapeError):
    """The caller may not do this."""


class Unauthenticated(GridscapeError):
    """Nobody has signed in, or not rightly."""


class TooMany(GridscapeError):
    """Too often in too short a time: retry later."""


class LimitExceeded(GridscapeError):
    """Larger or longer than this server allows."""


class Unavailable(GridscapeError):
    """The thing that it needs is away."""


class StoreUnavailable(Unavailable):
    """The database is down, locked or unreachable."""


class StoreDamaged(Unavailable):
    """The store's file is foreign, truncated or from a newer version."""


class NoSpace(Unavailable):
    """The disk is full."""
