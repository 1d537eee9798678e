"""The map's style and symbols, for a theme, a language and an audience."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.answers import revalidated
from api.audience import view_of
from api.base_map import with_file, with_images
from api.caller import Caller
from api.freshness import Moment
from api.openapi.shapes import as_json
from api.operations import Call, Operation, Operations
from api.parameters import LANGUAGE
from layers.catalog import layers_for
from layers.model import Icon
from layers.style import style
from layers.symbols import catalogue
from layers.tiling import SHEETS
from layers.tokens import Theme
from spatial.schema import COLLECTIONS
from spatial.text import Language, Text
from spatial.vocabulary import Audience

STEPS = {"theme": {"type": "string", "enum": [theme.value for theme in Theme]}}


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    operations.add_async(
        Operation(
            "getStyle",
            "/styles/{theme}",
            Text("MapLibre 样式", "The style of the map, for MapLibre"),
            as_json("Style"),
            audience=Audience.PUBLIC,
            parameters=(LANGUAGE,),
            steps=STEPS,
            tag="map",
        ),
        map_style,
    )
    operations.add(
        Operation(
            "getSymbols",
            "/styles/{theme}/symbols.json",
            Text("样式所用的图标", "The symbols that the style names, as SVG"),
            as_json("Symbols"),
            audience=Audience.PUBLIC,
            steps=STEPS,
            tag="map",
        ),
        symbols,
    )


def stamps(moment: Moment, caller: Caller) -> dict[str, str]:
    """Return what stands for today's content of everything that has tiles, as a caller sees it."""
    read = {name: COLLECTIONS[sheets[0].reads] for name, sheets in SHEETS.items()}
    return {name: view_of(known, caller).stamp(moment, known) for name, known in read.items()}


async def map_style(call: Call) -> Response:
    """Return the style, its tile addresses carrying what stands for today's content."""
    theme = call.step("theme")
    language = call.asked.get(LANGUAGE) or call.language
    moment = await call.service.freshness.moment()
    return await run_in_threadpool(_styled, call, theme, language, moment)


def _styled(call: Call, theme: str, language: Language, moment: Moment) -> Response:
    made: dict[str, Any] = style(theme, language, call.audience, call.base, stamps(moment, call.caller))
    configured, file = call.service.settings.base_tiles, call.service.base
    if file is not None:
        made = with_file(made, theme, file, call.base)
    elif configured is not None:
        made = with_images(made, configured)
    return revalidated(call.held, call.audience, made, vary="Accept-Language")


def symbols(call: Call) -> Response:
    """Return the symbols by name, without the families that only layers for others use."""
    hidden = _families(Audience.STAFF) - _families(call.audience)
    drawn = catalogue(call.step("theme"))
    shown = {name: symbol for name, symbol in drawn.items() if name.partition("-")[0] not in hidden}
    return revalidated(call.held, call.audience, shown)


def _families(audience: Audience) -> set[str]:
    """Return what the names of an audience's symbols begin with, such as `camera` of `camera-online`."""
    marks = [mark for layer in layers_for(audience) for rule in layer.rules for mark in rule.marks]
    return {mark.symbol.partition("-")[0] for mark in marks if isinstance(mark, Icon)}
