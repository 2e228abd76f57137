"""What networks do when the journal speaks: an erased person is forgotten."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.networks.actions.forgetting import forget_in_networks


@follow("networks.erasure", "person.erased")
def forget_person(entry: Entry) -> None:
    """Let a person who left belong to no network for herself, and look after none."""
    forget_in_networks(entry.thing_id, at=entry.at)
