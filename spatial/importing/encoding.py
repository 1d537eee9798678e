"""In which encoding the words of a file are: UTF-8 where they can be, GB 18030 (which reads GBK) where they cannot."""

import codecs
import struct
from pathlib import Path

SAMPLE_BYTES = 4 * 1024 * 1024
CHINESE = "gb18030"
WESTERN = "cp1252"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def of_text(sample: bytes, whole: bool = True) -> str:
    """Return the encoding of a text by its bytes; `whole` is False where the sample may end inside a character."""
    for mark, name in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return name
    for name in ("utf-8", CHINESE):
        if _decodes(sample, name, whole):
            return name
    return WESTERN


def of_file(path: Path) -> str:
    """Return the encoding of a text file."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
        return of_text(sample, whole=not file.read(1))


def of_shapefile(path: Path) -> tuple[str | None, bool]:
    """Return the encoding of a Shapefile's attributes and whether it was detected rather than declared.

    What the .cpg declares is believed where the attributes can be read by it; without one, and where they cannot,
    the attributes themselves decide. None where there are no attributes.
    """
    table = _beside(path, ".dbf")
    if table is None:
        return None, False
    sample = _dbf_records(table)
    declared = _declared(path)
    if declared is not None and _decodes(sample, declared, whole=False):
        return declared, False
    return of_text(sample, whole=False), True


def _declared(path: Path) -> str | None:
    page = _beside(path, ".cpg")
    if page is None:
        return None
    name = page.read_bytes()[:64].decode("ascii", "ignore").strip().lower()
    name = {"936": "gbk", "oem 936": "gbk", "65001": "utf-8", "88591": "latin-1"}.get(name, name)
    try:
        return codecs.lookup(name.removeprefix("ansi ")).name
    except LookupError:
        return None


def _beside(path: Path, suffix: str) -> Path | None:
    for candidate in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
        if candidate.is_file():
            return candidate
    return None


def _dbf_records(table: Path) -> bytes:
    """Return field names and text values of a DBF, each cut at its own end so that none is torn in two."""
    with table.open("rb") as file:
        head = file.read(32)
        if len(head) < 32:
            return b""
        count, header_bytes, record_bytes = struct.unpack("<IHH", head[4:12])
        fields = file.read(max(header_bytes - 32, 0))
        records = file.read(min(count * record_bytes, SAMPLE_BYTES))
    found = []
    offset = 1  # the first byte of a record says whether it was deleted
    for start in range(0, len(fields) - 31, 32):
        field = fields[start : start + 32]
        if field[0] == 0x0D:
            break
        found.append(_whole(field[:11].split(b"\x00")[0], 10))
        length = field[16]
        if field[11:12] == b"C" and record_bytes:
            found.extend(
                _whole(records[at + offset : at + offset + length].rstrip(b" \x00"), length)
                for at in range(0, len(records) - record_bytes + 1, record_bytes)
            )
        offset += length
    return b"\n".join(found)


def _whole(value: bytes, width: int) -> bytes:
    """Return a value without the half character that a fixed width may have cut at its end."""
    if _decodes(value, "utf-8", whole=True):
        return value
    if len(value) == width:
        for cut in (1, 2, 3):
            part = value[:-cut]
            if not part.isascii() and _decodes(part, "utf-8", whole=True):
                return part
        if not _decodes(value, CHINESE, whole=True):
            return value[:-1]
    return value


def _decodes(sample: bytes, name: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(name)("strict").decode(sample, final=whole)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
