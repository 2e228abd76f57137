"""What forums do when a room below speaks: an erased person is forgotten at the forums, too."""

from __future__ import annotations

from prakai.forums.actions.forgetting import forget_at_forums
from prakai.forums.actions.forgetting_voices import forget_voices
from prakai.forums.actions.forgetting_words import forget_words
from prakai.journal.following import follow
from prakai.journal.models import Entry


@follow("forums.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Let the seats and roles of a person who left lose her name; what she told stays without her, or goes."""
    forget_at_forums(entry.thing_id, at=entry.at)
    name, emptied = str(entry.facts.get("name_th", "")), bool(entry.facts.get("emptied"))
    forget_words(entry.thing_id, name=name, emptied=emptied, at=entry.at)
    forget_voices(entry.thing_id, name=name, emptied=emptied, at=entry.at)
