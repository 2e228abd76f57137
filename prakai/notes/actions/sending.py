"""Sending the writing form: one move that writes or saves, takes in files, publishes if asked, and ends the draft."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import pgettext

from prakai.kernel.markup import body_from
from prakai.kernel.verdicts import YES, Verdict
from prakai.notes import rules
from prakai.notes.actions.attaching import attach
from prakai.notes.actions.notebooks import open_notebook
from prakai.notes.actions.publishing import publish_note
from prakai.notes.actions.writing import Writing, forget_drafts, save_note, write_note
from prakai.notes.models import Attachment, Note, Notebook
from prakai.notes.models.media import AttachmentKind
from prakai.people.models import Person


@dataclass(slots=True)
class Sent:
    """What came of it: the note as kept, and whether publishing was allowed when it was asked for."""

    note: Note
    publishing: Verdict = YES
    attached: list[Attachment] = field(default_factory=list)


@transaction.atomic
def send_note(
    *,
    by: Person,
    writing: Writing,
    note: Note | None = None,
    base_version: int = 0,
    window: str = "",
    files: Iterable[UploadedFile[Any]] = (),
    publish: bool = False,
    because: str = "",
    at: datetime | None = None,
) -> Sent:
    """Keep what a form holds, as a new note or over version ``base_version`` of ``note``, and publish it if asked.

    A note that may not be published yet is kept all the same; ``publishing`` says why. Pictures among ``files`` go
    to the end of the text. Raises ``Changed`` when the note has moved on, ``ValidationError`` and ``Refused`` as
    the steps do; then nothing at all is kept.
    """
    attached = [attach(upload, name=upload.name or "", by=by, note=note, at=at) for upload in files]
    pictures = [row for row in attached if row.kind == AttachmentKind.PICTURE]
    if pictures:
        body = body_from(writing.body if writing.body is not None else (note.body if note else ""))
        writing = replace(writing, body=body + "".join(figure(row) for row in pictures))
    if note is None:
        notebook = writing.notebook or first_notebook(by=by, at=at)
        note = write_note(notebook=notebook, by=by, writing=writing, at=at)
        Attachment.objects.filter(pk__in=[row.pk for row in attached]).update(note=note)
    else:
        note = save_note(note, by=by, writing=writing, base_version=base_version, because=because, at=at)
    if window:
        forget_drafts(note, by, window)
    verdict = YES
    if publish and (verdict := rules.may_publish(by, note)):
        publish_note(note, by=by, at=at)
    return Sent(note, verdict, attached)


def figure(row: Attachment) -> str:
    """Return the markup of a picture in a text."""
    alt = html.escape(row.alt)
    sides = f' width="{row.width}" height="{row.height}"' if row.width and row.height else ""
    address = html.escape(row.get_absolute_url())
    return f'<figure><img src="{address}" alt="{alt}"{sides}></figure>'


@transaction.atomic
def first_notebook(*, by: Person, at: datetime | None = None) -> Notebook:
    """Return the oldest notebook of ``by``; who has none yet gets one under her own name."""
    known = Notebook.objects.filter(owner=by).order_by("created_at", "pk").first()
    if known is not None:
        return known
    title = pgettext("notebook", "%(name)s's notebook") % {"name": by.display_name}
    return open_notebook(title=title, by=by, at=at)
