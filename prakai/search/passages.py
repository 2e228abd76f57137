"""Passages: the place of a text that answers best, with what answers it marked, cut where words and letters end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from prakai.search.analysis import grams_of
from prakai.search.queries.answers import Piece
from prakai.search.question import Question
from prakai.thai.breaking import broken
from prakai.thai.digits import to_arabic
from prakai.thai.graphemes import graphemes
from prakai.thai.letters import LETTERS, MAITAIKHU, TONES, ZERO_WIDTH

LENGTH: Final = 180
"""Characters of a passage, about two lines on a phone."""

LOOKED_THROUGH: Final = 60_000
_MOST_FORMS: Final = 24
_MOST_SPANS: Final = 400
_NEAR: Final = 60
_MARKS: Final = re.compile(f"[{TONES}{MAITAIKHU}{ZERO_WIDTH}.]+")
_THAI_DIGITS: Final = re.compile("[๐-๙]")
_PIECE: Final = re.compile(f"([{LETTERS}]+)|[^{LETTERS}]+")


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
    start = _edge(text, start) if start else 0
    end = _edge(text, min(len(text), start + length)) or min(len(text), start + length)
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
    """Where any of the forms (loose letters) stands in the text as people write it, in order and put together."""
    wanted = [form for form in dict.fromkeys(forms) if form][:_MOST_FORMS]
    if not wanted:
        return []
    plain, gaps = _without_marks(text)
    spans: list[tuple[int, int]] = []
    for form in wanted:
        at = plain.find(form)
        while at >= 0 and len(spans) < _MOST_SPANS:
            spans.append((_place(gaps, at), _place(gaps, at + len(form))))
            at = plain.find(form, at + len(form))
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return together


def _without_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text as loose letters with spaces and signs, and where something was left out.

    Each gap is a place in the loose text and how many characters are missing before it, in sum.
    """
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    if _THAI_DIGITS.search(lowered):
        lowered = to_arabic(lowered)
    parts: list[str] = []
    gaps: list[tuple[int, int]] = []
    past = missing = 0
    for match in _MARKS.finditer(lowered):
        start, end = match.span()
        parts.append(lowered[past:start])
        gaps.append((start - missing, missing))
        missing += end - start
        past = end
    gaps.append((len(lowered) - missing, missing))
    parts.append(lowered[past:])
    return "".join(parts), gaps


def _place(gaps: Sequence[tuple[int, int]], at: int) -> int:
    """Where a place of the loose text lies in the text: after the marks that belong to the letter before it."""
    beyond = bisect_right(gaps, at, key=lambda gap: gap[0])
    return at + gaps[min(beyond, len(gaps) - 1)][1]


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


def _edge(text: str, at: int) -> int:
    """The last place at or before ``at`` where a word ends; ``at`` itself when there is none near."""
    if at >= len(text):
        return len(text)
    start = max(0, at - _NEAR)
    if (space := text.rfind(" ", start, at + 1)) >= 0:
        start = space + 1
    place = best = start
    for piece in _PIECE.finditer(text, start, min(len(text), at + _NEAR)):
        for word in broken(piece[0]) if piece[1] else [piece[0]]:
            place += len(word)
            if place > at:
                return best if best > max(0, at - _NEAR) else at
            best = place
    return best


def _calm(text: str) -> str:
    return re.sub(r"\s+", " ", text)
