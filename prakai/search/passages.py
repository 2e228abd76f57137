"""Passages: the place of a text that answers best, with what answers it marked, cut where words and letters end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from prakai.search.analysis import grams_of
from prakai.search.queries.answers import Piece
from prakai.search.question import Question
from prakai.thai.digits import to_thai
from prakai.thai.graphemes import graphemes
from prakai.thai.letters import MAITAIKHU, TONES, ZERO_WIDTH
from prakai.thai.words import boundary_before

LENGTH: Final = 180
"""Characters of a passage, about two lines on a phone."""

LOOKED_THROUGH: Final = 60_000
_MOST_FORMS: Final = 24
_BETWEEN: Final = f"[{TONES}{MAITAIKHU}{ZERO_WIDTH}.]*"


def marked(text: str, question: Question) -> tuple[Piece, ...]:
    """Return a short text whole, with what answers the question marked."""
    return _pieces(text, 0, len(text), _hits(text, question)) if text else ()


def passage(text: str, question: Question, *, length: int = LENGTH) -> tuple[Piece, ...]:
    """Return the place of a long text where most of the question stands together; its beginning when none does."""
    text = text[:LOOKED_THROUGH]
    if not text.strip():
        return ()
    hits = _hits(text, question)
    start = max(0, _densest(hits, length) - 40) if hits else 0
    start = boundary_before(text, start) if start else 0
    end = boundary_before(text, min(len(text), start + length)) or min(len(text), start + length)
    # A mark that would be parted from its consonant stays with it.
    while end < len(text) and len(graphemes(text[end - 1 : end + 1])) == 1:
        end += 1
    pieces = _pieces(text, start, end, hits)
    before = (Piece("…"),) if start else ()
    after = (Piece("…"),) if end < len(text.rstrip()) else ()
    return (*before, *pieces, *after)


def _hits(text: str, question: Question) -> list[tuple[int, int]]:
    """Where words of the question stand (from, to), in order; parts of words where no word does."""
    words = [form for slot in question.slots for form in (slot.letters, *slot.others)]
    found = _found(text, [*question.phrases, *words])
    return found or _found(text, [gram for gram in grams_of(question.letters) if len(gram) > 2])


def _found(text: str, forms: Sequence[str]) -> list[tuple[int, int]]:
    wanted = sorted(dict.fromkeys(form for form in forms if form), key=len, reverse=True)[:_MOST_FORMS]
    if not wanted:
        return []
    pattern = re.compile("|".join(_spelled(form) for form in wanted), re.IGNORECASE)
    spans: list[tuple[int, int]] = []
    for match in pattern.finditer(text):
        start, end = match.span()
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], end)
        elif end > start:
            spans.append((start, end))
    return spans


def _spelled(form: str) -> str:
    """The pattern of loose letters in a text as people write it: with tone marks, dots, either digits."""
    letters = (f"[{c}{to_thai(c)}]" if c.isdigit() and c.isascii() else re.escape(c) for c in form[:80])
    return (_BETWEEN.join(letters)) + f"[{TONES}{MAITAIKHU}]*"


def _densest(hits: Sequence[tuple[int, int]], length: int) -> int:
    """Where the stretch begins that holds the most hits, longer ones counting more."""
    best, best_weight = hits[0][0], -1
    last = 0
    weight = 0
    for first, (start, end) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + length - 40:
            weight += hits[last][1] - hits[last][0]
            last += 1
        if weight > best_weight:
            best, best_weight = start, weight
        if last > first:
            weight -= end - start
        else:
            last, weight = first + 1, 0
    return best


def _pieces(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for first, last in hits:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(_calm(text[at:first])))
        pieces.append(Piece(_calm(text[first:last]), is_hit=True))
        at = last
    if at < end:
        pieces.append(Piece(_calm(text[at:end])))
    return tuple(pieces)


def _calm(text: str) -> str:
    return re.sub(r"\s+", " ", text)
