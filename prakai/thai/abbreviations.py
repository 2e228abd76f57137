"""Abbreviations with and without their dots."""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.folding import clean, fold
from prakai.thai.letters import LEADING, MARKS

_LETTER: Final = re.compile(f"[{LEADING}]?.[{MARKS}]*")
"""One letter with the vowels around it: no dot comes between ม and ี, or between เ and ม."""


def same_abbreviation(a: str, b: str) -> bool:
    """True when both are one abbreviation, however dotted and spaced: กพร. = ก.พ.ร. = ก. พ. ร. = กพร."""
    return bool(a.strip()) and _key(a) == _key(b)


def spellings(abbreviation: str) -> list[str]:
    """The forms in which an abbreviation is met, the bare one first: กพร, กพร., ก.พ.ร., ก.พ.ร."""
    bare = "".join(clean(abbreviation).replace(".", "").split())
    if not bare:
        return []
    dotted = ".".join(_LETTER.findall(bare))
    return list(dict.fromkeys([bare, f"{bare}.", f"{dotted}.", dotted, clean(abbreviation).strip()]))


def _key(text: str) -> str:
    return fold(text).replace(".", "").replace(" ", "")
