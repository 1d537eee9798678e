"""The file of an index is what docs/index-file.md says: a reader written from that page alone finds the same owners."""

import hashlib
import re
import struct
from fractions import Fraction
from math import floor
from pathlib import Path

import pytest

from tests.vectors import coverages, points_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "index-file.md"
INDEXES = coverages(5)
TYPES = {"u16": "H", "u32": "I", "u64": "Q", "i32": "i"}


def fields(first_line: str) -> list[tuple[int, int, str]]:
    """Return where, how long and of which type the fields of one of the page's tables are."""
    section = PAGE.read_text(encoding="utf-8").split("# Index files")[1].split(first_line)[1].split("\n\n")[0]
    found = re.findall(r"^\| (\d+) \| (\d+) \| ?(\w*) \|", section, re.MULTILINE)
    return [(int(at), int(size), kind) for at, size, kind in found]


def unpacked(content: bytes, begin: int, table: list[tuple[int, int, str]]) -> list[int | bytes]:
    values: list[int | bytes] = []
    for at, size, kind in table:
        part = content[begin + at : begin + at + size]
        values.append(struct.unpack("<" + TYPES[kind], part)[0] if kind in TYPES else part)
    return values


class Documented:
    """An index read by the page, slowly and in fractions."""

    def __init__(self, content: bytes) -> None:
        header = unpacked(content, 0, fields("| at | bytes | type | holds |"))
        magic, version, flags, head, digest, self.kx, self.ky, self.first_column, self.first_row = header[:9]
        self.columns, self.rows, areas, edges, length = header[9:14]
        assert (magic, version, head, length) == (b"\x89GSGRID\n", 1, 424, len(content))
        assert hashlib.sha256(content[:16] + bytes(32) + content[48:424]).digest() == digest
        self.turned = bool(flags & 1)
        sections = {}
        for number in range(6):
            name, width, begin, size, own = unpacked(content, 88 + 56 * number, fields("| at, in an entry |"))
            body = content[begin : begin + size]
            assert hashlib.sha256(body).digest() == own
            assert begin % 8 == 0
            sections[name] = struct.unpack(f"<{size // width}{ {4: 'i', 8: 'd', 1: 'B'}[width] }", body)
        assert list(sections) == [b"CELL", b"STRM", b"ENDS", b"SIDE", b"CODE", b"EDIT"]
        self.cells, self.stream, self.ends = sections[b"CELL"], sections[b"STRM"], sections[b"ENDS"]
        self.codes = bytes(sections[b"CODE"]).decode().split("\n")
        self.edition = bytes(sections[b"EDIT"]).decode()
        assert (len(self.codes), len(self.ends), len(sections[b"SIDE"])) == (areas, 4 * edges, 2 * edges)

    def owner(self, lon: float, lat: float) -> str | None:
        """Return the code of the owner, by the five steps of the page."""
        x = lon + 360 if self.turned and lon < 0 else -180.0 if not self.turned and lon == 180 else lon
        px, py, kx, ky = Fraction(x), Fraction(lat), self.kx, self.ky
        column, row = floor(px * Fraction(2) ** kx), floor(py * Fraction(2) ** ky)
        if not (0 <= column - self.first_column < self.columns and 0 <= row - self.first_row < self.rows):
            return None
        value = self.cells[(row - self.first_row) * self.columns + column - self.first_column]
        while value < 0 and self.stream[-1 - value] < 0:
            record = -1 - value
            power = -self.stream[record]
            kx, ky, across, down = kx + power, ky + power, column << power, row << power
            column, row = floor(px * Fraction(2) ** kx), floor(py * Fraction(2) ** ky)
            value = self.stream[record + 1 + ((row - down) << power) + column - across]
        if value < 0:
            value = self._sum(-1 - value, column / Fraction(2) ** kx, px, py)
        return self.codes[value - 1] if value else None

    def _sum(self, record: int, west: Fraction, x: Fraction, y: Fraction) -> int:
        total, count = self.stream[record : record + 2]
        for place in range(record + 2, record + 2 + 2 * count, 2):
            edge, both = self.stream[place : place + 2]
            x1, y1, x2, y2 = map(Fraction, self.ends[4 * edge : 4 * edge + 4])
            meets = (y1 <= y) != (y2 <= y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) <= x
            if meets != (x1 < west and y1 <= y):
                total ^= both
        return total


@pytest.mark.parametrize("name", INDEXES)
def test_a_reader_written_from_the_page_finds_the_same_owners(name: str, tmp_path: Path) -> None:
    index = INDEXES[name]
    index.save(tmp_path / "it.gsi")
    documented = Documented((tmp_path / "it.gsi").read_bytes())
    assert (tuple(documented.codes), documented.edition) == (index.codes, index.edition)
    lons, lats = points_of(index, 9, 100)
    points = list(zip(lons.tolist(), lats.tolist(), strict=True))
    assert [documented.owner(lon, lat) for lon, lat in points] == [index.owner(lon, lat) for lon, lat in points]
