"""What the pages do when the journal speaks: share cards that may show the name of somebody who left are made anew."""

from __future__ import annotations

from django.core.files.storage import default_storage

from prakai.journal.following import follow
from prakai.journal.models import Entry

CARDS = "cards"


@follow("web.cards", "person.erased")
def forget_cards(entry: Entry) -> None:
    """Remove every card: they are named by what they show, and whoever asks for one gets it made again."""
    try:
        _, names = default_storage.listdir(CARDS)
    except FileNotFoundError:
        return
    for name in names:
        default_storage.delete(f"{CARDS}/{name}")
