"""Passages: the place of a text that answers best, with what answers it marked, cut where words and letters end."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from prakai.search.analysis import grams_of
from prakai.search.bytewise import CODE, FOLDED, pattern
from prakai.search.queries.answers import Piece
from prakai.search.question import Question
from prakai.thai.breaking import broken
from prakai.thai.graphemes import graphemes
from prakai.thai.letters import LETTERS, MAITAIKHU, TONES, ZERO_WIDTH

LENGTH: Final = 180
"""Characters of a passage, about two lines on a phone."""

LOOKED_THROUGH: Final = 60_000
_MOST_FORMS: Final = 24
_MOST_SPANS: Final = 400
_NEAR: Final = 60
_SLIP: Final = 1
"""Letters between two words or parts of words that are marked with them: the one that was mistyped."""
_EDGE_NEAR: Final = 40
"""Characters before a place in which a word's end is looked for."""
_WORD_ENDS: Final = 16
"""Characters after a place that say which word stands there."""
_SPACE_NEAR: Final = 24
"""Thai puts its spaces where a phrase ends: one that is so near is the best place to cut."""
_BEFORE: Final = 40
"""Characters that are shown before the first hit."""
_EACH: Final = "prakai.each"
_HIDDEN: Final = 0x00
_OTHER: Final = 0x01
"""Stand for what has no byte: signs without width, letters of other scripts."""
_MARKS: Final = re.compile(f"[{TONES}{MAITAIKHU}{ZERO_WIDTH}.]+")
_LEFT_OUT: Final = bytes([_HIDDEN]) + b"".join(pattern(f"[{TONES}{MAITAIKHU}.]").findall(bytes(range(256))))
_FOLDED: Final = FOLDED.replace(b"\xa0", b" ")
_SPACES: Final = re.compile(r"\s+")
_UNCALM: Final = re.compile(r"[^\S ]|  ")
"""What would not look as one space."""
_LETTER: Final = re.compile("[ -~ก-ะาเ-ไ]")
"""What always begins a letter."""
_IN_WORD: Final = re.compile(f"[{LETTERS}\\w]")
_PIECE: Final = re.compile(f"([{LETTERS}]+)|[^{LETTERS}]+")


class Marker:
    """Marks what answers one question, in as many texts as there are on a page."""

    def __init__(self, question: Question) -> None:
        alone = {form for slot in question.slots for form in slot.short}
        words = (form for slot in question.slots for form in slot.forms if form not in alone)
        self._forms, self._alone = _few([*question.phrases, *words]), _few(sorted(alone))
        self._parts = _few(gram for gram in grams_of(question.letters) if len(gram) > 2)

    def whole(self, text: str) -> tuple[Piece, ...]:
        """Return a short text whole, with what answers the question marked."""
        loosened = _Loose(text)
        hits = [loosened.stretch(hit) for hit in self._hits(loosened)]
        return _pieces(text, 0, len(text), hits) if text else ()

    def passage(self, text: str, *, length: int = LENGTH) -> tuple[Piece, ...]:
        """Return the place of a long text where most of the question stands together, or its beginning."""
        text = text[:LOOKED_THROUGH]
        if not text.strip():
            return ()
        loosened = _Loose(text)
        hits = self._hits(loosened)
        first = _densest(hits, length) if hits else 0
        start = max(0, loosened.place(first) - _BEFORE) if hits else 0
        start = _edge(text, start) if start else 0
        end = _edge(text, min(len(text), start + length)) or min(len(text), start + length)
        # A mark that would be parted from its consonant stays with it.
        while start and _are_one(text, start):
            start -= 1
        while end < len(text) and _are_one(text, end):
            end += 1
        near = [hit for hit in hits if hit[1] > first - 2 * _NEAR and hit[0] < first + length]
        pieces = _pieces(text, start, end, [loosened.stretch(hit) for hit in near])
        before = (Piece("…"),) if start else ()
        after = (Piece("…"),) if end < len(text.rstrip()) else ()
        return (*before, *pieces, *after)

    def _hits(self, loosened: _Loose) -> list[tuple[int, int]]:
        """Where words of the question stand in the loose letters; parts of words where no word does."""
        alone = [hit for hit in loosened.spans(self._alone) if loosened.stands_alone(hit)]
        hits = _together([*loosened.spans(self._forms), *alone]) or _together(loosened.spans(self._parts))
        return _joined(loosened.letters, hits)


def _joined(letters: bytes, hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Parts of a word as one: what lies between them is the slip (โรงพย[า]บาล)."""
    joined: list[tuple[int, int]] = []
    for start, end in hits:
        between = letters[joined[-1][1] : start] if joined else b""
        if joined and len(between) <= _SLIP and not between.isspace():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


class _Form(NamedTuple):
    """What is looked for: its bytes, and its letters where some of them have no byte of their own."""

    code: bytes
    said: str


def _few(forms: Iterable[str]) -> list[_Form]:
    few = [form for form in dict.fromkeys(forms) if form][:_MOST_FORMS]
    codes = [form.encode(CODE, _EACH) for form in few]
    return [_Form(code, form if _OTHER in code else "") for code, form in zip(codes, few, strict=True)]


def _together(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch put together."""
    together: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return together


class _Loose:
    """A text as loose letters with spaces and signs, and where each of them lies in the text.

    The letters take one byte each: they are folded at once by a table, and found two to four times as fast.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._code = text.encode(CODE, _EACH)
        self.letters = self._code.translate(_FOLDED, _LEFT_OUT)
        self._known = (0, 0)

    def spans(self, forms: Sequence[_Form]) -> list[tuple[int, int]]:
        """Where any of the forms stands in the loose letters (from, to)."""
        letters = self.letters
        spans: list[tuple[int, int]] = []
        for code, said in forms:
            long = len(code)
            at = letters.find(code)
            while at >= 0 and len(spans) < _MOST_SPANS:
                if not said or self._says(said, at, at + long):
                    spans.append((at, at + long))
                at = letters.find(code, at + long)
        return spans

    def _says(self, said: str, start: int, end: int) -> bool:
        return _MARKS.sub("", self._text[self.place(start) : self.place(end)].lower()) == said

    def stands_alone(self, hit: tuple[int, int]) -> bool:
        """Whether an abbreviation stands here, with its dots or between spaces, and no part of another word."""
        start, end = self.stretch(hit)
        begins = "." in self._text[start : end - 1] or not _IN_WORD.match(self._text[:start][-1:])
        return begins and ("." in self._text[start:end] or not _IN_WORD.match(self._text, end))

    def stretch(self, hit: tuple[int, int]) -> tuple[int, int]:
        """Return where a stretch of the loose letters lies in the text (from, to)."""
        return self.place(hit[0]), self.place(hit[1])

    def place(self, at: int) -> int:
        """Return where a place of the loose letters lies: after the marks that belong to the letter before it."""
        code = self._code
        # Places are asked for mostly one after another: what was left out is counted from the last one on.
        known, place = self._known if self._known[0] <= at else (0, 0)
        while known < at and place < len(code):
            ahead = place + at - known
            known += len(code[place:ahead].translate(None, _LEFT_OUT))
            place = ahead
        while place < len(code) and code[place] in _LEFT_OUT:
            place += 1
        self._known = at, place
        return place


def _each(trouble: UnicodeError) -> tuple[bytes, int]:
    """Write one byte for each sign or letter that has none, so that places stay what they are."""
    if not isinstance(trouble, UnicodeEncodeError):
        raise trouble
    signs = trouble.object[trouble.start : trouble.end]
    return bytes(_HIDDEN if sign in ZERO_WIDTH else _OTHER for sign in signs), trouble.end


codecs.register_error(_EACH, _each)


def _densest(hits: Sequence[tuple[int, int]], length: int) -> int:
    """Where the stretch begins that holds the most hits, longer ones counting more."""
    best, best_weight = hits[0][0], -1
    last = 0
    weight = 0
    for first, (start, end) in enumerate(hits):
        while last < len(hits) and hits[last][1] <= start + length - _BEFORE:
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
    calm = _calmly if _UNCALM.search(text, start, end) else str
    for first, last in hits:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            pieces.append(Piece(calm(text[at:first])))
        pieces.append(Piece(calm(text[first:last]), is_hit=True))
        at = last
    if at < end:
        pieces.append(Piece(calm(text[at:end])))
    return tuple(pieces)


def _calmly(text: str) -> str:
    return _SPACES.sub(" ", text)


def _edge(text: str, at: int) -> int:
    """The last place at or before ``at`` where a word ends; ``at`` itself when there is none near."""
    if at >= len(text):
        return len(text)
    start = max(0, at - _EDGE_NEAR)
    if (space := text.rfind(" ", start, at + 1)) >= 0:
        start = space + 1
        if at - start < _SPACE_NEAR:
            return start
    place = best = start
    for piece in _PIECE.finditer(text, start, min(len(text), at + _WORD_ENDS)):
        for word in broken(piece[0]) if piece[1] else [piece[0]]:
            place += len(word)
            if place > at:
                return best if best > at - _EDGE_NEAR else at
            best = place
    return best


def _are_one(text: str, at: int) -> bool:
    """Whether what stands before this place and what stands at it are one letter to a reader."""
    return not _LETTER.match(text, at) and len(graphemes(text[at - 1 : at + 1])) == 1
