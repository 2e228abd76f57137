"""Where sentences begin and end: Thai writes no full stop, but a space where a thought ends.

Not grammar: pieces that somebody can point at and say "this one". A line end always ends a piece; so do ? ! … and a
full stop that is not part of an abbreviation; so does a space between two Thai runs when enough was said before it. A
space inside of a number, before ๆ, or within a name after its title ends nothing.
"""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.graphemes import count

LEAST: Final = 18
"""How many letters a reader has to see before a bare space ends a piece: about five Thai words."""

_SPACE: Final = re.compile(r"[ \t\u00a0]+")
_STOP: Final = re.compile(r"[!?…]['\"”’)]*$|[^\W\d_]{4,}\.['\"”’)]*$|[0-9๐-๙]\.$")
_THAI_END: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]['\"”’)]*$")
_THAI_BEGIN: Final = re.compile("['\"“‘(]*[\u0e01-\u0e2e\u0e40-\u0e44]")
_TITLED: Final = re.compile(r"(?:^|\s)(?:นาย|นาง|นางสาว|น\.ส\.|ดร\.|คุณ)\S{1,20}$")
_MOST_WORDS: Final = 2_000


def sentences(text: str) -> list[tuple[int, int]]:
    """Return the pieces of ``text`` in order, as places of their first letter and after their last; without spaces."""
    found: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        found += _of_line(line, at)
        at += len(line) + 1
    return found


def _of_line(line: str, at: int) -> list[tuple[int, int]]:
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    pieces: list[tuple[int, int]] = []
    for space in list(_SPACE.finditer(line, start, end))[:_MOST_WORDS]:
        said = line[start : space.start()]
        if _STOP.search(said) or _ends_thought(said, line[space.end() : end]):
            pieces.append((at + start, at + space.start()))
            start = space.end()
    if start < end:
        pieces.append((at + start, at + end))
    if len(pieces) > 1 and count(line[start:end]) < LEAST // 2 and not _STOP.search(_before(line, start)):
        last = pieces.pop()
        pieces[-1] = (pieces[-1][0], last[1])
    return pieces


def _ends_thought(said: str, rest: str) -> bool:
    if not _THAI_END.search(said) or not _THAI_BEGIN.match(rest) or _TITLED.search(said):
        return False
    return count(said) >= LEAST


def _before(line: str, start: int) -> str:
    return line[:start].rstrip()
