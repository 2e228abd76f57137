"""Moments as machines write them: ISO 8601 and RFC 5322; what people write is read by `prakai.thai.dates`."""

from __future__ import annotations

import re
from datetime import datetime, time
from email.utils import parsedate_to_datetime
from typing import Final

from prakai.thai.dates import BANGKOK, read_date, read_moment

FIRST_YEAR, LAST_YEAR = 1900, 2200
# No machine writes a year this late in the Common Era: from here on the writer meant the Buddhist Era.
BUDDHIST_FROM: Final = 2400
_MAIL: Final = re.compile(
    r"(?:[A-Za-z]{3,9},? )?\d{1,2} [A-Za-z]{3,9} \d{2,4} \d{1,2}:\d\d(?::\d\d)?(?: .{1,20})?"
)


def _settled(moment: datetime) -> datetime | None:
    """The moment with a zone (Bangkok when none was written) and in the Common Era; None outside 1900 to 2200."""
    try:
        if moment.year >= BUDDHIST_FROM:
            moment = moment.replace(year=moment.year - 543)
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return None
        if moment.tzinfo is None or moment.utcoffset() is None:
            return moment.replace(tzinfo=BANGKOK)
        return moment
    except (ValueError, OverflowError):
        return None


def read_iso(text: str) -> datetime | None:
    """The moment of an ISO 8601 text; a day alone is its midnight in Bangkok. None when it is not ISO 8601."""
    try:
        return _settled(datetime.fromisoformat(text.strip()))
    except ValueError:
        return None


def read_mail_date(text: str) -> datetime | None:
    """The moment of an RFC 5322 date such as "Mon, 29 Jan 2007 10:25:00 +0700"; None when it is not one."""
    written = " ".join(text.split())
    if not _MAIL.fullmatch(written):
        return None
    try:
        return _settled(parsedate_to_datetime(written))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def read_written(text: str) -> datetime | None:
    """The moment that `text` tells in any form: ISO 8601, RFC 5322, or as people in Thailand write it.

    A day without a time is its midnight in Bangkok. None when the text is not one moment.
    """
    text = text.strip()
    if not text or len(text) > 120:
        return None
    moment = read_iso(text) or read_mail_date(text) or read_moment(text)
    if moment is not None:
        return _settled(moment)
    day = read_date(text)
    return _settled(datetime.combine(day, time(), tzinfo=BANGKOK)) if day else None
