"""The text of attached files: whose is not read yet, and what a note's files say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from prakai.notes.models import Attachment
from prakai.notes.models.media import AttachmentKind
from prakai.search.extracting.reader import READERS
from prakai.search.models import AttachedText, Reading
from prakai.search.queries.compiled import rows_of


def unread_attachments(*, refused_too: bool = False) -> QuerySet[Attachment]:
    """Return attached files that can be read and were not; ``refused_too`` with those that once were refused."""
    unread = Q(attached_text__isnull=True)
    if refused_too:
        unread |= Q(attached_text__state=Reading.REFUSED)
    return Attachment.objects.filter(unread, kind=AttachmentKind.FILE, media_type__in=sorted(READERS))


def attached_text_of(note_ids: Collection[int]) -> dict[int, str]:
    """Return for each note that has any the text of its files, the earliest first; one query. It asks no reader:

    who may read a note may read its files.
    """
    found: dict[int, list[str]] = {}
    for note_id, text in rows_of(_texts, "note", sorted(note_ids)):
        if note_id is not None:
            found.setdefault(note_id, []).append(text)
    return {note_id: "\n".join(texts) for note_id, texts in found.items()}


def _texts(kind: str, note_ids: Sequence[int]) -> QuerySet[Any, Any]:
    return (
        AttachedText.objects.filter(attachment__note__in=note_ids, state=Reading.READ)
        .order_by("attachment__added_at", "attachment_id")
        .values_list("attachment__note_id", "text")
    )
