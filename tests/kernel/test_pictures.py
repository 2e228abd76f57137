"""Pictures from strangers, kind and hostile."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from PIL import Image, PngImagePlugin

from prakai.kernel.pictures import clean_picture


def _file(picture: Image.Image, kind: str, **options: Any) -> BytesIO:
    out = BytesIO()
    picture.save(out, kind, **options)
    out.seek(0)
    return out


def _halves(width: int = 400, height: int = 200) -> Image.Image:
    """Left half red, right half blue."""
    picture = Image.new("RGB", (width, height), (220, 0, 0))
    picture.paste((0, 0, 220), (width // 2, 0, width, height))
    return picture


def _code(content: bytes, **options: Any) -> str | None:
    with pytest.raises(ValidationError) as trouble:
        clean_picture(BytesIO(content), **options)
    code: str | None = trouble.value.code
    return code


def test_clean_picture_when_jpeg_has_place_and_orientation() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: show it a quarter to the right
    exif[0x010F] = "SpyCam"
    exif.get_ifd(0x8825)[2] = (13.0, 45.0, 0.0)
    clean = clean_picture(_file(_halves(), "JPEG", exif=exif, comment=b"secret remark"))
    assert (clean.media_type, clean.width, clean.height, clean.ending) == ("image/jpeg", 200, 400, ".jpg")
    seen = Image.open(BytesIO(clean.bytes))
    assert len(seen.getexif()) == 0
    assert (b"SpyCam" in clean.bytes, b"secret" in clean.bytes, b"Exif" in clean.bytes) == (False,) * 3
    top, bottom = seen.getpixel((100, 50)), seen.getpixel((100, 350))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[0] > 150, top[2] < 80, bottom[2] > 150, bottom[0] < 80) == (True,) * 4


def test_clean_picture_when_png_carries_words_and_a_profile() -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "ชื่อลับ")
    clean = clean_picture(_file(_halves(), "PNG", pnginfo=words, icc_profile=b"x" * 200))
    assert clean.media_type == "image/png"
    assert Image.open(BytesIO(clean.bytes)).info == {}


def test_clean_picture_when_larger_than_wanted() -> None:
    clean = clean_picture(_file(_halves(3000, 1000), "WEBP"), most_side=600)
    assert (clean.media_type, clean.width, clean.height) == ("image/webp", 600, 200)


def test_clean_picture_when_square_is_wanted() -> None:
    clean = clean_picture(_file(_halves(900, 400), "JPEG"), most_side=256, square=True)
    assert (clean.width, clean.height) == (256, 256)


def test_clean_picture_when_animated() -> None:
    frames = [Image.new("P", (40, 30), shade) for shade in (0, 100, 200)]
    moving = _file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100)
    clean = clean_picture(moving)
    seen = Image.open(BytesIO(clean.bytes))
    assert (clean.media_type, getattr(seen, "n_frames", 1)) == ("image/png", 1)


def test_clean_picture_when_transparent() -> None:
    clean = clean_picture(_file(Image.new("RGBA", (20, 20), (1, 2, 3, 0)), "PNG"))
    assert Image.open(BytesIO(clean.bytes)).getpixel((5, 5)) == (1, 2, 3, 0)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16", "I", "F"])
def test_clean_picture_when_mode_is_unusual(mode: str) -> None:
    kind = "TIFF" if mode in ("CMYK", "I", "F") else "PNG"
    assert clean_picture(_file(Image.new(mode, (30, 20)), kind)).width == 30


def test_clean_picture_when_something_hides_behind_the_picture() -> None:
    content = _file(_halves(), "JPEG").getvalue() + b"PK\x03\x04 <script>alert(1)</script>"
    assert b"script" not in clean_picture(BytesIO(content)).bytes


def test_clean_picture_when_a_bomb() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compress(b"\0" * 1_000_000)
    head = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    assert _code(bomb) in ("too_many_pixels", "no_picture")
    smaller = struct.pack(">IIBBBBB", 9_000, 9_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", smaller) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    assert _code(bomb) == "too_many_pixels"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"hello, I am a text", "no_picture"),
        (b"%PDF-1.7\n", "no_picture"),
        (b"MZ\x90\x00" + b"\0" * 100, "no_picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "svg"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><svg/>', "svg"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "heic"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n", "no_picture"),
        (b"GIF89a\x01\x00\x01\x00\x80", "no_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 64, "no_picture"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 64, "no_picture"),
    ],
)
def test_clean_picture_when_no_picture(content: bytes, code: str) -> None:
    assert _code(content) == code


def test_clean_picture_when_cut_off() -> None:
    content = _file(_halves(), "JPEG").getvalue()
    assert _code(content[: len(content) // 2]) == "no_picture"


def test_clean_picture_when_too_many_bytes() -> None:
    content = _file(_halves(), "JPEG").getvalue()
    assert _code(content, most_bytes=len(content) - 1) == "too_large"
    assert clean_picture(BytesIO(content), most_bytes=len(content)).width == 400


def test_clean_picture_when_every_byte_may_be_wrong() -> None:
    """No damaged file does anything but give a picture or a ValidationError."""
    content = bytearray(_file(_halves(60, 40), "PNG").getvalue())
    answers = set()
    for place in range(0, len(content), 3):
        damaged = bytearray(content)
        damaged[place] ^= 0xFF
        try:
            clean_picture(BytesIO(bytes(damaged)))
            answers.add("picture")
        except ValidationError:
            answers.add("refused")
    assert answers <= {"picture", "refused"}
    assert "refused" in answers
