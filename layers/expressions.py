"""Conditions, scales and words as expressions of the MapLibre style specification."""

from typing import Any

from layers.model import Between, Is, Scale, Where, Words
from spatial.text import Language

Expression = Any
"""A JSON value: a literal, or a list whose first item names an operator."""

PIXELS_PER_METRE_AT_15 = 2**15 * 512 / (40075016.686 * 0.848)
"""At 32 degrees north, in the middle of China."""


def condition(one: Is | Between) -> Expression:
    """Return one condition as an expression that is true or false."""
    value = ["get", one.column]
    if isinstance(one, Between):
        parts: list[Expression] = [["has", one.column], [">=", value, one.low]]
        if one.high != float("inf"):
            parts.append(["<", value, one.high])
        return ["all", *parts]
    held = [wanted for wanted in one.values if wanted is not None]
    choices: list[Expression] = []
    if len(held) == 1:
        choices.append(["==", value, held[0]])
    elif held:
        choices.append(["in", value, ["literal", held]])
    if None in one.values:
        choices.append(["!", ["has", one.column]])
    return choices[0] if len(choices) == 1 else ["any", *choices]


def every(conditions: list[Expression]) -> Expression | None:
    """Return the conjunction of expressions, None where there are none."""
    if not conditions:
        return None
    return conditions[0] if len(conditions) == 1 else ["all", *conditions]


def all_of(where: Where) -> list[Expression]:
    """Return each condition as an expression."""
    return [condition(one) for one in where]


def scale(value: Scale, plus: float = 0.0) -> Expression:
    """Return a number, or a straight line between the stops of a scale; `plus` is added everywhere."""
    if not isinstance(value, tuple):
        return value + plus
    return ["interpolate", ["linear"], ["zoom"], *(part for zoom, at in value for part in (zoom, at + plus))]


def width_in_metres(value: Scale, column: str, plus: float = 0.0) -> Expression:
    """Return a width in pixels that is a column's metres from zoom 15 on where these are more than `value` says."""
    stops = value if isinstance(value, tuple) else ((10.0, value), (15.0, value))
    metres = ["coalesce", ["get", column], 6]
    parts: list[Expression] = []
    for zoom, pixels in stops:
        if zoom < 15:
            parts += [zoom, pixels + plus]
    last = stops[-1][1]
    for zoom in (15, 20):
        true = ["*", metres, PIXELS_PER_METRE_AT_15 * 2 ** (zoom - 15)]
        parts += [zoom, ["+", ["max", last, true], plus] if plus else ["max", last, true]]
    return ["interpolate", ["exponential", 2], ["zoom"], *parts]


def times(opacity: Scale, factor: float) -> Scale:
    """Return a scale with each value multiplied."""
    if isinstance(opacity, tuple):
        return tuple((zoom, value * factor) for zoom, value in opacity)
    return opacity * factor


def name(language: Language) -> Expression:
    """Return the name of a feature in one language, in Chinese where it has no other."""
    if language is Language.ZH:
        return ["get", "name"]
    return ["coalesce", ["get", "name_en"], ["get", "name"]]


def words(what: Words, language: Language) -> Expression:
    """Return what a label says."""
    code = ["get", "code"]
    match what:
        case Words.NAME:
            return name(language)
        case Words.NAME_AND_CODE:
            return ["format", name(language), {}, "\n", {}, code, {"font-scale": 0.74, "text-font": REGULAR_LITERAL}]
        case Words.CODE_TAIL:
            return ["slice", code, ["-", ["length", code], 3]]
        case Words.NUMBER:
            return ["coalesce", ["get", "number"], name(language)]
        case Words.ELDERLY_ALONE:
            return ["to-string", ["get", "elderly_alone"]]
        case Words.COUNT:
            return ["number-format", ["get", "count"], {}]


REGULAR = ["Noto Sans SC"]
SEMIBOLD = ["Noto Sans SC SemiBold"]
REGULAR_LITERAL = ["literal", REGULAR]


def font(weight: int) -> list[str]:
    """Return the fonts of a weight; the page brings their files."""
    return SEMIBOLD if weight >= 550 else REGULAR
