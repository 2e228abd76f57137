"""What forums do when a room below speaks: an erased person's seats, roles and answers lose her name or go."""

from __future__ import annotations

from prakai.forums.actions.forgetting import forget_at_forums
from prakai.forums.actions.forgetting_voices import forget_voices
from prakai.journal.following import follow
from prakai.journal.models import Entry


@follow("forums.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Let the seats and roles of a person who left for good lose her name."""
    forget_at_forums(entry.thing_id, at=entry.at)


@follow("forums.voices", "person.erased")
def forget_voices_of(entry: Entry) -> None:
    """Let the answers of a person who left stay without her, or go, as she chose; her promises go."""
    forget_voices(
        entry.thing_id,
        name=str(entry.facts.get("name_th", "")),
        emptied=bool(entry.facts.get("emptied")),
        at=entry.at,
    )
