"""What forums do when a room below speaks: an erased person's seats and roles lose her name."""

from __future__ import annotations

from prakai.forums.actions.forgetting import forget_at_forums
from prakai.journal.following import follow
from prakai.journal.models import Entry


@follow("forums.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Let the seats and roles of a person who left for good lose her name."""
    forget_at_forums(entry.thing_id, at=entry.at)
