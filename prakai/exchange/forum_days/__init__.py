"""A forum's day on the way between two places (docs/decisions/0015-a-day-comes-home.md): out, back, and made one."""

from prakai.exchange.forum_days.bringing import bring_day
from prakai.exchange.forum_days.differing import decide_difference, differences_of
from prakai.exchange.forum_days.packing import Packed, pack_day
from prakai.exchange.forum_days.reading import is_forum_day
from prakai.exchange.forum_days.reports import Brought, Conflict

__all__ = [
    "Brought",
    "Conflict",
    "Packed",
    "bring_day",
    "decide_difference",
    "differences_of",
    "is_forum_day",
    "pack_day",
]
