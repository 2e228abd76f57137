"""What came of a file: how much is new, and what here and there do not agree on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from prakai.forums.models import Forum


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two places say different things of one row: it stays as it is ``here`` until somebody chooses.

    ``column`` is empty when it is about the whole row. Both values are empty for what is private.
    """

    kind: str
    what: str
    column: str
    here: str = ""
    there: str = ""


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
