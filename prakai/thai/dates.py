"""Thai dates read and written: the one door to this room's calendar.

Reading returns nothing rather than a date that may be 543 years off; the rule of years is in `years.py`.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from prakai.thai.date_reading import FoundDate, find_dates, read_whole
from prakai.thai.date_writing import (
    BANGKOK,
    Digits,
    Era,
    Form,
    Language,
    write_date,
    write_moment,
    write_range,
)
from prakai.thai.digits import to_arabic

__all__ = [
    "BANGKOK", "Digits", "Era", "Form", "FoundDate", "Language",
    "find_dates", "read_date", "read_moment", "write_date", "write_moment", "write_range",
]  # fmt: skip

_LONGEST: Final = 120
_MOMENT: Final = re.compile(
    r"(?P<day>.*?[^\s@,T])[\s@,T]*(?:เวลา\s*)?(?<![0-9])(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"\s*(?:น\.?|นาฬิกา|(?P<half>[AaPp])\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2})?\s*(?:\([^()]*\)\s*)?",
    re.DOTALL,
)


def read_date(text: str, *, near: date | None = None) -> date | None:
    """The day that the whole text says, in any form of `find_dates` and of input fields (25/1/50,
    25.1.2550); else None.

    A range is not one day. Without `near` a date without a year is None.
    """
    return None if len(text) > _LONGEST else read_whole(text, near=near)


def read_moment(text: str) -> datetime | None:
    """The moment that the whole text says, in Asia/Bangkok: "29 Jan 2007 @ 10:25", "9 ธันวาคม 2548 10:02 น.".

    A written zone (ISO, mail) is honoured and turned into Bangkok time. A date without a time is not a
    moment: None.
    """
    if len(text) > _LONGEST:
        return None
    match = _MOMENT.fullmatch(to_arabic(text).replace("\u00a0", " ").strip())
    day = read_date(match["day"]) if match else None
    if match is None or day is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    try:
        clock = time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        return None
    zone = _zone(match["zone"])
    return (
        datetime.combine(day, clock, tzinfo=zone).astimezone(BANGKOK)
        if zone
        else datetime.combine(day, clock, tzinfo=BANGKOK)
    )


def _zone(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written[0] not in "+-":
        return UTC
    ahead = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-ahead if written[0] == "-" else ahead) if ahead < timedelta(hours=24) else None
