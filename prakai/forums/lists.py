"""Lists of names as people paste them: one person a line, her unit behind a comma, a semicolon or a tab."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from prakai.thai.folding import clean

MOST_LINES: Final = 500
_NUMBER: Final = re.compile(r"^\s*[(]?[0-9๐-๙]{1,4}\s*[.)\t]\s*")
_BETWEEN: Final = re.compile(r"\s*[,;\t]\s*")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that says something: its number, the name, the unit, the position; empty when not said."""

    number: int
    name: str
    unit: str
    position: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a pasted list; empty ones are left out, a number in front of a name is not part of it."""
    found = []
    for number, raw in enumerate(clean(text).splitlines(), 1):
        parts = [" ".join(part.split()) for part in _BETWEEN.split(_NUMBER.sub("", raw, count=1), maxsplit=2)]
        if any(parts):
            name, unit, position = (*parts, "", "")[:3]
            found.append(Line(number, name, unit, position))
    return found
