"""Thai and Arabic digits. Both are written in one note, often in one sentence, so matching and sorting need
one of them.

Only the ten digits change; ๏ (ฟองมัน) and the like stay. Length never changes, so positions in the text stay
good.
"""

from __future__ import annotations

from prakai.thai.letters import ARABIC_DIGITS, THAI_DIGITS

_TO_ARABIC = str.maketrans(THAI_DIGITS, ARABIC_DIGITS)
_TO_THAI = str.maketrans(ARABIC_DIGITS, THAI_DIGITS)


def to_arabic(text: str) -> str:
    """The text with ๐–๙ written 0–9; the same length."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """The text with 0–9 written ๐–๙; the same length."""
    return text.translate(_TO_THAI)
