"""Attributes of many features, prepared for tiles: every distinct value as the bytes that a tile holds for it."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from layers.flat import Integers
from spatial.runs import offsets

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Attributes:
    """Columns of attributes.

    `ids`: which value each feature has in each column, shape (n, k), −1 where it has none. `values`: the messages of
    all distinct values one behind the other; value i lies between `value_offsets` i and i + 1.
    """

    names: tuple[str, ...]
    ids: NDArray[np.int32]
    values: Bytes
    value_offsets: Integers

    def columns(self, names: Sequence[str]) -> "Attributes":
        """Return only some of the columns, in the order asked for; names that are not there are left out."""
        where = [self.names.index(name) for name in names if name in self.names]
        return Attributes(
            tuple(self.names[index] for index in where),
            np.ascontiguousarray(self.ids[:, where]),
            self.values,
            self.value_offsets,
        )

    def rows(self, positions: NDArray[np.integer]) -> "Attributes":
        """Return the attributes of some rows, in the order asked for."""
        return Attributes(self.names, self.ids[positions], self.values, self.value_offsets)

    def beside(self, other: "Attributes") -> "Attributes":
        """Return the columns of both for the same rows."""
        shifted = np.where(other.ids >= 0, other.ids + (len(self.value_offsets) - 1), -1).astype(np.int32)
        return Attributes(
            (*self.names, *other.names),
            np.concatenate((self.ids, shifted), axis=1),
            np.concatenate((self.values, other.values)),
            np.concatenate((self.value_offsets, other.value_offsets[1:] + self.value_offsets[-1])),
        )


def varint(number: int) -> bytes:
    """Return an unsigned number in the base-128 encoding of Protocol Buffers."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def delimited(field: int, content: bytes) -> bytes:
    """Return a length-delimited field of Protocol Buffers."""
    return varint(field << 3 | 2) + varint(len(content)) + content


_SHORT_TEXT = [bytes((4 << 3 | 2, length + 2, 1 << 3 | 2, length)) for length in range(126)]
"""What goes before a text of so many bytes in a layer's `values`: nearly all texts are short."""


def _text(value: str) -> bytes:
    encoded = value.encode()
    if len(encoded) < len(_SHORT_TEXT):
        return _SHORT_TEXT[len(encoded)] + encoded
    return delimited(4, delimited(1, encoded))


def _message(value: Any) -> bytes:
    """Return one `values` entry of a tile's layer (field 4): a string, a whole number, a double or a boolean."""
    if type(value) is str:
        return _text(value)
    match value:
        case bool():
            body = b"\x38" + (b"\x01" if value else b"\x00")
        case int():
            # whole numbers as int64, negative ones in two's complement as the specification has it
            body = b"\x20" + varint(value & 0xFFFFFFFFFFFFFFFF)
        case float():
            body = b"\x19" + struct.pack("<d", value)
        case datetime():
            return _text(value.strftime("%Y-%m-%dT%H:%M:%SZ"))
        case _:
            return _text(str(value))
    return delimited(4, body)


def prepare(columns: Mapping[str, Sequence[Any] | NDArray[Any]], count: int) -> Attributes:
    """Return columns of plain values as attributes; None and NaN stand for "no value"."""
    ids = np.full((count, len(columns)), -1, dtype=np.int32)
    messages: list[bytes] = []
    for column, values in enumerate(columns.values()):
        if isinstance(values, np.ndarray):
            values = values.tolist()
        known = {value: position for position, value in enumerate(dict.fromkeys(values))}
        found = np.fromiter(map(known.__getitem__, values), dtype=np.int64, count=count)
        own = np.empty(len(known) + 1, dtype=np.int32)
        for value, position in known.items():
            if value is None or value != value:
                own[position] = -1
            else:
                own[position] = len(messages)
                messages.append(_message(value))
        ids[:, column] = own[found]
    return Attributes(
        tuple(columns),
        ids,
        np.frombuffer(b"".join(messages), dtype=np.uint8),
        offsets(np.array([len(message) for message in messages], dtype=np.int64)),
    )
