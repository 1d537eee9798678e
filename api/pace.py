"""How the interpreter shares itself out between answering and what is read in the background."""

import gc
import sys

_TURN_S = 0.0005
"""How long a thread may compute while another one waits: an answer takes several turns, and five milliseconds each is
the interpreter's own choice, made for batches."""

_NEW_OBJECTS = 50_000
"""How many objects must be new before they are searched for cycles: a sheet of the tiles is read as that many rows."""


def keep_answers_quick() -> None:
    """Set the interpreter up for a server: call it once, when everything that lives for ever is there.

    Searching all objects for cycles stops every thread for a tenth of a second; modules and routes are never garbage
    and are left out of it.
    """
    sys.setswitchinterval(_TURN_S)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
