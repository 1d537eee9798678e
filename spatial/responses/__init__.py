"""Graded response: a level I–III switched on for a shape, who is convened, the ledger of its days, and its end."""
