"""Years in a query: who asks for 2550 also means 2007, and back."""

from __future__ import annotations

from prakai.thai.years import BUDDHIST_AHEAD


def other_years(token: str) -> tuple[str, ...]:
    """Return the same year in the other era for a token that is plainly one: 2550 → 2007, 2007 → 2550."""
    if not token.isdecimal() or len(token) != 4:
        return ()
    number = int(token)
    if 2400 <= number < 2700:
        return (str(number - BUDDHIST_AHEAD),)
    return (str(number + BUDDHIST_AHEAD),) if 1860 <= number < 2160 else ()
