"""Pictures from strangers: decoded within limits, turned upright, written anew with nothing but their pixels.

Nothing of the original file survives: no place, no camera, no hidden second file behind the picture.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
"""More than any phone of today takes, and what decodes in about 240 MB."""
ENDINGS: Final = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}

_READABLE: Final = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "MPO")
_TEXTS_OF_DRAWINGS: Final = (b"<svg", b"<?xml", b"<!doctype svg")
_HEIF_BRANDS: Final = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture that is safe to keep and to show; sides in pixels."""

    bytes: bytes
    media_type: str
    width: int
    height: int

    @property
    def ending(self) -> str:
        """The file ending that goes with the media type."""
        return ENDINGS[self.media_type]


def clean_picture(
    file: IO[bytes], *, most_side: int = 1600, most_bytes: int = MOST_BYTES, square: bool = False
) -> CleanPicture:
    """Return the picture of ``file``, upright, no side longer than ``most_side`` pixels, without metadata.

    JPEG stays JPEG, WebP stays WebP; what has transparency, PNG and GIF become PNG; of an animation the first
    frame is kept. ``square`` cuts the middle, as portraits need. Raises ``ValidationError`` for what is no
    picture, has more than ``most_bytes`` bytes or ``MOST_PIXELS`` pixels, or is a drawing (SVG) or HEIC.
    """
    content = _within(file, most_bytes)
    _refuse_by_head(content[:512])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=_READABLE) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise ValidationError(
                        pgettext_lazy("picture", "The picture has too many pixels. Please make it smaller."),
                        code="too_many_pixels",
                    )
                kind = opened.format or ""
                opened.seek(0)
                if kind in ("JPEG", "MPO") and not square:
                    opened.draft("RGB", (most_side, most_side))
                upright = ImageOps.exif_transpose(opened)
                return _written(_sized(upright, most_side, square), kind)
    except ValidationError:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise _no_picture() from None
    # A hostile file reaches every corner of a decoder: whatever it raises, the file is what is wrong.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError):
        raise _no_picture() from None
    except MemoryError:
        raise ValidationError(
            pgettext_lazy("picture", "The picture has too many pixels. Please make it smaller."),
            code="too_many_pixels",
        ) from None


def _within(file: IO[bytes], most_bytes: int) -> bytes:
    content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise ValidationError(
            pgettext_lazy("picture", "The picture is larger than %(megabytes)s MB. Please make it smaller."),
            code="too_large",
            params={"megabytes": max(1, most_bytes // (1024 * 1024))},
        )
    if not content:
        raise ValidationError(pgettext_lazy("picture", "The file is empty."), code="empty")
    return content


def _refuse_by_head(head: bytes) -> None:
    """Name the two kinds that people send in good faith and that we do not take."""
    words = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if words.startswith(_TEXTS_OF_DRAWINGS) or b"<svg" in words:
        raise ValidationError(
            pgettext_lazy("picture", "SVG drawings cannot be taken. Please save it as PNG and try again."),
            code="svg",
        )
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise ValidationError(
            pgettext_lazy(
                "picture",
                "This phone saved the picture as HEIC, which browsers cannot show. Please save it as JPEG:"
                " on iPhone, Settings > Camera > Formats > Most compatible.",
            ),
            code="heic",
        )


def _sized(picture: Image.Image, most_side: int, square: bool) -> Image.Image:
    if square:
        side = min(picture.width, picture.height, most_side)
        return ImageOps.fit(_plain(picture), (side, side), Image.Resampling.LANCZOS)
    plain = _plain(picture)
    if max(plain.size) > most_side:
        plain.thumbnail((most_side, most_side), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return plain


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels in a mode that every format writes: RGBA when something is transparent, else RGB."""
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def _written(picture: Image.Image, kind: str) -> CleanPicture:
    """Encode the pixels alone, copied onto fresh paper, so that no chunk of the file comes along."""
    fresh = Image.new(picture.mode, picture.size)
    fresh.paste(picture)
    out = BytesIO()
    if kind == "WEBP":
        fresh.save(out, "WEBP", quality=82, method=4)
        return CleanPicture(out.getvalue(), "image/webp", *fresh.size)
    if fresh.mode == "RGBA" or kind in ("PNG", "GIF"):
        fresh.save(out, "PNG", optimize=True)
        return CleanPicture(out.getvalue(), "image/png", *fresh.size)
    fresh.save(out, "JPEG", quality=84, optimize=True, progressive=True)
    return CleanPicture(out.getvalue(), "image/jpeg", *fresh.size)


def _no_picture() -> ValidationError:
    return ValidationError(
        pgettext_lazy(
            "picture", "This file is no picture that we can read. JPEG, PNG and WebP are sure to work."
        ),
        code="no_picture",
    )
