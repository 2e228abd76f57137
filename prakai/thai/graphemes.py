"""Counting and cutting by what a reader sees as one letter (Unicode extended grapheme clusters, UAX 29).

`len("ที่")` is 3 and `"ที่"[:2]` loses the tone mark. ำ counts with its consonant, as UAX 29 has it.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

import regex

from prakai.thai.words import boundary_before

_FLAG: Final = "[\U0001f1e6-\U0001f1ff]"
_CLUSTER: Final = regex.compile(
    rf"{_FLAG}{{2}}[\p{{GCB=Extend}}\p{{GCB=SpacingMark}}\p{{GCB=ZWJ}}]*|\X",
)
"""Flags are paired here: for each one `\\X` alone counts all those before it, which a long row of them makes slow."""
_NEAR: Final = 12
"""How many graphemes `cut` may give up to end at a word: about two Thai words."""


def graphemes(text: str) -> list[str]:
    """The text as a list of what a reader sees as single letters; `"".join` gives the text back."""
    return [match[0] for match in _CLUSTER.finditer(text)]


def count(text: str) -> int:
    """How many letters a reader sees; used for every limit that is told to a person."""
    return sum(1 for _ in _CLUSTER.finditer(text))


def cut(text: str, limit: int, *, end: str = "…") -> str:
    """The text if it has at most `limit` graphemes, else its beginning and `end`, together at most `limit`.

    Ends at a word where one is near; never splits a grapheme. Plain text only: cut before escaping, never
    after. `ValueError` when `limit` is negative.
    """
    if limit < 0:
        raise ValueError("a limit cannot be negative")
    seen = [match.end() for match in islice(_CLUSTER.finditer(text), limit + 1)]
    if len(seen) <= limit:
        return text
    room = limit - count(end)
    if room <= 0:
        return "".join(graphemes(end)[:limit])
    kept = text[: seen[room - 1]]
    least = max(1, room - _NEAR)
    at = boundary_before(text, len(kept))
    if at in seen[least - 1 : room]:
        kept = kept[:at].rstrip() or kept
    return kept + end
