"""Thai words: text in, words out, behind one function.

Thai writes no space between words. Only runs of Thai letters go to the dictionary (`dictionary.py`); digits,
Latin, spaces and marks are split here by kind, so that no input, however hostile, reaches the costly part
with anything else.
"""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.dictionary import LONGEST_RUN, split_run
from prakai.thai.folding import clean
from prakai.thai.letters import CONSONANTS, LETTERS

_SPLIT: Final = re.compile(
    f"(?<![{LETTERS}])(?:[{CONSONANTS}]{{1,4}}\\.){{2,}}"
    f"|([{LETTERS}]+)"
    r"|[0-9๐-๙]+(?:[.,:][0-9๐-๙]+)*"
    f"|[^\\W\\d_\u0e00-\u0e7f][^\\W_\u0e00-\u0e7f]*(?:['’][^\\W_\u0e00-\u0e7f]+)*"
    r"|\s+|.",
    re.DOTALL,
)
"""Abbreviations with inner dots; runs of Thai letters (the only group); numbers; other words; spaces; single signs."""

_WORD: Final = re.compile("[^\\W_\u0e2f\u0e46]")


def segments(text: str) -> list[str]:
    """The cleaned text cut into words, numbers, spaces and signs; `"".join(segments(t)) == clean(t)`."""
    found: list[str] = []
    for match in _SPLIT.finditer(clean(text)):
        run = match[1]
        if run is None:
            found.append(match[0])
        else:
            for start in range(0, len(run), LONGEST_RUN):
                found += split_run(run[start : start + LONGEST_RUN])
    return found


def words(text: str) -> list[str]:
    """Only the words and numbers of `segments`: no space, no punctuation, no mark that stands alone."""
    return [piece for piece in segments(text) if _WORD.search(piece)]


def boundary_before(text: str, at: int) -> int:
    """The last place at or before `at` where a word of `text` ends; 0 when there is none within 60
    characters."""
    if at >= len(text):
        return len(text)
    start = max(0, at - 60)
    space = text.rfind(" ", start, at)
    start = space + 1 if space >= 0 else start
    place = best = start
    for piece in _SPLIT.finditer(text[start : at + 60]):
        for word in split_run(piece[1]) if piece[1] else [piece[0]]:
            place += len(word)
            if place > at:
                return best
            best = place
    return best
