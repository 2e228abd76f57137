"""Letters in one byte each (TIS-620, as Windows has it): patterns and tables over whole texts, one step a letter."""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.digits import to_arabic

CODE: Final = "cp874"


def pattern(letters: str) -> re.Pattern[bytes]:
    """Return a pattern over bytes; it may name letters, marks and their ranges, but no class of Unicode."""
    return re.compile(letters.encode(CODE))


def only(kept: re.Pattern[bytes]) -> bytes:
    """Return the table that writes as a space what is not ``kept``."""
    return bytes(byte if kept.match(bytes([byte])) else 0x20 for byte in range(256))


FOLDED: Final = bytes(
    ord(letter)
    if (letter := to_arabic(bytes([byte]).decode(CODE, "ignore")).lower()).isascii() and letter
    else byte
    for byte in range(256)
)
"""The table of one case and Arabic digits."""
