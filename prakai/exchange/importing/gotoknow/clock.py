"""The running number as a clock: numbers rise with time, so a number tells roughly when a note was written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final

from prakai.exchange.importing.items import Trouble

# Pairs gathered from dates inside notes; between them the clock is taken as even.
_KNOWN: Final = (
    (1, date(2005, 6, 1)),
    (736, date(2005, 7, 3)),
    (5147, date(2005, 10, 9)),
    (9241, date(2005, 12, 9)),
    (21348, date(2006, 3, 27)),
    (31229, date(2006, 5, 25)),
    (65993, date(2006, 12, 6)),
    (75052, date(2007, 1, 29)),
    (91205, date(2007, 4, 18)),
    (432190, date(2011, 3, 15)),
    (579809, date(2014, 11, 5)),
    (661812, date(2019, 5, 25)),
)
YEARS_APART: Final = timedelta(days=2 * 365)


def expected_on(number: int) -> date:
    """The day around which note `number` was written; the last known day for higher numbers."""
    for (low, from_day), (high, to_day) in pairwise(_KNOWN):
        if number <= high:
            return from_day + (to_day - from_day) * (max(number, low) - low) // (high - low)
    return _KNOWN[-1][1]


def check(number: int | None, written_at: datetime | None) -> Trouble | None:
    """A trouble when the number and the date of writing lie years apart; neither is ever changed."""
    if number is None or written_at is None:
        return None
    expected, written = expected_on(number), written_at.date()
    late = written - expected > YEARS_APART and number <= _KNOWN[-1][0]
    if not late and expected - written <= YEARS_APART:
        return None
    return Trouble(
        "number-and-date-apart",
        f"Note {number} is expected around {expected:%Y}, but says it was written in {written:%Y}.",
    )
