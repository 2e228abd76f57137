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
_BEGINS: Final = re.compile(f"[{CONSONANTS}{LEADING}]")


def broken(run: str) -> list[str]:
    """The words of a run of Thai letters (`letters.LETTERS`), in order; joined they give the run."""
    if len(run) <= LONGEST_RUN:
        return list(thaibreak.words(run))
    return [
        word
        for start in range(0, len(run), LONGEST_RUN)
        for word in thaibreak.words(run[start : start + LONGEST_RUN])
    ]


def broken_runs(runs: list[str]) -> list[str]:
    """The words of many runs of Thai letters, none across two of them: one call for a whole text."""
    together: list[str] = []
    found: list[str] = []
    for run in runs:
        # A mark that begins a run would be taken with the line end before it.
        if len(run) > LONGEST_RUN or not _BEGINS.match(run):
            found += broken(run)
        else:
            together.append(run)
    found += [word for word in thaibreak.words("\n".join(together)) if word != "\n"]
    return found
