"""What changed between two texts, by Thai words; bounded, so that two whole books cannot stop the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from prakai.thai.words import segments

Kind = Literal["same", "added", "removed"]
MOST_WORDS = 3000
"""Words of one changed passage that are compared one by one; a longer passage is shown as removed and added."""
MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that stayed, came or went."""

    kind: Kind
    text: str


def word_diff(old: str, new: str) -> list[Run]:
    """Return the runs that lead from ``old`` to ``new``: first by lines, then by words where lines differ."""
    if old == new:
        return [Run("same", new)] if new else []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) > MOST_LINES or len(after) > MOST_LINES:
        return _joined([Run("removed", old), Run("added", new)])
    runs: list[Run] = []
    for move, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        if move == "equal":
            runs.append(Run("same", gone))
        elif move == "replace":
            runs += _words(gone, come)
        else:
            runs += [Run("removed", gone), Run("added", come)]
    return _joined(runs)


def _words(old: str, new: str) -> list[Run]:
    before, after = segments(old), segments(new)
    if len(before) > MOST_WORDS or len(after) > MOST_WORDS:
        return [Run("removed", old), Run("added", new)]
    return _runs(before, after)


def _runs(before: Sequence[str], after: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    for move, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if move == "equal":
            runs.append(Run("same", "".join(before[i1:i2])))
        else:
            runs += [Run("removed", "".join(before[i1:i2])), Run("added", "".join(after[j1:j2]))]
    return runs


def _joined(runs: list[Run]) -> list[Run]:
    """Runs without empty ones, neighbours of one kind made one."""
    found: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if found and found[-1].kind == run.kind:
            found[-1] = Run(run.kind, found[-1].text + run.text)
        else:
            found.append(run)
    return found
