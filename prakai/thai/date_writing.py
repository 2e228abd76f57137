"""Dates written for readers: Thai or English, Buddhist or Christian era, Arabic or Thai digits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from prakai.thai.digits import to_thai
from prakai.thai.months import ENGLISH_LONG, ENGLISH_SHORT, THAI_LONG, THAI_SHORT
from prakai.thai.years import BUDDHIST_AHEAD

Language = Literal["th", "en"]
Era = Literal["be", "ce"]
Digits = Literal["arabic", "thai"]
Form = Literal["long", "short", "numeric"]

BANGKOK: Final = ZoneInfo("Asia/Bangkok")

_NAMES: Final = {
    ("th", "long"): THAI_LONG,
    ("th", "short"): THAI_SHORT,
    ("en", "long"): ENGLISH_LONG,
    ("en", "short"): ENGLISH_SHORT,
}


def write_date(
    d: date, *, language: Language = "th", era: Era = "be", digits: Digits = "arabic", form: Form = "long"
) -> str:
    """25 มกราคม 2550; short 25 ม.ค. 2550; numeric 25/01/2550, day first in both languages.

    A moment is taken in its own zone; give `write_moment` what needs Bangkok time. `ValueError` for an
    unknown choice.
    """
    year = d.year + {"be": BUDDHIST_AHEAD, "ce": 0}[_known(era, "be", "ce")]
    if form == "numeric":
        return _in_digits(f"{d.day:02}/{d.month:02}/{year:04}", digits)
    return _in_digits(f"{d.day} {_month(d.month, language, form)} {year:04}", digits)


def write_moment(
    dt: datetime,
    *,
    language: Language = "th",
    era: Era = "be",
    digits: Digits = "arabic",
    form: Form = "long",
) -> str:
    """Date and time in Bangkok, 24 hours: 29 มกราคม 2550 10.25 น.; in English 29 January 2007, 10:25.

    `ValueError` for a moment without a zone: it would be a guess.
    """
    if dt.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = dt.astimezone(BANGKOK)
    day = write_date(local.date(), language=language, era=era, digits=digits, form=form)
    clock = f" {local:%H.%M} น." if language == "th" else f", {local:%H:%M}"
    return day + _in_digits(clock, digits)


def write_range(
    start: date,
    end: date,
    *,
    language: Language = "th",
    era: Era = "be",
    digits: Digits = "arabic",
    form: Form = "long",
) -> str:
    """8–9 พฤษภาคม 2550, 26 กันยายน – 9 ตุลาคม 2548, and both years where they differ. `ValueError` if it ends
    before it starts."""
    if end < start:
        raise ValueError("a range cannot end before it starts")
    last = write_date(end, language=language, era=era, digits=digits, form=form)
    if start == end:
        return last
    if form == "numeric" or start.year != end.year:
        return f"{write_date(start, language=language, era=era, digits=digits, form=form)} – {last}"
    first = _in_digits(str(start.day), digits)
    if start.month == end.month:
        return f"{first}–{last}"
    return f"{first} {_month(start.month, language, form)} – {last}"


def _month(number: int, language: Language, form: Form) -> str:
    try:
        return _NAMES[language, form][number - 1]
    except KeyError:
        raise ValueError(f"no way to write a month in {language!r}, {form!r}") from None


def _in_digits(text: str, digits: Digits) -> str:
    return to_thai(text) if _known(digits, "arabic", "thai") == "thai" else text


def _known(choice: str, *choices: str) -> str:
    if choice not in choices:
        raise ValueError(f"{choice!r} is none of {', '.join(choices)}")
    return choice
