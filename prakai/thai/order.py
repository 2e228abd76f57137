"""Thai dictionary order as a string that any `sorted()` and any database column with binary collation can
compare.

Royal Institute order: by consonant, then vowel; a leading vowel counts after the consonant it is spoken
after (เก sorts under ก); tone marks, ็ and ์ decide only between words that are otherwise equal. Numbers sort
by value, before Latin, before Thai.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.folding import clean

_LEADING: Final = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_SECOND_LEVEL: Final = re.compile("[\u0e47-\u0e4c\u0e4e\u0e3a]")
_NUMBER: Final = re.compile("[0-9]+")
_NOT_LETTERS: Final = re.compile(r"[^\w\u0e30-\u0e4e ]+|_")
_SPACES: Final = re.compile(r"\s+")


def order_key(text: str) -> str:
    """A key whose binary order is Thai dictionary order; equal only for texts that differ in nothing that is
    read.

    Word by word: a space sorts before every letter, so that all of one first name stand together.
    """
    plain = _SPACES.sub(" ", to_arabic(clean(text)))
    letters = _SPACES.sub(" ", _NOT_LETTERS.sub("", _without_accents(plain.casefold()))).strip()
    swapped = _LEADING.sub(r"\2\1", letters)
    first = _NUMBER.sub(_by_value, _SECOND_LEVEL.sub("", swapped))
    return f"{first}  {_second(swapped)}  {plain.strip()}"


def _second(letters: str) -> str:
    """One character a letter: its tone or other second-level mark, or 0."""
    marks: list[str] = []
    for char in letters:
        if _SECOND_LEVEL.match(char):
            if marks:
                marks[-1] = _RANK.get(char, "9")
        else:
            marks.append("0")
    return "".join(marks).rstrip("0")


_RANK: Final = {"\u0e47": "1", "\u0e48": "2", "\u0e49": "3", "\u0e4a": "4", "\u0e4b": "5", "\u0e4c": "6"}


def _by_value(match: re.Match[str]) -> str:
    """A number with its length in front, so that 9 comes before 19; leading zeros say nothing."""
    number = match[0].lstrip("0") or "0"
    return f"0{min(len(number), 9999):04}{number}"


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    split = unicodedata.normalize("NFD", text)
    return "".join(char for char in split if not "\u0300" <= char <= "\u036f")
