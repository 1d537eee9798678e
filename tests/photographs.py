"""Photos for tests: honest ones, and those that are something else."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

LUXIAN_GPS = {1: "N", 2: (29.0, 9.0, 3.6), 3: "E", 4: (105.0, 22.0, 33.6)}


def photo_bytes(
    size: tuple[int, int] = (640, 480), kind: str = "JPEG", *, shade: int = 90, turned: int | None = None, **more: Any
) -> bytes:
    """Return a picture, red in its upper left quarter, with a position in its EXIF where it is a JPEG.

    `turned`: EXIF's tag of orientation.
    """
    image = Image.new("RGB", size, (shade, shade, shade))
    image.paste((200, 20, 20), (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    if turned is not None:
        exif[0x0112] = turned
    exif.get_ifd(0x8825).update(LUXIAN_GPS)
    written = io.BytesIO()
    image.save(written, kind, **({"exif": exif} if kind != "GIF" else {}), **more)
    return written.getvalue()


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """Return a PNG of a few kilobytes that says it has 900 million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 2_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect width="9" height="9"/></svg>'
