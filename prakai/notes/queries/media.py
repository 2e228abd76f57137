"""Attachments that a reader may see."""

from __future__ import annotations

from prakai.notes.models import Attachment, Note
from prakai.notes.models.media import AttachmentKind
from prakai.people.models import Audience, Person


def find_attachment(public_id: str, reader: Person | None) -> Attachment | None:
    """Return the attachment if ``reader`` may read its note; one without a note is for who sent it."""
    row = Attachment.objects.filter(public_id=public_id).select_related("note").first()
    if row is None:
        return None
    if row.note_id is None:
        return row if reader is not None and row.by_id == reader.pk else None
    return row if Note.objects.visible_to(reader).filter(pk=row.note_id).exists() else None


def pictures_in(note: Note) -> list[Attachment]:
    """Return the pictures that stand in a note's text, in the order in which they came in."""
    rows = Attachment.objects.filter(note=note, kind=AttachmentKind.PICTURE).order_by("added_at", "pk")
    return [row for row in rows if f"/media/{row.public_id}" in note.body]


def is_public(row: Attachment) -> bool:
    """Return whether everybody may see it, so that any cache may keep it."""
    note = row.note
    return (
        note is not None
        and note.audience == Audience.PUBLIC
        and note.published_at is not None
        and note.withdrawn_at is None
    )
