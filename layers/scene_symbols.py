"""Symbols as pictures that deck.gl loads without a request."""

import base64
from dataclasses import dataclass

from layers.symbols import symbols


@dataclass(frozen=True, slots=True)
class Picture:
    """A symbol as a data address, three times as large as it is shown, so that it stays sharp."""

    address: str
    width: int
    height: int


def symbol_picture(theme: str, name: str) -> Picture:
    """Return a symbol of the map's alphabet as a picture that deck.gl can load without a request."""
    drawn = symbols(theme)[name]
    width, height = 3 * drawn.width, 3 * drawn.height
    larger = drawn.svg.replace(
        f'width="{drawn.width}" height="{drawn.height}"', f'width="{width}" height="{height}"', 1
    )
    encoded = base64.b64encode(larger.encode()).decode()
    return Picture(f"data:image/svg+xml;base64,{encoded}", width, height)
