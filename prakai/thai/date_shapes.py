"""The shapes in which dates are written, one pattern each, from the most complete to the barest.

What a pattern finds is no date yet: `date_reading` holds it against the calendar and the rule of years.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from prakai.thai.letters import LETTERS
from prakai.thai.months import LATIN_MONTH, THAI_MONTH
from prakai.thai.years import Style

_S: Final = r"[ \t]{0,4}"
_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
_DASH: Final = rf"{_S}(?:[-‐‑‒–—―−~]{{1,3}}|(?:จน)?ถึง(?:วัน)?(?:ที่)?|to|until){_S}"
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
    rf"(?!25[ ][0-9]{{2}}(?![0-9]))['’]?"
    rf"(?:[3-7][0-9]|[0-9]{{2}}(?!{_S}(?:{_PERHAPS_COUNTED})))(?![0-9]|[.:/][0-9]|,[0-9]{{3}})"
    rf"(?!{_S}(?:{_COUNTED}|{THAI_MONTH}|{LATIN_MONTH}))"
    rf"(?!{_S}[-–]{_S}[0-9]{{1,2}}(?:[.:][0-9]{{2}}|{_S}(?:น[. ]|โมง|ทุ่ม|คน)))"
)
_BROKEN_YEAR: Final = (
    rf"{_S}(?:[0-9]{{3}}|[0-9]{{5,6}}|25[ ][0-9]{{2}})(?![0-9,.])(?!{_S}(?:{_COUNTED}|{_PERHAPS_COUNTED}))"
    rf"|[{LETTERS}]{{0,8}}{_S}(?:\([^()\n]{{1,12}}\){_S})?{_ERA}?{_S}(?:2[45]|19|20)[0-9]{{2}}(?![0-9])"
    rf"|{_S}\([^()0-9\n]{{1,12}}\){_S}[3-7][0-9](?![0-9])(?!{_S}(?:{_COUNTED}))"
)
"""A year with a digit too few or too many, a space inside, or parted from its month by a slip or a weekday: seen in
press releases, and no reason to take the nearest year instead."""
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

_THAI_ACROSS: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_MONTH_GAP}(?P<m1>{THAI_MONTH}){_year('1')}?{_DASH}"
    rf"(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?"
)
_THAI_WITHIN: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY})(?P<more>(?:{_S},{_S}{_DAY}(?![0-9])){{0,4}})"
    rf"(?:{_DASH}|(?P<lost>[ ]{{1,2}})|{_S}(?P<and>,|และ|กับ|&){_S})"
    rf"(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?"
)
_THAI_ONE: Final = rf"{_NOT_INSIDE}(?P<d2>{_DAY}){_MONTH_GAP}(?P<m2>{THAI_MONTH}){_year('2')}?"
_THAI_MARKED: Final = rf"{_NOT_INSIDE}(?P<d2>{_DAY}){_S}[-/.]{_S}(?P<m2>{THAI_MONTH}){_S}[-/.]?{_year('2')}"
_ORDINAL: Final = "(?:st|nd|rd|th)?"
_L: Final = r"[ \t]{0,3}(?:of[ ]|-)?"
_LATIN_ACROSS: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_L}(?P<m1>{LATIN_MONTH}){_year('1')}?{_DASH}"
    rf"(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
)
_LATIN_WITHIN: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_ORDINAL}{_DASH}"
    rf"(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
)
_LATIN_ONE: Final = rf"{_NOT_INSIDE}(?P<d2>{_DAY}){_ORDINAL}{_L}(?P<m2>{LATIN_MONTH})-?{_year('2')}?"
_LATIN_MONTH_FIRST: Final = (
    rf"(?<![A-Za-z])(?<![0-9]{{4}}[ -])(?P<m2>{LATIN_MONTH})[ ]{{0,2}}(?:(?P<d1>{_DAY}){_ORDINAL}{_DASH})?"
    rf"(?P<d2>{_DAY}){_ORDINAL}{_NOT_CLOCK}{_year('2')}?"
)
_ISO: Final = (
    r"(?<![0-9/-])(?P<year2>[0-9]{4})(?P<sep>[-/])(?P<n2>[0-9]{2})(?P=sep)(?P<d2>[0-9]{2})(?![0-9/-])"
)
_NUMBERS: Final = (
    rf"(?<![0-9])(?<![0-9][-/.])(?P<d2>{_DAY})(?P<sep>[-/.])(?P<n2>1[0-2]|0?[1-9])(?P=sep)"
    r"(?:(?P<year2>[0-9]{4})|(?P<short2>[0-9]{2}))(?![0-9])(?![-/.][0-9])"
)
_NUMBERS_SPACED: Final = (
    rf"{_NOT_INSIDE}(?P<d2>{_DAY})[ ]{{0,2}}/[ ]{{0,2}}(?P<n2>1[0-2]|0?[1-9])[ ]{{0,2}}/[ ]{{0,2}}"
    r"(?:(?P<year2>[0-9]{4})|(?P<short2>[0-9]{2}))(?![0-9/])"
)
_NUMBERS_ACROSS: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY})/(?P<n1>1[0-2]|0?[1-9])(?:/(?:(?P<year1>[0-9]{{4}})|(?P<short1>[0-9]{{2}})))?{_DASH}"
    rf"(?P<d2>{_DAY})/(?P<n2>1[0-2]|0?[1-9])/(?:(?P<year2>[0-9]{{4}})|(?P<short2>[0-9]{{2}}))(?![0-9/])"
)
_NUMBERS_WITHIN: Final = (
    rf"{_NOT_INSIDE}(?P<d1>{_DAY}){_DASH}(?P<d2>{_DAY})/(?P<n2>1[0-2]|0?[1-9])/"
    r"(?:(?P<year2>[0-9]{4})|(?P<short2>[0-9]{2}))(?![0-9/])"
)

_SHAPES: Final[tuple[tuple[Style, str], ...]] = (
    ("numeric", _ISO),
    ("numeric", _NUMBERS_ACROSS),
    ("numeric", _NUMBERS),
    ("numeric", _NUMBERS_SPACED),
    ("numeric", _NUMBERS_WITHIN),
    ("thai", _THAI_MARKED),
    ("thai", _THAI_ACROSS),
    ("thai", _THAI_WITHIN),
    ("thai", _THAI_ONE),
    ("latin", _LATIN_ACROSS),
    ("latin", _LATIN_WITHIN),
    ("latin", _LATIN_ONE),
    ("latin", _LATIN_MONTH_FIRST),
)
MAY_BE_BARER: Final = (_NUMBERS_ACROSS, _THAI_WITHIN, _LATIN_WITHIN)
"""Ranges that may still hold one good day when they make no sense; a day that makes no sense holds nothing."""


@cache
def shapes() -> tuple[tuple[Style, re.Pattern[str]], ...]:
    """All shapes, from the most complete to the barest. Made at first use: it takes longer than all else here."""
    return tuple((style, re.compile(shape)) for style, shape in _SHAPES)


@cache
def broken_year() -> re.Pattern[str]:
    """A year that is not one, after a day and a month."""
    return re.compile(_BROKEN_YEAR)
