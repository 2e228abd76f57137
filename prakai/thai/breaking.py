"""Words of long texts, quickly: thaibreak's compiled maximal matching instead of our own (`words.py`).

An index needs speed (9 MB/s against 1.5 MB/s) more than it needs our lexicon, for what a dictionary does not know is
found by letters. Only runs of Thai letters are handed over, and never a longer one than `LONGEST_RUN`: with those
thaibreak is linear, with anything else hostile text makes it slow.
"""

from __future__ import annotations

from typing import Final

import thaibreak

LONGEST_RUN: Final = 2_000


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
    short = [run for run in runs if len(run) <= LONGEST_RUN]
    # A mark that begins a run is given back with the line end before it.
    found = [word for piece in thaibreak.words("\n".join(short)) if (word := piece.strip("\n"))]
    for run in runs:
        if len(run) > LONGEST_RUN:
            found += broken(run)
    return found
