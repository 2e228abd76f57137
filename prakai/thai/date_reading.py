"""Dates in running Thai text, in every form that real pages hold.

One pattern a shape, tried at each place from the most complete to the barest; what a pattern finds is then
checked against the calendar and the rule of years (`years.py`), and dropped rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from prakai.thai.date_shapes import MAY_BE_BARER, broken_year, shapes
from prakai.thai.months import month_number
from prakai.thai.plain import plain
from prakai.thai.years import Style, christian_year, day_of, nearest_year


@dataclass(frozen=True)
class FoundDate:
    """A date or a range of days in a text. `text` is `source[first:last]`; `start` and `end` are the same
    for one day.

    `year_given` is False when the year was missing and was taken as the one nearest to the day that the
    caller gave.
    """

    start: date
    end: date
    first: int
    last: int
    text: str
    year_given: bool


_STARTS: Final = re.compile(r"(?<![0-9])[0-9]{1,4}(?![0-9])|(?<![A-Za-z])[JFMASOND][A-Za-z]{2,8}(?![A-Za-z])")
_NUMBERED_BEFORE: Final = re.compile(
    r"(?:ข้อ|ตอน|ครั้งที่|บทที่|หน้า|ชั้น|ห้อง|เลขที่|จำนวน|มาตรา|ลำดับที่|รุ่นที่|ที่|ม\.)[ ]{0,2}$"
)


def find_dates(text: str, *, near: date | None = None) -> list[FoundDate]:
    """All dates and ranges in the text, in their order, never overlapping; positions are those of the given
    text.

    A date without a year gets the year nearest to `near`, or is left out when `near` is None. A date whose
    year is impossible or ambiguous is left out as well: better none than one that is 543 years off.
    """
    spaced, places = plain(text)
    found: list[FoundDate] = []
    past = 0
    for start in _STARTS.finditer(spaced):
        if start.start() < past:
            continue
        for spot in _read_at(spaced, start.start(), near):
            past = spot.last
            first, last = places(spot.first), places(spot.last - 1) + 1
            found.append(FoundDate(spot.start, spot.end, first, last, text[first:last], spot.year_given))
    return found


@dataclass(frozen=True)
class _Spot:
    start: date
    end: date
    first: int
    last: int
    year_given: bool


def read_whole(text: str, *, near: date | None = None) -> date | None:
    """The one day that the whole of `text` says, or None."""
    written = _WEEKDAY.sub("", plain(text)[0].strip(), count=1)
    if _DOTS.fullmatch(written):
        written = written.replace(".", "/")
    for spot in _read_at(written, 0, near):
        if spot.start == spot.end and not written[spot.last :].strip(" ."):
            return spot.start
    return None


_WEEKDAY: Final = re.compile(
    r"(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์|จ\.|อ\.|พ\.|พฤ\.|ศ\.|ส\.|อา\.)?[ ]?(?:วัน)?(?:ที่)?"
    r"[ ,]{0,3}(?=[0-9])|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[., ]{1,3}"
)
_DOTS: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})")


def _read_at(text: str, place: int, near: date | None) -> Iterator[_Spot]:
    """The date that begins at `place` of a plain text, if there is a certain one."""
    for style, shape in shapes():
        match = shape.match(text, place)
        if match is None:
            continue
        spot = _certain(match, style, near)
        if spot:
            yield spot
        if spot or match.re.pattern not in MAY_BE_BARER:
            return


def _certain(match: re.Match[str], style: Style, near: date | None) -> _Spot | None:
    groups = match.groupdict()
    if groups.get("sep") == "." and groups["short2"]:
        return None
    if not _plausible_pair(match, groups):
        return None
    month = int(groups["n2"]) if "n2" in groups else month_number(groups["m2"])
    day = int(groups["d2"])
    given = bool(groups.get("year2") or groups.get("short2"))
    if given:
        year = _written_year(groups, "2", style)
    elif groups.get("year1") or groups.get("short1"):
        year, given = _year_after(groups, style, month, day), True
    elif near is None or broken_year().match(match.string, match.end()):
        return None
    else:
        year = nearest_year(month, day, near)
    end = day_of(year, month, day) if year else None
    if end is None:
        return None
    start = _start(groups, style, end)
    if start is None or start > end:
        return None
    return _Spot(start, end, match.start(), match.end() - _trailing(match[0]), given)


def _plausible_pair(match: re.Match[str], groups: dict[str, str | None]) -> bool:
    """Two numbers before one month are a range only when the second may follow the first."""
    first, second = groups.get("d1"), groups["d2"]
    if not first or not second or groups.get("m1") or groups.get("n1"):
        return True
    if between := re.findall("[0-9]+", groups.get("more") or ""):
        days = [int(day) for day in (first, *between, second)]
        return bool(groups.get("and")) and days == list(range(days[0], days[-1] + 1))
    apart = int(second) - int(first)
    if groups.get("lost"):
        return 1 <= apart <= 6 and not _NUMBERED_BEFORE.search(
            match.string, max(0, match.start() - 12), match.start()
        )
    return apart == 1 if groups.get("and") else apart >= 1


def _start(groups: dict[str, str | None], style: Style, end: date) -> date | None:
    """The first day of a range: its own month and year where written, else those of the last day."""
    first = groups.get("d1")
    if not first:
        return end
    named, numbered = groups.get("m1"), groups.get("n1")
    month = month_number(named) if named else int(numbered) if numbered else end.month
    if groups.get("year1") or groups.get("short1"):
        year = _written_year(groups, "1", style)
    else:
        year = end.year - 1 if month > end.month else end.year
    return day_of(year, month, int(first)) if year else None


def _year_after(groups: dict[str, str | None], style: Style, month: int, day: int) -> int | None:
    """The year of a last day written without one, after a first day that has one: the same or the next."""
    first = _written_year(groups, "1", style)
    if first is None:
        return None
    earlier = (month, day) < (month_number(groups["m1"] or ""), int(groups["d1"] or 0))
    return first + 1 if earlier else first


def _written_year(groups: dict[str, str | None], which: str, style: Style) -> int | None:
    digits = groups.get(f"year{which}") or (groups.get(f"short{which}") or "").lstrip("'’")
    era = groups.get(f"era{which}") or groups.get(f"after{which}") or ""
    return christian_year(digits, style=style, era=era)


def _trailing(matched: str) -> int:
    return len(matched) - len(matched.rstrip())
