"""A forum of the demo network while it is filled: its people, its clock, and ids that are the same each time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from prakai.exchange.demo import reading
from prakai.forums.models import Forum
from prakai.people.models import Person

# From its beginning until everybody has written on the wall: a forum of today is that far when the demo is loaded.
SO_FAR = timedelta(minutes=210)


@dataclass(frozen=True, slots=True)
class ForumDay:
    """One forum, who prepares it, and when the demo network is loaded."""

    key: str
    forum: Forum
    by: Person
    people: dict[str, Person]
    now: datetime
    fixed_id: Callable[[str, str], str]

    def told(self, what: str) -> dict[str, Any]:
        """Return what the content files tell of this forum's people, stories, wall or review; empty if nothing."""
        return reading.forum_day(self.key, what) or {}

    def at(self, minutes: float) -> datetime:
        """Return the moment so many minutes after the forum began, never later than now."""
        assert self.forum.starts_at is not None
        return min(min(self.forum.starts_at, self.now - SO_FAR) + timedelta(minutes=minutes), self.now)

    def between(self, place: int, of: int) -> datetime:
        """Return the moment of a registration, ``place`` out of ``of``: spread from the announcement to the day."""
        begun = self.forum.made_at
        return begun + (self.at(-60) - begun) * (place + 1) / (of + 1)

    def fix_ids(self, rows: Iterable[Any]) -> None:
        """Give rows of one table public ids that are the same each time; one query."""
        things = list(rows)
        for place, one in enumerate(things):
            one.public_id = self.fixed_id(one._meta.model_name, f"{self.key}/{place}")
        if things:
            type(things[0])._default_manager.bulk_update(things, ["public_id"])
