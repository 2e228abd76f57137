"""From a note back to the story or the spark that it grew out of."""

from __future__ import annotations

from prakai.forums.models import Growth
from prakai.notes.models import Note
from prakai.people.models import Person


def origin_in_forum(note: Note, reader: Person | None) -> Growth | None:
    """Return what ``note`` grew out of, if ``reader`` may read that, with its forum."""
    rows = Growth.objects.visible_to(reader).filter(note=note)
    return rows.select_related("story__forum", "spark__forum").first()
