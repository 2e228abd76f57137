"""Dates in running Thai text, in every form that real pages hold.

One pattern a shape, tried at each place from the most complete to the barest; what a pattern finds is then
checked against the calendar and the rule of years (`years.py`), and dropped rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.months import LATIN_MONTH, THAI_MONTH, month_number
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


_S: Final = r"[ \t]{0,4}"
_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
_DASH: Final = rf"{_S}(?:[-‐‑‒–—―−~]|(?:จน)?ถึง(?:วัน)?(?:ที่)?|to|until){_S}"
_ERA: Final = r"(?:พ\.?[ ]?ศ\.?|ค\.?[ ]?ศ\.?|พุทธศักราช|คริสต์ศักราช|[BC]\.?E\.?|A\.?D\.?)"
_COUNTED: Final = (
    "คน(?!ที่|แรก)|ราย(?!งาน|การ|ชื่อ|ละเอียด)|ท่าน|แห่ง(?!ชาติ)|บาท|ชั่วโมง|ชม[. ]|นาที|นาฬิกา|น(?:[.](?!ส)|[ ])|โมง|ทุ่ม"
    "|ล้าน|แสน|หมื่น|เปอร์เซ็นต์|%"
)
"""What makes two digits a quantity, whatever they are."""
_PERHAPS_COUNTED: Final = (
    "หน่วย|ครั้ง|วัน|เดือน|ปี|เรื่อง|ข้อ|ตัว|ชิ้น|กลุ่ม|ทีม|โรง|หมู่|เวที|บันทึก|หน้า|เล่ม|รุ่น|พัน|ตำบล|อำเภอ|จังหวัด|ครอบครัว"
)
"""What makes them one only outside 30–79: in 25 ม.ค. 50 เรื่อง … the year is far more likely."""
_SHORT_YEAR: Final = (
    rf"['’]?(?:[3-7][0-9]|[0-9]{{2}}(?!{_S}(?:{_PERHAPS_COUNTED})))(?![0-9]|[.:/][0-9]|,[0-9]{{3}})"
    rf"(?!{_S}(?:{_COUNTED}|{THAI_MONTH}|{LATIN_MONTH}))"
    rf"(?!{_S}[-–]{_S}[0-9]{{1,2}}(?:[.:][0-9]{{2}}|{_S}(?:น[. ]|โมง|ทุ่ม|คน)))"
)
_BROKEN_YEAR: Final = re.compile(
    rf"{_S}(?:[0-9]{{3}}|[0-9]{{5,6}})(?![0-9,.])(?!{_S}(?:{_COUNTED}|{_PERHAPS_COUNTED}))"
)
"""A year with a digit too few or too many: seen in press releases, and no reason to take the nearest year instead."""
_NOT_CLOCK: Final = r"(?![0-9])(?![.:][0-9])"


def _year(tag: str) -> str:
    """A year with or without its era: พ.ศ. 2550, 2550 BE, ปี 50, 50."""
    return (
        rf"(?:,?{_S}(?:ปี{_S})?(?P<era{tag}>{_ERA})?{_S}(?:(?P<short{tag}>{_SHORT_YEAR})"
        rf"|\n?(?P<year{tag}>[0-9]{{4}}){_NOT_CLOCK}(?:[ ]?"
        rf"(?P<after{tag}>[BC]\.?E\.?|A\.?D\.?)(?![A-Za-z]))?))"
    )


_MONTH_GAP: Final = rf"{_S}(?:เดือน{_S})?"
_NOT_INSIDE: Final = r"(?<![0-9])(?<![0-9][.,:/-])"

_THAI_ACROSS: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_MONTH_GAP}(?P<m1>{THAI_MONTH}){_year('1')}?{_DASH}"
    rf"(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?"
)
_THAI_WITHIN: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d1>{_DAY})(?:{_DASH}|(?P<lost>[ ]{{1,2}})|{_S}(?P<and>,|และ|กับ|&){_S})"
    rf"(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?"
)
_THAI_ONE: Final = re.compile(rf"{_NOT_INSIDE}(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?")
_ORDINAL: Final = "(?:st|nd|rd|th)?"
_L: Final = r"[ \t]{0,3}(?:of[ ]|-)?"
_LATIN_ACROSS: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_L}(?P<m1>{LATIN_MONTH}){_year('1')}?{_DASH}"
    rf"(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
)
_LATIN_WITHIN: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_DASH}(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
)
_LATIN_ONE: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
)
_LATIN_MONTH_FIRST: Final = re.compile(
    rf"(?<![A-Za-z])(?P<m2>{LATIN_MONTH})[ ]{{0,2}}(?:(?P<d1>{_DAY}){_ORDINAL}{_DASH})?"
    rf"(?P<d2>{_DAY}){_ORDINAL}{_NOT_CLOCK}{_year('2')}?"
)
_ISO: Final = re.compile(r"(?<![0-9-])(?P<year2>[0-9]{4})-(?P<n2>[0-9]{2})-(?P<d2>[0-9]{2})(?![0-9-])")
_NUMBERS: Final = re.compile(
    rf"(?<![0-9])(?<![0-9][-/.])(?P<d2>{_DAY})(?P<sep>[-/.])(?P<n2>1[0-2]|0?[1-9])(?P=sep)"
    r"(?:(?P<year2>[0-9]{4})|(?P<short2>[0-9]{2}))(?![0-9])(?![-/.][0-9])"
)

_NUMBERS_WITHIN: Final = re.compile(
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_DASH}(?P<d2>{_DAY})/(?P<n2>1[0-2]|0?[1-9])/"
    r"(?:(?P<year2>[0-9]{4})|(?P<short2>[0-9]{2}))(?![0-9/])"
)

_SHAPES: Final[tuple[tuple[Style, re.Pattern[str]], ...]] = (
    ("numeric", _ISO),
    ("numeric", _NUMBERS),
    ("numeric", _NUMBERS_WITHIN),
    ("thai", _THAI_ACROSS),
    ("thai", _THAI_WITHIN),
    ("thai", _THAI_ONE),
    ("latin", _LATIN_ACROSS),
    ("latin", _LATIN_WITHIN),
    ("latin", _LATIN_ONE),
    ("latin", _LATIN_MONTH_FIRST),
)
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
    plain, places = _plain(text)
    found: list[FoundDate] = []
    past = 0
    for start in _STARTS.finditer(plain):
        if start.start() < past:
            continue
        for spot in _read_at(plain, start.start(), near):
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
    plain = _WEEKDAY.sub("", _plain(text)[0].strip(), count=1)
    if _DOTS.fullmatch(plain):
        plain = plain.replace(".", "/")
    for spot in _read_at(plain, 0, near):
        if spot.start == spot.end and not plain[spot.last :].strip(" ."):
            return spot.start
    return None


_WEEKDAY: Final = re.compile(
    r"(?:วัน)?(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์|จ\.|อ\.|พ\.|พฤ\.|ศ\.|ส\.|อา\.)?[ ]?(?:วัน)?(?:ที่)?"
    r"[ ,]{0,3}(?=[0-9])|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[., ]{1,3}"
)
_DOTS: Final = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})")


def _read_at(plain: str, place: int, near: date | None) -> Iterator[_Spot]:
    """The date that begins at `place`, if there is a certain one."""
    for style, shape in _SHAPES:
        match = shape.match(plain, place)
        if match is None:
            continue
        spot = _certain(match, style, near)
        if spot:
            yield spot
        if spot or not _may_be_barer(match):
            return


def _may_be_barer(match: re.Match[str]) -> bool:
    """A range that makes no sense may still hold one good day; a day that makes no sense holds nothing."""
    return match.re in (_THAI_WITHIN, _LATIN_WITHIN)


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
    elif near is None or _BROKEN_YEAR.match(match.string, match.end()):
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
    if not first or not second or groups.get("m1"):
        return True
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
    named = groups.get("m1")
    month = month_number(named) if named else end.month
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


_SPACE_LIKE: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u202f\u3000", " ")
)
_ZERO_WIDTH: Final = re.compile("[\u200b-\u200d\ufeff\u2060\u00ad]")


def _plain(text: str) -> tuple[str, Callable[[int], int]]:
    """The text with Arabic digits, plain spaces and nothing invisible, and the way from its places to the
    given ones."""
    plain = to_arabic(text).translate(_SPACE_LIKE)
    if not _ZERO_WIDTH.search(plain):
        return plain, lambda place: place
    kept = [place for place, char in enumerate(plain) if not _ZERO_WIDTH.match(char)]
    return "".join(plain[place] for place in kept), kept.__getitem__
