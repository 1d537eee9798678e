"""Making a photo of what somebody sent: told by its content, decoded within bounds, written anew without its past."""

import io

from PIL import Image

from spatial.errors import BadInput, LimitExceeded
from spatial.incidents.records import Picture
from spatial.text import Text

MOST_BYTES = 15_000_000
"""A sent picture may be so long,"""

MOST_PIXELS = 50_000_000
"""and have so many pixels, which is looked at before any of them is decoded; phones make up to 50 million."""

LONGEST_EDGE = 2048
SMALL_EDGE = 240
QUALITY = 82

_SIGNS = {"JPEG": b"\xff\xd8\xff", "PNG": b"\x89PNG\r\n\x1a\n", "WEBP": b"RIFF"}

_ORIENTATION = 0x0112
_TURNS = {
    # what undoes each value of EXIF's tag of orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

# Pillow's own limit warns first and refuses at twice as much; ours is told by the size in the header, before decoding
Image.MAX_IMAGE_PIXELS = None


def picture_of(content: bytes) -> Picture:
    """Return the photo to keep of a sent JPEG, PNG or WebP: upright, at most 2048 pixels long, and nothing but pixels.

    What was beside the pixels (EXIF and its position, comments, other files behind) is not in it. Takes up to a second.
    Raises LimitExceeded for more bytes or pixels than may be, BadInput for what is no such picture.
    """
    if len(content) > MOST_BYTES:
        raise LimitExceeded(
            Text("照片过大", "The photo is too large"),
            Text(f"至多 {MOST_BYTES // 1_000_000} MB", f"It may have {MOST_BYTES // 1_000_000} MB"),
            limit=MOST_BYTES,
        )
    kind = next((kind for kind, sign in _SIGNS.items() if content.startswith(sign)), None)
    if kind is None or (kind == "WEBP" and content[8:12] != b"WEBP"):
        raise _no_picture()
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as image:
            _refuse_large(image)
            return _written(image)
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, OverflowError) as error:
        # Pillow's readers raise any of these for damaged files; none of them is ours to tell apart
        raise _no_picture() from error


def thumbnail_of(kept: bytes) -> bytes:
    """Return a kept photo as a JPEG whose longest edge is 240 pixels at most."""
    with Image.open(io.BytesIO(kept), formats=("JPEG",)) as image:
        image.draft("RGB", (SMALL_EDGE, SMALL_EDGE))
        image.thumbnail((SMALL_EDGE, SMALL_EDGE), Image.Resampling.LANCZOS)
        small = io.BytesIO()
        image.save(small, "JPEG", quality=QUALITY)
    return small.getvalue()


def _refuse_large(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise LimitExceeded(
            Text(
                f"照片 {image.width} × {image.height} 像素过大", f"{image.width} × {image.height} pixels are too many"
            ),
            Text(f"至多 {MOST_PIXELS // 1_000_000} 百万像素", f"It may have {MOST_PIXELS // 1_000_000} megapixels"),
            limit=MOST_PIXELS,
        )


def _written(image: Image.Image) -> Picture:
    turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    image.draft("RGB", (LONGEST_EDGE, LONGEST_EDGE))  # a JPEG is decoded at a fraction of its size; others ignore it
    shown = _opaque(image)
    shown.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    if turn is not None:
        shown = shown.transpose(turn)
    bare = Image.frombytes("RGB", shown.size, shown.tobytes())
    kept = io.BytesIO()
    bare.save(kept, "JPEG", quality=QUALITY, optimize=True)
    return Picture(kept.getvalue(), bare.width, bare.height)


def _opaque(image: Image.Image) -> Image.Image:
    """Return a picture of red, green and blue; what is seen through is seen on white."""
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    shown = Image.new("RGB", clear.size, "white")
    shown.paste(clear, mask=clear.getchannel("A"))
    return shown


def _no_picture() -> BadInput:
    return BadInput(
        Text("这不是可用的照片", "This is no photo that can be used"),
        Text("请发送完整的 JPEG、PNG 或 WebP 图片", "Send a whole JPEG, PNG or WebP picture"),
    )
