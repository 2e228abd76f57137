"""Outages: what is away for a while is told once when it goes and once when it is back.

A thread that tries again every second would otherwise fill the log, and with it the last of a full disk.
"""

from __future__ import annotations

import time
from typing import Any

import structlog

AGAIN = 600.0


class Outage:
    """``with``-less on purpose: call ``away(trouble)`` whenever it fails, ``back()`` whenever it went well."""

    def __init__(self, event: str, *, again: float = AGAIN, **facts: Any) -> None:
        self.event = event
        self.again = again
        self.facts = facts
        self._log = structlog.get_logger(__name__)
        self._told: tuple[str, float] | None = None

    def away(self, trouble: Exception) -> None:
        """Tell it when it is new, another trouble than before, or has lasted; with its trace when it may be a bug."""
        words = " ".join(f"{type(trouble).__name__}: {trouble}".split())[:300]
        now = time.monotonic()
        if self._told is not None and self._told[0] == words and now - self._told[1] < self.again:
            return
        self._told = (words, now)
        # A database that is away says so in its words; whatever else it is, somebody must be able to find it.
        foreseen = isinstance(trouble, OSError) or type(trouble).__name__ in (
            "OperationalError",
            "InterfaceError",
            "ConnectionError",
            "TimeoutError",
        )
        self._log.error(self.event, trouble=words, exc_info=None if foreseen else trouble, **self.facts)

    def back(self) -> None:
        """Tell that it is over, when it was told that it had begun."""
        if self._told is not None:
            self._told = None
            self._log.warning(f"{self.event}.over", **self.facts)
