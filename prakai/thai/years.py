"""Which year is meant. A wrong era moves a date by 543 years, so whatever is not certain is None.

- four digits, no era: 2400–2699 is Buddhist (−543); 1800–2199 is Christian; everything else is nobody's guess
- era written: พ.ศ. 544–1899 and 2200–2699, ค.ศ. 1–2199. พ.ศ. 2007 is far more often a Christian year under a
  wrong label than the Middle Ages, and ค.ศ. 2550 is a Buddhist one: both are None
- two digits with a Thai month: Buddhist 25xx, always
- two digits with a Latin month: 00–40 is 20xx, 70–99 is 19xx; 41–69 may be 25xx and is None
- two digits between numbers (25-5-49): 30–79 is Buddhist 25xx; the rest may be Christian and is None

Buddhist years before 2484 began in April (until 2431 on a lunar day): a date of January to March written *in
those years* lies one year later than its number says. Later texts use today's reckoning, and so does this
module.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

Style = Literal["thai", "latin", "numeric"]

BUDDHIST_AHEAD: Final = 543

_BUDDHIST: Final = re.compile(r"พ\.?\s?ศ|พุทธศักราช|B\.?E", re.IGNORECASE)


def christian_year(digits: str, *, style: Style, era: str = "") -> int | None:
    """The Christian year of a written one, or None when it is impossible or ambiguous. `era` as written, or
    empty."""
    number = int(digits)
    if len(digits) == 2:
        if era:
            return _short_year(number, "thai") if _BUDDHIST.match(era) else None
        return _short_year(number, style)
    if not era:
        return _bare_year(number) if len(digits) == 4 else None
    if _BUDDHIST.match(era):
        if 544 <= number < 1900 or 2200 <= number < 2700:
            return number - BUDDHIST_AHEAD
        return None
    return number if 1 <= number < 2200 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none (31 June, 29 February 2550)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def nearest_year(month: int, day: int, near: date) -> int | None:
    """The year that brings this day and month closest to `near`; None for a day that no year has."""
    candidates = [found for ahead in range(-8, 9) if (found := day_of(near.year + ahead, month, day))]
    return min(candidates, key=lambda found: abs(found - near)).year if candidates else None


def _bare_year(number: int) -> int | None:
    if 2400 <= number < 2700:
        return number - BUDDHIST_AHEAD
    return number if 1800 <= number < 2200 else None


def _short_year(number: int, style: Style) -> int | None:
    if style == "thai":
        return 2500 + number - BUDDHIST_AHEAD
    if style == "latin":
        if number <= 40:
            return 2000 + number
        return 1900 + number if number >= 70 else None
    return 2500 + number - BUDDHIST_AHEAD if 30 <= number < 80 else None


def fiscal_year(day: date) -> int:
    """Return the Thai fiscal year (ปีงบประมาณ) in which ``day`` lies, Buddhist: 1 October 2568 begins 2569."""
    return day.year + BUDDHIST_AHEAD + (day.month >= 10)


def fiscal_days(year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year of the Buddhist era."""
    ends = year - BUDDHIST_AHEAD
    return date(ends - 1, 10, 1), date(ends, 9, 30)
