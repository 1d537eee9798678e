"""The typeface of printed sheets: Noto Sans SC, put together from the slices that the screens ship."""

import io
import re
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from spatial.errors import NotFound
from spatial.text import Text

REGULAR, BOLD = 400, 600
_SLICE = re.compile(r"noto-sans-sc-(?:\d+|latin)-(400|600)-normal.*\.woff2?")
_EPOCH = 2_082_844_800  # 1970, in seconds since 1904: always the same, so that the same sheet has the same bytes


@cache
def _slices(folder: Path, weight: int) -> dict[int, Any]:
    """Return which font of a folder draws a character; raises NotFound where the screens have not been built."""
    from fontTools.ttLib import TTFont

    found: dict[int, Any] = {}
    for path in sorted(folder.glob("*.woff")) or sorted(folder.glob("*.woff2")):
        name = _SLICE.fullmatch(path.name)
        if name is not None and int(name[1]) == weight:
            font = TTFont(io.BytesIO(path.read_bytes()), lazy=True)
            found.update(dict.fromkeys(font.getBestCmap(), font))
    if not found:
        raise NotFound(
            Text("没有找到打印用的字体", "The typeface for printing was not found"),
            Text("请先构建界面：make web", "Build the screens first: make web"),
        )
    return found


@lru_cache(maxsize=16)
def typeface(folder: Path, weight: int, characters: frozenset[str]) -> bytes:
    """Return a TrueType font that draws these characters and no others; what no slice has is drawn as a box."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.recordingPen import DecomposingRecordingPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    slices = _slices(folder, weight)
    wanted = sorted({ord(character) for character in characters} & slices.keys() | {0x20})
    first = slices[wanted[-1]]
    order, mapping, glyphs, widths = [".notdef"], {}, {}, {}
    sources = [(".notdef", first, ".notdef")]
    for point in wanted:
        name = f"uni{point:04X}"
        order.append(name)
        mapping[point] = name
        sources.append((name, slices[point], slices[point].getBestCmap()[point]))
    for name, font, own in sources:
        drawn = font.getGlyphSet()
        pen = TTGlyphPen(None)
        whole = DecomposingRecordingPen(drawn)
        drawn[own].draw(whole)
        whole.replay(pen)
        glyphs[name] = pen.glyph()
        widths[name] = font["hmtx"][own][0]
    built = FontBuilder(first["head"].unitsPerEm, isTTF=True)
    built.setupHead(unitsPerEm=first["head"].unitsPerEm, created=_EPOCH, modified=_EPOCH)
    built.setupGlyphOrder(order)
    built.setupCharacterMap(mapping)
    built.setupGlyf(glyphs)
    built.setupHorizontalMetrics({name: (widths[name], getattr(glyphs[name], "xMin", 0)) for name in order})
    ascent, descent = first["hhea"].ascent, first["hhea"].descent
    built.setupHorizontalHeader(ascent=ascent, descent=descent)
    # a name of its own for each set of letters: fonts are told apart by it, and one that is known stays as it was
    own = sha256("".join(map(chr, wanted)).encode()).hexdigest()[:12]
    style = "Regular" if weight == REGULAR else "SemiBold"
    built.setupNameTable({
        "familyName": "Noto Sans SC", "styleName": style, "psName": f"NotoSansSC-{style}-{own}",
        "fullName": f"Noto Sans SC {style}", "licenseDescription": "SIL Open Font License, Version 1.1",
    })  # fmt: skip
    built.setupOS2(sTypoAscender=ascent, sTypoDescender=descent, usWeightClass=weight)
    built.setupPost()
    built.font.recalcTimestamp = False
    held = io.BytesIO()
    built.save(held)
    return held.getvalue()
