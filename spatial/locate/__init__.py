"""Who answers for a place: owners at every level of every tree, the responsible one, and how sure that is."""

from spatial.locate.answers import AMBIGUOUS_BELOW, Likely, Located, Near, Owner, Ranking, TreeAnswer
from spatial.locate.columns import LocatedColumns, TreeColumns
from spatial.locate.locator import CONFIDENCE, Locator
from spatial.locate.times import editions_at, newest
from spatial.locate.trees import AreaSource

__all__ = [
    "AMBIGUOUS_BELOW",
    "CONFIDENCE",
    "AreaSource",
    "Likely",
    "Located",
    "LocatedColumns",
    "Locator",
    "Near",
    "Owner",
    "Ranking",
    "TreeAnswer",
    "TreeColumns",
    "editions_at",
    "newest",
]
