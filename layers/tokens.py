"""The tokens: every colour, read from tokens.css, the one place where a colour is typed."""

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from spatial.errors import NotFound
from spatial.text import Text

TOKENS_CSS = Path(__file__).parent / "tokens.css"

_BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;]+);")
# comments, and what is said to browsers alone
_LEFT_OUT = re.compile(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)


class Theme(StrEnum):
    """Dark for the command centre, light for the office."""

    DARK = "dark"
    LIGHT = "light"


@cache
def tokens(theme: str) -> Mapping[str, str]:
    """Return the tokens of a theme by name without the leading dashes: `tokens("dark")["map-water"]` is a colour.

    Light falls back to what it does not say itself, as it does in a browser. Raises NotFound for another theme.
    """
    if theme not in tuple(Theme):
        raise NotFound(
            Text(f"没有名为 {theme} 的主题", f"There is no theme {theme}"),
            Text("可用：dark、light", "There are: dark, light"),
        )
    found: dict[str, str] = {}
    for selector, body in _BLOCK.findall(_LEFT_OUT.sub("", TOKENS_CSS.read_text(encoding="utf-8"))):
        if ":root" in selector or f'[data-theme="{theme}"]' in selector:
            found.update((name, value.strip()) for name, value in _TOKEN.findall(body))
    return MappingProxyType(found)


def colour(theme: str, name: str) -> str:
    """Return one colour of a theme as it stands in tokens.css, such as `#112532`; raises KeyError for no such token."""
    return tokens(theme)[name]


def red_green_blue(theme: str, name: str) -> tuple[int, int, int]:
    """Return one colour of a theme as red, green and blue from 0 to 255."""
    value = colour(theme, name).lstrip("#")
    if len(value) in (3, 4):
        value = "".join(2 * digit for digit in value)
    return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)
