"""Reading an attached file once and keeping its text. Nobody's deed: what ``attachment.added`` asks of search."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.notes.models import Attachment
from prakai.search.extracting.limits import MOST_BYTES, Read
from prakai.search.extracting.reading import read_text
from prakai.search.models import AttachedText, Reading
from prakai.search.queries.attached import unread_attachments


def read_attached(attachment_id: int, *, refused_too: bool = False) -> AttachedText | None:
    """Read the file and keep what it says; return ``None`` when it is gone, was read before, or is no document.

    Holds no transaction while it reads. Raises what the store of files raises when it is away.
    """
    row = unread_attachments(refused_too=refused_too).filter(pk=attachment_id).first()
    return keep_text(attachment_id, _read(row)) if row is not None else None


def _read(row: Attachment) -> Read:
    try:
        with row.file.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Read("refused", because="gone")
    return read_text(content, row.media_type)


@transaction.atomic
def keep_text(attachment_id: int, read: Read, *, at: datetime | None = None) -> AttachedText | None:
    """Keep what was read, and tell the journal, so that the index takes it up; once, whoever comes first."""
    row = Attachment.objects.select_for_update().filter(pk=attachment_id).first()
    if row is None:
        return None
    known = AttachedText.objects.filter(attachment=row).first()
    if known is not None and known.state != Reading.REFUSED:
        return known
    kept, _ = AttachedText.objects.update_or_create(
        attachment=row,
        defaults={
            "state": Reading(read.state),
            "text": read.text,
            "because": read.because,
            "read_at": at or timezone.now(),
        },
    )
    record("attachment.read", row, by=None, at=at, note=row.note_id)
    return kept
