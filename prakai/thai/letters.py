"""The Thai block by role: the character classes that the other modules of this room build on.

Everything is by code point (The Unicode Standard, chapter 16.2, and TIS 620), so that a reader can see in a
source file which mark is meant: a lone combining mark is hardly visible in an editor.
"""

from __future__ import annotations

from typing import Final

CONSONANTS: Final = "\u0e01-\u0e2e"  # ก to ฮ, with ฤ and ฦ among them
LEADING: Final = "\u0e40-\u0e44"  # เ แ โ ใ ไ: written before the consonant that they follow in speech
ABOVE_BELOW: Final = "\u0e31\u0e34-\u0e39\u0e47"  # ั ิ ี ึ ื ุ ู ็
TONES: Final = "\u0e48-\u0e4b"  # ่ ้ ๊ ๋
THANTHAKHAT: Final = "\u0e4c"  # ์
NIKHAHIT: Final = "\u0e4d"  # ํ
SARA_AA: Final = "\u0e32"  # า
SARA_AM: Final = "\u0e33"  # ำ
MAITAIKHU: Final = "\u0e47"  # ็
PHINTHU: Final = "\u0e3a"  # ฺ
YAMAKKAN: Final = "\u0e4e"  # ๎
MAIYAMOK: Final = "\u0e46"  # ๆ
PAIYANNOI: Final = "\u0e2f"  # ฯ
MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
"""Every non-spacing mark of the block: what sits above or below a consonant."""
LETTERS: Final = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
"""What a word is made of: consonants, vowels and marks; not ฯ, ๆ, ฿, digits or ๏ ๚ ๛."""

ZERO_WIDTH: Final = "\u200b-\u200d\ufeff\u2060\u00ad"
"""Invisible and without width; a no-break space is visible and is not among them."""

THAI_DIGITS: Final = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS: Final = "0123456789"


def is_thai_letter(char: str) -> bool:
    """True for one character of `LETTERS`."""
    return "\u0e01" <= char <= "\u0e4e" and char not in "\u0e2f\u0e3b\u0e3c\u0e3d\u0e3e\u0e3f\u0e46"


def is_consonant(char: str) -> bool:
    """True for ก to ฮ (with ฤ and ฦ)."""
    return "\u0e01" <= char <= "\u0e2e"
