"""Times of day as they are written and spoken: 11.30 น., 8โมงเช้า, บ่ายสามโมง, 3 ทุ่มครึ่ง, 9.00-13.00 น."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

from prakai.thai.digits import to_arabic

_WORDS: Final = {
    "หนึ่ง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8,
    "เก้า": 9, "สิบเอ็ด": 11, "สิบ": 10,
}  # fmt: skip
_HOUR: Final = "(?:[0-9]{1,2}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + ")"
_HALF: Final = r"(?P<half>\s?ครึ่ง)?"
_SPOKEN: Final = (
    ("tee", re.compile(rf"ตี\s?(?P<hour>{_HOUR}){_HALF}")),
    ("bai", re.compile(rf"บ่าย\s?(?:(?P<hour>{_HOUR})(?:\s?โมง(?:เย็น)?)?|โมง){_HALF}")),
    ("yen", re.compile(rf"(?P<hour>{_HOUR})\s?โมงเย็น{_HALF}")),
    ("chao", re.compile(rf"(?P<hour>{_HOUR})\s?โมง(?:เช้า)?{_HALF}")),
    ("thum", re.compile(rf"(?:(?P<hour>{_HOUR})\s?)?ทุ่ม(?:หนึ่ง)?{_HALF}")),
    ("noon", re.compile(rf"เที่ยง(?:วัน|ตรง)?{_HALF}")),
    ("midnight", re.compile("เที่ยงคืน")),
)
_CLOCK: Final = re.compile(r"(?<![0-9.:])([01]?[0-9]|2[0-4])[.:]([0-5][0-9])(?![0-9.:])\s?(?:น\.?|นาฬิกา)?")

_LONGEST: Final = 80
_RANGE: Final = re.compile(r"(.+?)(?: ?น\.| ?นาฬิกา)? ?(?:[-‐‑‒–—―−~]|(?:จน)?ถึง(?:เวลา)?) ?(.+)")


def read_time(text: str) -> time | None:
    """The time when the whole text is one; None for anything else (25.00, "สามโมงกว่า")."""
    plain = " ".join(to_arabic(text).split())
    if clock := _CLOCK.fullmatch(plain):
        return _clock(int(clock[1]), int(clock[2]))
    for kind, pattern in _SPOKEN:
        if spoken := pattern.fullmatch(plain):
            return _spoken(kind, spoken)
    return None


def read_time_range(text: str) -> tuple[time, time] | None:
    """Start and end when the whole text is a range of times: "11.30 – 12.50 น.", "8 โมงเช้า ถึงเที่ยง"; else None.

    The end comes after the start; 24.00 น., the end of a day, is 00:00.
    """
    if len(text) > _LONGEST or not (parts := _RANGE.fullmatch(" ".join(to_arabic(text).split()))):
        return None
    start, end = read_time(parts[1]), read_time(parts[2])
    if start is None or end is None or not (start < end or end == time(0, 0) != start):
        return None
    return start, end


def _clock(hour: int, minute: int) -> time | None:
    if hour == 24:
        return time(0, 0) if minute == 0 else None
    return time(hour, minute)


def _spoken(kind: str, match: re.Match[str]) -> time | None:
    if kind == "noon":
        return time(12, 30 if match["half"] else 0)
    if kind == "midnight":
        return time(0, 0)
    said = match["hour"]
    hour = 1 if said is None else int(said) if said.isdigit() else _WORDS[said]
    first, last, shift = {
        "tee": (1, 5, 0),
        "bai": (1, 5, 12),
        "yen": (4, 6, 12),
        "chao": (6, 11, 0),
        "thum": (1, 5, 18),
    }[kind]
    if not first <= hour <= last:
        return None
    return time(hour + shift, 30 if match["half"] else 0)
