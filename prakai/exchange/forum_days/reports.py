"""What came of a file: how much is new, and what here and there do not agree on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from prakai.exchange.forum_days.kinds import Kind
from prakai.forums.models import Forum
from prakai.thai.graphemes import cut

LONGEST = 80
WHOLE: Final = "row"
"""Under this name a difference keeps a whole row that was removed here, so that it can be brought back."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places say different things of one row: it stays as it is ``here`` until somebody chooses.

    ``name``: by which both know the row. ``column`` is empty when it is about the whole row. What is private is told
    without its words. ``value`` is their word as it would stand here, ``heard`` as it came.
    """

    kind: str
    name: str
    what: str
    column: str
    here: str = ""
    there: str = ""
    is_private: bool = False
    value: Any = None
    heard: Any = None


def said(
    kind: Kind,
    name: str,
    *,
    what: str = "",
    column: str = "",
    here: Any = "",
    there: Any = "",
    heard: Any = None,
) -> Conflict:
    """Return what does not agree, cut to a line; of a private row only that it does not."""
    if kind.is_private:
        return Conflict(kind.key, name, "", column, is_private=True, heard=heard)
    shown = ["" if value is None else cut(str(value), LONGEST) for value in (what, here, there)]
    return Conflict(kind.key, name, shown[0], column, shown[1], shown[2], value=there, heard=heard)


@dataclass(slots=True)
class Brought:
    """One file: its forum, counts by kind, conflicts, and rows that could not find what they belong to."""

    forum: Forum | None = None
    is_new: bool = False
    is_dry_run: bool = False
    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    same: Counter[str] = field(default_factory=Counter)
    conflicts: list[Conflict] = field(default_factory=list)
    left_out: list[Conflict] = field(default_factory=list)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing here was touched."""
        return not (self.added or self.changed or self.removed)
