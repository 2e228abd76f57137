"""Years in a query: who asks for 2550 also means 2007, and back; ปี 50 is 2550."""

from __future__ import annotations

import re
from typing import Final

from prakai.thai.digits import to_arabic
from prakai.thai.months import THAI_MONTH
from prakai.thai.years import BUDDHIST_AHEAD, christian_year

_NUMBER: Final = re.compile(r"(?<![0-9])(?<![0-9][.,])(?:[0-9]{4}|[0-9]{2})(?![0-9])(?![.,][0-9])")
_ERA: Final = re.compile(r"(พ\.? ?ศ|ค\.? ?ศ|พุทธศักราช|คริสต์ศักราช)[. ]{0,2}$")
_YEAR: Final = re.compile(
    rf"(?:(?:พ\.? ?ศ|พุทธศักราช)[. ]{{0,2}}|ปี(?:งบประมาณ|การศึกษา|ภาษี|ปฏิทิน)?[ ]{{0,2}}|{THAI_MONTH}[ ]{{0,2}})$"
)
"""What stands before two digits that are a year of the Buddhist era."""
_COUNTED: Final = re.compile(
    "[ ]{0,2}(?:บาท|คน|ราย(?!งาน|การ)|ครั้ง|ชิ้น|ตัว(?!อย่าง)|กิโล|กม[.]|เมตร|ลิตร|ล้าน|แสน|หมื่น|หน่วย(?!งาน)|ไร่|โดส|หมู่บ้าน|ครัวเรือน"
    "|เปอร์เซ็นต์|%|ปี(?!ง)|วัน(?!ที่)|ชั่วโมง|นาที)"
)
_LONGEST_BEFORE: Final = 24


def other_years(token: str) -> tuple[str, ...]:
    """Return the same year in the other era for a token that is plainly one: 2550 → 2007, 2007 → 2550."""
    if not token.isdecimal() or len(token) != 4:
        return ()
    number = int(token)
    if 2400 <= number < 2700:
        return (str(number - BUDDHIST_AHEAD),)
    return (str(number + BUDDHIST_AHEAD),) if 1860 <= number < 2160 else ()


def years_said(text: str) -> dict[str, tuple[str, ...]]:
    """Return each number of ``text`` that may be a year, in Arabic digits, with the other numbers of the same year.

    Four digits have one in the other era, two after พ.ศ., ปี or a Thai month have both. What is counted
    (2,550 · 2550 บาท · 50 ปี) is no year.
    """
    plain = to_arabic(text)
    found: dict[str, tuple[str, ...]] = {}
    for match in _NUMBER.finditer(plain):
        number = match[0]
        before = plain[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
        if _COUNTED.match(plain, match.end()):
            continue
        if len(number) == 2:
            if _YEAR.search(before) and (year := christian_year(number, style="numeric")):
                found.setdefault(number, (str(year + BUDDHIST_AHEAD), str(year)))
            continue
        era = _ERA.search(before)
        if others := other_years(number):
            if era and christian_year(number, style="numeric", era=era[1]) is None:
                continue
            found.setdefault(number, others)
    return found
