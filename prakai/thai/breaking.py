"""Words of long texts, quickly: thaibreak's compiled maximal matching instead of our own (`words.py`).

An index needs speed (9 MB/s against 1.5 MB/s) more than it needs our lexicon, for what a dictionary does not know is
found by letters. Only runs of Thai letters are handed over, and never a longer one than `LONGEST_RUN`: with those
thaibreak is linear, with anything else hostile text makes it slow.
"""

from __future__ import annotations

import re
from typing import Final

import thaibreak

from prakai.thai.letters import CONSONANTS, LEADING

LONGEST_RUN: Final = 2_000
_BEGINNINGS: Final = frozenset(
    re.findall(f"[{CONSONANTS}{LEADING}]", "".join(map(chr, range(0x0E00, 0x0E80))))
)


def broken(run: str) -> list[str]:
    """The words of a run of Thai letters (`letters.LETTERS`), in order; joined they give the run."""
    if len(run) <= LONGEST_RUN:
        return list(thaibreak.words(run))
    return [
        word
        for start in range(0, len(run), LONGEST_RUN)
        for word in thaibreak.words(run[start : start + LONGEST_RUN])
    ]


def broken_together(runs: list[str]) -> str:
    """The words of many runs of Thai letters, none across two of them, joined by spaces: one call for a whole text."""
    found: list[str] = []
    # A mark that begins a run would be taken with the line end before it.
    apart = [run for run in runs if run[0] not in _BEGINNINGS or len(run) > LONGEST_RUN]
    if apart:
        odd = set(apart)
        runs = [run for run in runs if run not in odd]
        found = [word for run in apart for word in broken(run)]
    found.append(thaibreak.lines("\n".join(runs), " ").replace("\n", " "))
    return " ".join(found)
