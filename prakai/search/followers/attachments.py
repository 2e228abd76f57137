"""Attached files are read by the task queue: one that takes long must not keep the index waiting."""

from __future__ import annotations

from prakai.journal.following import follow
from prakai.journal.models import Entry
from prakai.search.queries.attached import unread_attachments
from prakai.search.tasks import read_attachment


@follow("search.attachments", "attachment.added")
def want_text(entry: Entry) -> None:
    """Want the text of a file that was attached; a picture has none."""
    if unread_attachments().filter(pk=entry.thing_id).exists():
        read_attachment.enqueue(entry.thing_id)
