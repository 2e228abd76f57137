"""How words that people type are kept: cleaned, within limits, and which wording they agreed to."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.thai.folding import clean
from prakai.thai.graphemes import count

TERMS = "2026-11"
"""The wording of terms and privacy notice that a consent speaks of. A new wording gets a new name here."""
LONGEST_NAME = 60


def in_words(text: str, *, most: int) -> str:
    """Return ``text`` cleaned, lines kept; ``ValidationError`` when it has more than ``most`` graphemes."""
    words = clean(text).strip()
    if count(words) > most:
        raise ValidationError(
            pgettext("people error", "Please keep it under %(most)s letters."), params={"most": most}
        )
    return words


def name_in_words(text: str) -> str:
    """Return a name cleaned, on one line, with single spaces; ``ValidationError`` when it is too long."""
    return in_words(" ".join(clean(text).split()), most=LONGEST_NAME)
