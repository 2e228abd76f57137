"""Drafts as the writing page wants them."""

from __future__ import annotations

from prakai.journal.models import Entry
from prakai.notes.models import Draft, Note
from prakai.people.models import Person


def find_draft(person: Person, window: str) -> Draft | None:
    """Return the draft of a window if it is hers."""
    if not window or len(window) > 40:
        return None
    return Draft.objects.filter(person=person, window=window).select_related("note").first()


def drafts_beside(person: Person, note: Note | None, *, window: str, most: int = 5) -> list[Draft]:
    """Return what ``person`` typed about ``note`` in other windows and has not saved on purpose, newest first.

    Of a new note every window is a note of its own: nothing lies beside it.
    """
    if note is None:
        return []
    rows = Draft.objects.filter(person=person, note=note).exclude(window=window)
    return list(rows.order_by("-saved_at")[:most])


def note_sent_from(person: Person, window: str) -> Note | None:
    """Return the note that took in what ``person`` typed in a window, if she has sent it: the journal knows."""
    if not window:
        return None
    lines = Entry.objects.filter(by_id=person.pk, thing_kind="notes.note", facts__window=window)
    number = lines.order_by("-id").values_list("thing_id", flat=True).first()
    return Note.objects.filter(pk=number).first() if number is not None else None
