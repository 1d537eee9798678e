"""The operations map of one area, for the wall: a PDF, or a picture of one of its pages."""

from enum import StrEnum
from typing import TypeVar

from starlette.responses import Response

from api.operations import Call, Operation, Operations
from api.parameters import Parameter, unusable
from api.printing import Print
from api.routes.incidents import TEXT_STEP, now
from layers.operations_map.frame import Orientation, Paper, layout
from layers.operations_map.reading import read
from spatial.text import Language, Text
from spatial.vocabulary import Audience

PDF, PNG = "application/pdf", "image/png"
DOTS = (72, 300)
MOST_PAGES = 99
Word = TypeVar("Word", bound=StrEnum)


class Format(StrEnum):
    """What a sheet is written as."""

    PDF = "pdf"
    PNG = "png"


def _one_of(name: str, about: Text, words: type[Word], default: Word | None = None) -> Parameter[Word]:
    listed = ", ".join(words)

    def parse(text: str) -> Word:
        try:
            return words(text)
        except ValueError:
            raise unusable(name, text, Text(f"可用：{listed}", f"One of {listed}")) from None

    schema: dict[str, object] = {"type": "string", "enum": [word.value for word in words]}
    if default is not None:
        schema["default"] = default.value
    return Parameter(name, about, schema, parse)


def _between(name: str, about: Text, least: int, most: int, default: int) -> Parameter[int]:
    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 6 and least <= int(text) <= most):
            raise unusable(name, text, Text(f"{least} 至 {most} 的整数", f"A whole number from {least} to {most}"))
        return int(text)

    schema = {"type": "integer", "minimum": least, "maximum": most, "default": default}
    return Parameter(name, about, schema, parse)


FORMAT = _one_of("f", Text("格式", "The format"), Format, Format.PDF)
PAPER = _one_of("paper", Text("纸张", "The paper"), Paper, Paper.A4)
ORIENTATION = _one_of("orientation", Text("纸张方向", "Which way the sheet hangs"), Orientation, Orientation.LANDSCAPE)
LANGUAGE = _one_of("lang", Text("语言；默认按浏览器", "The language; by default the browser's"), Language)
DPI = _between("dpi", Text("图片每英寸点数", "Dots per inch of a picture"), *DOTS, 150)
PAGE = _between("page", Text("图片为第几页", "Which page a picture shows"), 1, MOST_PAGES, 1)


def declare(operations: Operations) -> None:
    """Declare the operations of this family."""
    picture = {"schema": {"type": "string", "format": "binary"}}
    operations.add(
        Operation(
            "operationsMap",
            "/operations-map/{district}/{code}",
            Text("一个社区、网格或小区的作战图，供打印", "The operations map of an area, to print"),
            {PDF: picture["schema"], PNG: picture["schema"]},
            parameters=(FORMAT, PAPER, ORIENTATION, LANGUAGE, DPI, PAGE),
            steps={"district": TEXT_STEP, "code": TEXT_STEP},
            audience=Audience.STAFF,
            tag="incidents",
        ),
        operations_map,
    )


def operations_map(call: Call) -> Response:
    """Read in this thread, draw in the process for it; that duty holders were looked at is noted."""
    asked, service = call.asked, call.service
    paper, orientation = asked.get(PAPER) or Paper.A4, asked.get(ORIENTATION) or Orientation.LANDSCAPE
    as_picture = asked.get(FORMAT) is Format.PNG
    parts = layout(paper, orientation)
    by = call.caller.name or call.caller.account
    sheet, seen = read(service.store, call.step("district"), call.step("code"), parts, now(), by, call.caller.scope)
    service.access.note(call.caller.account, "duty_holders", sheet.area["district"][0], max(len(sheet.duties), 1))
    page = (asked.get(PAGE) or 1) if as_picture else None
    wanted = Print(paper, orientation, asked.get(LANGUAGE) or call.language, page, asked.get(DPI) or 150)
    body = service.printing.print(sheet, seen, wanted)
    name = f"operations-map-{sheet.code}.{'png' if as_picture else 'pdf'}"
    headers = {"Cache-Control": "no-store", "Content-Disposition": f'inline; filename="{name}"'}
    return Response(body, 200, headers, PNG if as_picture else PDF)
