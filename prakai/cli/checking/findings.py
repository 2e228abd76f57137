"""What a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

WELL, LOOK, TROUBLE = "ok", "look", "trouble"
SIGNS = {WELL: "✓", LOOK: "!", TROUBLE: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one thing is: ``WELL``, worth a ``LOOK``, or in ``TROUBLE``; in Thai and English, with what to do."""

    about: str
    state: str
    thai: str
    english: str

    def line(self) -> str:
        """Return the finding as one line."""
        return f"{SIGNS[self.state]} {self.about}: {self.thai} · {self.english}"


Check = Callable[[], Iterator[Finding]]


def well(about: str, thai: str, english: str) -> Finding:
    """Return a finding that needs nothing done."""
    return Finding(about, WELL, thai, english)


def look(about: str, thai: str, english: str) -> Finding:
    """Return a finding that somebody should look at some day."""
    return Finding(about, LOOK, thai, english)


def trouble(about: str, thai: str, english: str) -> Finding:
    """Return a finding that needs somebody now."""
    return Finding(about, TROUBLE, thai, english)
