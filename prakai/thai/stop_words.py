"""Words that only hold a sentence together (ที่ ของ และ ครับ): left out where the words of many are looked at.

The list is short and our own: those of libraries also take away what people of the front line mean (ง่าย เร็ว ช่วย
สำคัญ), because they were made for search.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from prakai.thai.folding import fold
from prakai.thai.graphemes import count
from prakai.thai.words import words

_NUMBER: Final = re.compile(r"[\d.,:]+")


def telling_words(text: str) -> list[str]:
    """Return the words of ``text`` that tell something, as they were written; no numbers and no single letters."""
    return [word for word in words(text) if tells(word)]


def tells(word: str) -> bool:
    """Return whether ``word`` says something by itself."""
    return count(word) > 1 and not _NUMBER.fullmatch(word) and fold(word) not in _list()


@lru_cache(maxsize=1)
def _list() -> frozenset[str]:
    text = Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8")
    return frozenset(fold(word) for word in text.split())
