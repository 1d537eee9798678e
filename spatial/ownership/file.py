"""The file of an index: read in place by Python, and byte for byte the same by a browser. See docs/index-file.md."""

import hashlib
import mmap
import os
import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from spatial.errors import BadFile
from spatial.ownership.edges import Edges
from spatial.ownership.frame import Frame
from spatial.ownership.raster import Raster
from spatial.text import Text

MAGIC = b"\x89GSGRID\n"
VERSION = 1
_TURNED = 1
_HEADER = struct.Struct("<8sHHI32siiiiiiIIQ")
"""Magic, version, flags, length of header and directory, their SHA-256, kx, ky, first column, first row, columns, rows,
areas, edges, length of the file."""

_ENTRY = struct.Struct("<4sIQQ32s")
"""Of each section: its name, how many bytes an element has, where it begins, how many bytes it has, its SHA-256."""

_SECTIONS = (
    (b"CELL", "<i4"),
    (b"STRM", "<i4"),
    (b"ENDS", "<f8"),
    (b"SIDE", "<i4"),
    (b"CODE", "|u1"),
    (b"EDIT", "|u1"),
)
_DIGEST_AT = 16
VERIFIED_BELOW = 16_000_000
"""Files of fewer bytes than this are verified whole whenever they are read: it takes a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds."""

    raster: Raster
    edges: Edges
    codes: tuple[str, ...]
    edition: str


def written(saved: Saved) -> bytes:
    """Return an index as the bytes of its file."""
    return b"".join(_pieces(saved))


def _pieces(saved: Saved) -> Iterator[memoryview | bytes]:
    """Yield the bytes of a file in their order, large ones where they lie: copying them would hold up other threads."""
    if any("\n" in code for code in saved.codes):
        raise ValueError("a code has a line break")
    frame = saved.raster.frame
    arrays = (
        saved.raster.cells,
        saved.raster.stream,
        saved.edges.ends,
        saved.edges.sides,
        np.frombuffer("\n".join(saved.codes).encode(), dtype=np.uint8),
        np.frombuffer(saved.edition.encode(), dtype=np.uint8),
    )
    head = _HEADER.size + _ENTRY.size * len(_SECTIONS)
    place = head
    directory = []
    bodies: list[memoryview | bytes] = []
    for (name, kind), array in zip(_SECTIONS, arrays, strict=True):
        body = np.ascontiguousarray(array, dtype=kind).reshape(-1).view(np.uint8).data
        padding = bytes(-place % 8)
        place += len(padding)
        directory.append(_ENTRY.pack(name, np.dtype(kind).itemsize, place, len(body), hashlib.sha256(body).digest()))
        bodies += [padding, body]
        place += len(body)

    def header(digest: bytes) -> bytes:
        return _HEADER.pack(
            MAGIC, VERSION, _TURNED if frame.turned else 0, head, digest, frame.kx, frame.ky, frame.first_column,
            frame.first_row, frame.columns, frame.rows, len(saved.codes), len(saved.edges), place,
        )  # fmt: skip

    begin = header(bytes(32)) + b"".join(directory)
    yield header(hashlib.sha256(begin).digest())
    yield begin[_HEADER.size :]
    yield from bodies


def save(saved: Saved, path: Path) -> None:
    """Write an index to a file, whole or not at all; whoever may read the folder's files may read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            for piece in _pieces(saved):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def load(path: Path, *, verify: bool) -> Saved:
    """Map a file; raises BadFile for one that is foreign, truncated or altered, FileNotFoundError where there is none.

    Header and directory are checked against their digest; the sections too for small files, and where `verify` says so.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _HEADER.size:
            raise _damaged(path, Text("文件太短", "it is too short"))
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return read(content, path, verify=verify or size < VERIFIED_BELOW)


def read(content: "mmap.mmap | bytes", path: Path, *, verify: bool) -> Saved:
    """Read an index from bytes, which stay in use; `path` is named in errors. As `load`."""
    if len(content) < _HEADER.size:
        raise _damaged(path, Text("文件太短", "it is too short"))
    (
        magic, version, flags, head, digest, kx, ky, first_column, first_row, columns, rows, areas, edges, length,
    ) = _HEADER.unpack_from(content)  # fmt: skip
    if magic != MAGIC:
        raise BadFile(
            Text(f"{path.name} 不是网格索引文件", f"{path.name} is not an index file"),
            Text("请用 save 写出的 .gsi 文件", "Use a file that an index was saved to"),
        )
    if version != VERSION:
        raise BadFile(
            Text(f"{path.name} 的格式版本为 {version}", f"{path.name} is of version {version}"),
            Text(f"本程序可读版本 {VERSION}，请重新保存", f"This program reads version {VERSION}; save it again"),
        )
    if length != len(content):
        raise _damaged(path, Text(f"应有 {length} 字节，实有 {len(content)}", f"{length} bytes became {len(content)}"))
    if head != _HEADER.size + _ENTRY.size * len(_SECTIONS) or head > length:
        raise _damaged(path, Text("目录不符", "its directory does not fit"))
    begin = bytearray(content[:head])
    begin[_DIGEST_AT : _DIGEST_AT + 32] = bytes(32)
    if hashlib.sha256(begin).digest() != digest:
        raise _damaged(path, Text("文件头被改动", "its header was altered"))
    expected = (4 * columns * rows, None, 32 * edges, 8 * edges, None, None)
    arrays: list[np.ndarray[Any, Any]] = []
    for number, ((name, kind), wanted) in enumerate(zip(_SECTIONS, expected, strict=True)):
        found, width, at, size, own = _ENTRY.unpack_from(content, _HEADER.size + _ENTRY.size * number)
        fits = found == name and width == np.dtype(kind).itemsize and at % 8 == 0 and at >= head and at + size <= length
        if not fits or size % width or (wanted is not None and size != wanted):
            raise _damaged(path, Text("目录不符", "its directory does not fit"))
        if verify and hashlib.sha256(memoryview(content)[at : at + size]).digest() != own:
            raise _damaged(path, Text("内容被改动", "its content was altered"))
        arrays.append(np.frombuffer(content, dtype=kind, count=size // width, offset=at))
    cells, stream, ends, sides, code_bytes, edition = arrays
    try:
        codes = tuple(code_bytes.tobytes().decode().split("\n")) if areas else ()
        named = edition.tobytes().decode()
    except UnicodeDecodeError as error:
        raise _damaged(path, Text("文字不是 UTF-8", "its words are not UTF-8")) from error
    if len(codes) != areas:
        raise _damaged(path, Text("编码数目不符", "its codes are not as many as its areas"))
    frame = Frame(kx, ky, first_column, first_row, columns, rows, bool(flags & _TURNED))
    return Saved(
        Raster(frame, cells, stream),
        Edges(ends.reshape(-1, 4), sides.reshape(-1, 2)),
        codes,
        named,
    )


def _damaged(path: Path, why: Text) -> BadFile:
    return BadFile(
        Text(f"索引文件 {path.name} 已损坏：{why.zh}", f"The index file {path.name} is damaged: {why.en}"),
        Text("请从原始数据重新建立，或重新下载", "Build it again from the data, or download it again"),
    )
