"""A column of texts in which is searched what somebody types: each text once, though several questions ask for it."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_KEPT = 8
"""The answers to so many texts are kept, the oldest going first."""


class Searched:
    """The texts of slots, and which of them have in them what was searched lately.

    An answer that is kept follows each change of a text, so it is never older than the texts.
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = list(texts)
        self._found: dict[str, NDArray[np.bool_]] = {}

    def append(self) -> None:
        """Add a slot without a text."""
        self._texts.append("")
        self.put(len(self._texts) - 1, "")

    def put(self, slot: int, text: str) -> None:
        """Give a slot another text."""
        self._texts[slot] = text
        for wanted, found in self._found.items():
            if slot < len(found):  # a shorter one is not used again
                found[slot] = wanted in text

    def having(self, wanted: str, room: int) -> NDArray[np.bool_]:
        """Return which of so many slots have a text in them, shape (room,); not to be written to.

        Where a part of it was searched before, as when somebody types on, only what had that is looked at.
        """
        found = self._found.pop(wanted, None)
        if found is None or len(found) != room:
            found = np.zeros(room, dtype=bool)
            wider = [each for part, each in self._found.items() if part in wanted and len(each) == room]
            if wider:
                among = np.flatnonzero(min(wider, key=np.count_nonzero))
                found[among] = [wanted in self._texts[slot] for slot in among.tolist()]
            else:
                found[: len(self._texts)] = [wanted in text for text in self._texts]
        self._found[wanted] = found  # as the latest
        while len(self._found) > _KEPT:
            del self._found[next(iter(self._found))]
        return found
