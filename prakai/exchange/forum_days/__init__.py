"""A forum's day on the way between two places (docs/decisions/0015-a-day-comes-home.md): out, back, and made one."""

from prakai.exchange.forum_days.bringing import bring_day
from prakai.exchange.forum_days.packing import pack_day
from prakai.exchange.forum_days.reading import is_forum_day
from prakai.exchange.forum_days.reports import Brought, Conflict

__all__ = ["Brought", "Conflict", "bring_day", "is_forum_day", "pack_day"]
