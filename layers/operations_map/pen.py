"""Drawing on paper: a thin layer over the canvas of a PDF, in points, in the colours of the light tokens."""

import io
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import shapely

from layers.tokens import Theme, red_green_blue


class Pen:
    """Draws on the pages of one PDF. Lengths are points from the lower left corner; colours are names of tokens."""

    def __init__(self, width: float, height: float, text: bytes, strong: bytes, title: str) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        # a name of its own for each font: one that is taken would silently stay the font of an earlier sheet
        self._plain, self._strong = (f"Gridscape-{sha256(font).hexdigest()[:16]}" for font in (text, strong))
        for name, font in ((self._plain, text), (self._strong, strong)):
            pdfmetrics.registerFont(TTFont(name, io.BytesIO(font)))
        self._held = io.BytesIO()
        # invariant: the same sheet has the same bytes
        self.canvas: Any = Canvas(self._held, pagesize=(width, height), invariant=1, pageCompression=1)
        self.canvas.setTitle(title)
        self.canvas.setCreator("Gridscape")

    def finish(self) -> bytes:
        """Return the whole PDF."""
        self.canvas.save()
        return self._held.getvalue()

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """Return how wide a line of text is."""
        from reportlab.pdfbase.pdfmetrics import stringWidth

        return float(stringWidth(text, self._strong if strong else self._plain, size))

    def fitted(self, text: str, size: float, room: float, *, strong: bool = False) -> str:
        """Return as much of a text as there is room for, with an ellipsis where some is left out."""
        if self.width(text, size, strong=strong) <= room:
            return text
        while text and self.width(text + "…", size, strong=strong) > room:
            text = text[:-1]
        return text.rstrip() + "…"

    def broken(self, text: str, size: float, room: float, *, strong: bool = False) -> tuple[str, str]:
        """Return what of a text a line has room for, and the rest: between words, within them where none fits."""
        from reportlab.lib.utils import simpleSplit

        if self.width(text, size, strong=strong) <= room:
            return text, ""
        first = str(simpleSplit(text, self._strong if strong else self._plain, size, room)[0])
        if self.width(first, size, strong=strong) > room:
            first = self.fitted(text, size, room, strong=strong).removesuffix("…")
        return first, text[len(first) :].lstrip()

    def text(
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        ink: str = "text-1",
        *,
        strong: bool = False,
        align: str = "left",
        halo: bool = False,
        turned: float = 0.0,
    ) -> None:
        """Write a line of text with its baseline at a place; `turned` in degrees, counter-clockwise."""
        wide = self.width(text, size, strong=strong)
        shift = {"left": 0.0, "middle": wide / 2, "right": wide}[align]
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(x, y)
        if turned:
            canvas.rotate(turned)
        for is_halo in (True, False) if halo else (False,):
            canvas.saveState()  # how letters are filled outlives the text that said it
            line = canvas.beginText(-shift, 0)
            line.setFont(self._strong if strong else self._plain, size)
            line.setFillColor(self.ink("map-halo" if is_halo else ink))
            if is_halo:
                canvas.setStrokeColor(self.ink("map-halo"))
                canvas.setLineWidth(2.2)
                canvas.setLineJoin(1)
                line.setTextRenderMode(1)
            line.textOut(text)
            canvas.drawText(line)
            canvas.restoreState()
        canvas.restoreState()

    def ink(self, name: str, opacity: float = 1.0) -> Any:
        """Return a token as a colour of the canvas."""
        from reportlab.lib.colors import Color

        return Color(*(part / 255 for part in red_green_blue(Theme.LIGHT, name)), alpha=opacity)

    def shape(
        self,
        geometry: Any,
        fill: str | None = None,
        stroke: str | None = None,
        width: float = 0.5,
        *,
        dash: Sequence[float] = (),
        opacity: float = 1.0,
    ) -> None:
        """Draw a geometry whose coordinates are points of the paper; one that is empty or missing is a no-op."""
        if geometry is None or geometry.is_empty:
            return
        canvas, path, found = self.canvas, self.canvas.beginPath(), False
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon":
                rings = [part.exterior, *part.interiors]
            elif part.geom_type in ("LineString", "LinearRing"):
                rings = [part]
            else:
                continue
            for ring in rings:
                places = shapely.get_coordinates(ring).tolist()
                path.moveTo(*places[0])
                for place in places[1:]:
                    path.lineTo(*place)
                if part.geom_type == "Polygon":
                    path.close()
                found = True
        if not found:
            return
        canvas.saveState()
        if fill is not None:
            canvas.setFillColor(self.ink(fill, opacity))
        if stroke is not None:
            canvas.setStrokeColor(self.ink(stroke, opacity))
            canvas.setLineWidth(width)
            canvas.setLineJoin(1)
            canvas.setLineCap(0 if dash else 1)
            if dash:
                canvas.setDash(list(dash))
        canvas.drawPath(path, stroke=int(stroke is not None), fill=int(fill is not None), fillMode=0)
        canvas.restoreState()
