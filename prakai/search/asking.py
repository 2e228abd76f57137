"""What somebody asks: her words, and what she narrows them by. Reading never fails; what is no syntax is words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

MOST_LETTERS: Final = 2_000
"""Letters of a query that are read; the rest is left out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query that was read. ``text`` is what was typed, cleaned; ``words`` its free words without the operators.

    ``phrases`` must stand as they are, ``without`` must not stand. ``tags``, ``units``, ``by`` narrow by names
    as typed (folding is the index's matter). ``after`` is the first day, ``before`` the first day no more.
    """

    text: str = ""
    words: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    after: date | None = None
    before: date | None = None


def read_asked(text: str) -> Asked:
    """Return what ``text`` asks for. Never raises."""
    cut = " ".join(text[:MOST_LETTERS].replace("\x00", " ").split())
    return Asked(text=cut, words=cut)
