"""Days in a query, after ``after:`` and ``before:``: a year of either era, a month of a year, a day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from prakai.thai.dates import find_dates
from prakai.thai.digits import to_arabic
from prakai.thai.months import LATIN_MONTH, THAI_MONTH, month_number
from prakai.thai.years import Style, christian_year, day_of

_LONGEST: Final = 60
"""Letters in which a day is looked for; no day is written longer."""

_LATIN: Final = re.compile("[A-Za-z]+")
_ERA: Final = r"(?:ปี ?)?(?P<era>พ\.? ?ศ\.?|ค\.? ?ศ\.?|พุทธศักราช|คริสต์ศักราช)? ?"
_END: Final = r"(?![0-9])(?![.,/:\-–][0-9])"
_MONTH: Final = re.compile(
    rf"(?:เดือน ?)?(?P<name>{THAI_MONTH}|{LATIN_MONTH})[ ,\-/]{{0,2}}{_ERA}(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}"
)
_MONTH_LAST: Final = re.compile(rf"(?P<year>[0-9]{{4}})[-/](?P<month>1[0-2]|0?[1-9]){_END}")
_MONTH_FIRST: Final = re.compile(rf"(?P<month>1[0-2]|0?[1-9])[-/](?P<year>[0-9]{{4}}){_END}")
_YEAR: Final = re.compile(rf"{_ERA}(?P<year>[0-9]{{4}}|[0-9]{{2}}){_END}(?! ?(?:{THAI_MONTH}|{LATIN_MONTH}))")


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The first of the days that were said, and the place after the words that said it."""

    first: date
    past: int


def days_at(text: str, place: int) -> AskedDays | None:
    """Return the days that are said from ``place`` of ``text`` on, or None when none are, or none for certain."""
    window = to_arabic(_LATIN.sub(lambda word: word[0].capitalize(), text[place : place + _LONGEST]))
    for found in find_dates(window):
        if found.first == 0:
            return AskedDays(found.start, place + found.last)
        break
    for shape in (_MONTH, _MONTH_LAST, _MONTH_FIRST, _YEAR):
        if match := shape.match(window):
            said = match.groupdict()
            month = month_number(said["name"]) if said.get("name") else int(said.get("month") or 1)
            year = asked_year(said["year"], said.get("era") or "", is_thai=_is_thai(said.get("name")))
            first = day_of(year, month, 1) if year else None
            return AskedDays(first, place + match.end()) if first else None
    return None


def asked_year(digits: str, era: str = "", *, is_thai: bool = False) -> int | None:
    """Return the Christian year that is meant: the one of its era, else the one that is not far in the future.

    2550 is 2007, so is พ.ศ. 2007 (nobody asks for the Middle Ages); of two digits 30 to 79 are 25xx of the Buddhist
    era, the others 20xx or 19xx.
    """
    style: Style = "thai" if is_thai else "numeric"
    year = christian_year(digits, style=style, era=era)
    if year is None or (era and not 1800 <= year < 2200):
        year = christian_year(digits, style="numeric")
    if year is None and len(digits) == 2:
        return (2000 if int(digits) < 30 else 1900) + int(digits)
    return year


def _is_thai(month: str | None) -> bool:
    return bool(month) and not (month or "").isascii()
