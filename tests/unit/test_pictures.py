"""Photos are written anew: told by their content, within bounds, upright, and without where they were taken."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from spatial.errors import BadInput, GridscapeError, LimitExceeded
from spatial.incidents.pictures import LONGEST_EDGE, MOST_BYTES, picture_of
from tests.photographs import SVG, bomb, photo_bytes


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=("JPEG",))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_each_kind_becomes_a_jpeg_of_pixels_alone(kind: str) -> None:
    sent = photo_bytes(kind=kind)
    assert b"SecretPhone" in sent
    picture = picture_of(sent)
    kept = opened(picture.content)
    assert (kept.format, kept.size) == ("JPEG", (picture.width, picture.height))
    assert dict(kept.getexif()) == {}
    assert dict(kept.getexif().get_ifd(0x8825)) == {}
    assert set(kept.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"SecretPhone" not in picture.content
    assert picture_of(sent) == picture


def test_a_long_photo_is_made_smaller_and_a_small_one_is_not_made_larger() -> None:
    assert (lambda made: (made.width, made.height))(picture_of(photo_bytes((4096, 1000)))) == (LONGEST_EDGE, 500)
    assert (lambda made: (made.width, made.height))(picture_of(photo_bytes((64, 48)))) == (64, 48)


@pytest.mark.parametrize(
    ("turned", "size", "red"),
    [(1, (64, 48), (8, 8)), (3, (64, 48), (56, 40)), (6, (48, 64), (40, 8)), (8, (48, 64), (8, 56))],
)
def test_a_phone_held_another_way_gives_an_upright_photo(
    turned: int, size: tuple[int, int], red: tuple[int, int]
) -> None:
    kept = opened(picture_of(photo_bytes((64, 48), turned=turned, quality=95)).content)
    assert kept.size == size
    pixel = kept.getpixel(red)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 150 > 60 > pixel[1]


def test_what_is_seen_through_is_seen_on_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG")
    pixel = opened(picture_of(written.getvalue()).content).getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_pictures_of_other_colours_are_taken(mode: str) -> None:
    written = io.BytesIO()
    Image.new(mode, (16, 16)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert picture_of(written.getvalue()).width == 16


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\xff\xd8\xff",
        SVG,
        b"\xef\xbb\xbf" + SVG,
        b"%PDF-1.7\n" + photo_bytes((16, 16)),
        photo_bytes((16, 16), "GIF"),
        photo_bytes((16, 16), "TIFF"),
        b"GIF89a" + photo_bytes((16, 16)),
        photo_bytes((640, 480))[:2000],
        photo_bytes((640, 480), "PNG")[:900],
        photo_bytes((640, 480), "WEBP")[:300],
        b"RIFF\x00\x00\x00\x00WAVEfmt ",
        b"<script>alert(1)</script>" + photo_bytes((16, 16)),
    ],
)
def test_what_is_no_whole_picture_is_refused(sent: bytes) -> None:
    with pytest.raises(BadInput):
        picture_of(sent)


def test_a_bomb_is_refused_before_it_is_decoded_and_so_is_too_much() -> None:
    sent = bomb()
    assert len(sent) < 10_000
    with pytest.raises(LimitExceeded):
        picture_of(sent)
    with pytest.raises(LimitExceeded):
        picture_of(photo_bytes((16, 16)) + b"\x00" * MOST_BYTES)


def test_what_hides_in_or_behind_a_photo_is_not_kept() -> None:
    hidden = b"<script>alert(document.cookie)</script>PK\x03\x04"
    for sent in (photo_bytes((32, 32)) + hidden, photo_bytes((32, 32), comment=hidden)):
        assert b"script" not in picture_of(sent).content


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow says of damaged EXIF what it leaves out
@settings(max_examples=60)
@given(at=st.integers(20, 600), value=st.binary(min_size=1, max_size=40), kind=st.sampled_from(["JPEG", "PNG", "WEBP"]))
def test_a_damaged_photo_is_a_photo_or_is_refused(at: int, value: bytes, kind: str) -> None:
    sent = photo_bytes((64, 48), kind)
    sent = sent[: at % len(sent)] + value + sent[at % len(sent) + len(value) :]
    try:
        made = picture_of(sent)
    except GridscapeError:
        return
    assert opened(made.content).size == (made.width, made.height)
