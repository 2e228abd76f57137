"""What somebody asks: her words, and what she narrows them by. Reading never fails; what is no syntax is words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from prakai.search.asked_days import days_at
from prakai.thai.folding import clean
from prakai.thai.keyboard import meant_in_english, meant_in_thai
from prakai.thai.letters import ZERO_WIDTH
from prakai.thai.tags import find_hashtags

MOST_LETTERS: Final = 2_000
"""Letters of a query that are read; the rest is left out."""

MOST_PARTS: Final = 16
"""Phrases that are held as such, and as many of every other kind of part; what comes after them is words."""

_STRAIGHT: Final = '"\uff02\u2033'
_OPENING: Final = "\u201c\u201e\u201f\u00ab\u300a\u275d"
_CLOSING: Final = "\u201d\u00bb\u300b\u275e"
_QUOTES: Final = _STRAIGHT + _OPENING + _CLOSING
_QUOTE: Final = re.compile(f"[{_QUOTES}]")
_RUN: Final = re.compile(f"[^\\s{_QUOTES}]+")
_MINUS: Final = re.compile(f"[-\u2010\u2212\u2013\ufe63\uff0d](?=[^\\W\\d_]|[#{_QUOTES}])")
"""A minus that takes away: right before a letter, a tag or a quote; before a number it is part of a name (โควิด -19)."""
_OPERATOR: Final = re.compile(
    "(?:(?P<tags>tags?|แท็กส?|แท็ค|ป้าย|คำสำคัญ)|(?P<units>units?|หน่วยงาน|หน่วย)|(?P<by>by|author|โดย|ผู้เขียน)"
    "|(?P<after>after|since|หลัง|ตั้งแต่)|(?P<before>before|ก่อน)) ?[:\uff1a] ?",
    re.IGNORECASE,
)
_INVISIBLE: Final = re.compile(f"[{ZERO_WIDTH}\x00\ud800-\udfff]+")
_BEFORE_A_WORD: Final = " ([{"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was read. ``text`` is what was typed, cleaned; ``words`` its free words without the operators.

    ``phrases`` must stand as they are (their words are among ``words``, too), ``without`` must not stand. ``tags``,
    ``units``, ``by`` narrow by names as typed (folding is the index's matter). ``after`` is the first day, ``before``
    the first day no more.
    """

    text: str = ""
    words: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None


def read_asked(text: str) -> Asked:
    """Return what ``text`` asks for. Never raises, and takes time by the first ``MOST_LETTERS`` letters only."""
    kept = cleaned(text)
    reading = _Reading(kept)
    reading.read()
    if reading.parts["without"] and not (reading.words or reading.narrows):
        return Asked(text=kept, words=" ".join(_RUN.findall(kept)))
    return Asked(
        text=kept,
        words=" ".join(reading.words),
        after=reading.after,
        before=reading.before,
        **{kind: tuple(parts) for kind, parts in reading.parts.items()},
    )


def read_meant(text: str) -> tuple[Asked, str]:
    """Return what ``text`` asks for, and how it was understood when it was typed on the wrong keyboard layout, else "".

    The whole of it is turned around before any syntax is looked for: the keys of "ก" on a Thai layout give no quotes on
    an English one, and those of ``-hk,`` (ข้าม) no minus.
    """
    kept = cleaned(text)
    meant = meant_in_thai(kept) or meant_in_english(kept)
    return (replace(read_asked(meant), text=kept), meant) if meant else (read_asked(kept), "")


def cleaned(text: str) -> str:
    """Return ``text`` as it is read and shown again: visible letters in order, single spaces, not too long."""
    kept = _INVISIBLE.sub("", text)
    while True:
        tidy = " ".join(clean(kept[:MOST_LETTERS]).split())
        if tidy == kept:
            return tidy
        kept = tidy


def _says(words: str) -> bool:
    """Whether there is a letter or digit to look for."""
    return any(letter.isalnum() for letter in words)


def _no_parts() -> dict[str, list[str]]:
    return {kind: [] for kind in ("phrases", "without", "tags", "units", "by")}


@dataclass(slots=True)
class _Reading:
    """A walk over a cleaned query, once from left to right; ``place`` never goes back."""

    text: str
    place: int = 0
    words: list[str] = field(default_factory=list)
    parts: dict[str, list[str]] = field(default_factory=_no_parts)
    after: date | None = None
    before: date | None = None

    @property
    def narrows(self) -> bool:
        """Whether something was asked for by operators alone."""
        return bool(self.after or self.before or any(self.parts[kind] for kind in ("tags", "units", "by")))

    def read(self) -> None:
        while self.place < len(self.text):
            if self.text[self.place] == " ":
                self.place += 1
            elif not (self._starts_word() and self._read_part()) and not self._read_phrase(self._ask_phrase):
                self._read_words()

    def _starts_word(self) -> bool:
        return self.place == 0 or self.text[self.place - 1] in _BEFORE_A_WORD

    def _read_part(self) -> bool:
        """Read a minus, an operator or a tag that begins here; False when none does."""
        minus = _MINUS.match(self.text, self.place)
        start = self.place
        self.place = minus.end() if minus else start
        if self._read_operator(takes_away=bool(minus)) or self._read_hashtag(takes_away=bool(minus)):
            return True
        if minus and self._read_phrase(self._take_away):
            return True
        # Before the first word a minus is more often what is left of a list or of "ไทย-กัมพูชา" than a wish.
        if minus and start and (run := _RUN.match(self.text, self.place)):
            self.place = run.end()
            return self._take_away(run[0]) or self._say(run[0])
        self.place = start
        return False

    def _read_operator(self, *, takes_away: bool) -> bool:
        found = _OPERATOR.match(self.text, self.place)
        if not found:
            return False
        kind, start = found.lastgroup or "", self.place
        self.place = found.end()
        if kind in ("after", "before"):
            return self._read_days(is_after=(kind == "after") is not takes_away) or self._back_to(start)
        keep: Callable[[str], bool] = self._take_away if takes_away else lambda value: self._keep(kind, value)
        inner, end = self._quoted()
        if end:
            return self._read_phrase(keep) if _says(inner) else self._back_to(start)
        run = _RUN.match(self.text, self.place)
        parted = found[0].endswith(" ")
        if not run or (parted and (_OPERATOR.match(self.text, self.place) or _MINUS.match(run[0]))):
            return self._back_to(start)
        self.place = run.end()
        return keep(run[0]) or self._back_to(start)

    def _read_days(self, *, is_after: bool) -> bool:
        inner, end = self._quoted()
        days = days_at(inner, 0) if inner else days_at(self.text, self.place)
        if days is None or (inner and inner[days.past :].strip(" .")):
            return False
        self.place = end if inner else days.past
        if is_after:
            self.after = max(self.after or days.first, days.first)
        else:
            self.before = min(self.before or days.first, days.first)
        return True

    def _read_hashtag(self, *, takes_away: bool) -> bool:
        run = _RUN.match(self.text, self.place)
        if not run or run[0][0] != "#":
            return False
        tag = next(iter(find_hashtags(run[0])), "")
        if not tag or not run[0].startswith(f"#{tag}"):
            return False
        if not (self._take_away(tag) if takes_away else self._keep("tags", tag)):
            return False
        self.place += len(tag) + 1
        return True

    def _read_phrase(self, keep: Callable[[str], bool]) -> bool:
        """Read a quote that is opened here and closed later; what stands in it goes to ``keep``."""
        inner, end = self._quoted()
        if not end:
            return False
        self.place = end
        return keep(inner) or self._say(inner)

    def _quoted(self) -> tuple[str, int]:
        """Return what stands in the quotes that open here and the place after them; 0 when none open and close."""
        text, place = self.text, self.place
        opens = place < len(text) and text[place] in _STRAIGHT + _OPENING
        if not opens or (text[place] in _STRAIGHT and place and text[place - 1].isdigit()):
            return "", 0
        closing = _QUOTE.search(text, place + 1)
        if not closing or (closing[0] in _OPENING and not self._closes(closing.start())):
            return "", 0
        return text[place + 1 : closing.start()].strip(), closing.end()

    def _closes(self, place: int) -> bool:
        """Whether an opening quote stands where a closing one should: after a letter, and before none."""
        return self.text[place - 1] != " " and not self.text[place + 1 : place + 2].isalnum()

    def _read_words(self) -> None:
        """Take the letters up to the next space or quote as words; a lone quote says nothing."""
        run = _RUN.match(self.text, self.place)
        self.place = run.end() if run else self.place + 1
        if run:
            self._say(run[0])

    def _ask_phrase(self, phrase: str) -> bool:
        return self._keep("phrases", phrase) and self._say(phrase)

    def _take_away(self, words: str) -> bool:
        return self._keep("without", words)

    def _say(self, words: str) -> bool:
        """Add free words; always True, so that it can stand at the end of a choice."""
        if words:
            self.words.append(words)
        return True

    def _keep(self, kind: str, value: str) -> bool:
        """Keep a part, once; False when it says nothing or when there are enough of them."""
        bare = value.strip(" ,;|)]}").lstrip("#([{ ")
        kept = self.parts[kind]
        if not _says(bare):
            return False
        if bare not in kept:
            if len(kept) >= MOST_PARTS:
                return False
            kept.append(bare)
        return True

    def _back_to(self, place: int) -> bool:
        self.place = place
        return False
