"""What people typed into a short field, as it is kept: cleaned, and not longer than its place."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.thai.folding import clean
from prakai.thai.graphemes import count


def line(text: str, *, most: int, field: str) -> str:
    """Return one clean line; raise ``ValidationError`` for ``field`` when it has more than ``most`` letters."""
    return checked(" ".join(clean(text[: most * 40]).split()), most=most, field=field)


def paragraphs(text: str, *, most: int, field: str) -> str:
    """Return clean words with their ends of lines; raise ``ValidationError`` as ``line`` does."""
    lines = (" ".join(one.split()) for one in clean(text[: most * 40]).splitlines())
    return checked("\n".join(lines).strip(), most=most, field=field)


def checked(words: str, *, most: int, field: str) -> str:
    """Return ``words``; raise ``ValidationError`` for ``field`` when a reader counts more than ``most`` letters."""
    if len(words) > most and (have := count(words)) > most:
        message = pgettext("typed", "At most %(most)d letters, please; these are %(have)d.")
        raise ValidationError({field: ValidationError(message, "too-long", {"most": most, "have": have})})
    return words
