"""Sending the writing form: one move that writes or saves, takes in files, publishes if asked, and ends the draft."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.kernel.markup import body_from
from prakai.kernel.verdicts import YES, Verdict
from prakai.notes import rules
from prakai.notes.actions.attaching import attach, describe_attachment
from prakai.notes.actions.notebooks import open_notebook
from prakai.notes.actions.publishing import publish_note
from prakai.notes.actions.writing import Writing, forget_drafts, is_as_written, save_note, write_note
from prakai.notes.alts import described
from prakai.notes.models import Attachment, Note, Notebook, NoteKind
from prakai.notes.models.media import AttachmentKind
from prakai.notes.queries.drafts import note_sent_from
from prakai.people.models import Person
from prakai.thai.folding import clean

AN_HOUR = timedelta(hours=1)


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
    alts: Mapping[str, str] = MappingProxyType({}),
    publish: bool = False,
    because: str = "",
    at: datetime | None = None,
) -> Sent:
    """Keep what a form holds, as a new note or over version ``base_version`` of ``note``, and publish it if asked.

    A note that may not be published yet is kept all the same; ``publishing`` says why. Pictures among ``files`` go
    to the end of the text; ``alts`` says what those in it show, by public id. Sent twice (two taps, or back and once
    more) it is one note. Raises ``Changed`` when the note has moved on, ``ValidationError`` and ``Refused`` as the
    steps do; then nothing at all is kept.
    """
    files = list(files)
    if alts and writing.body is not None:
        writing = replace(writing, body=described(body_from(writing.body), alts))
    before, note, base_version = _sent_before(
        note, writing, base_version, by=by, window=window, files=files, at=at
    )
    if note is None and before is None and not files and _is_empty(writing):
        raise ValidationError(
            pgettext("note error", "There is nothing to keep yet: a title or a few words are enough.")
        )
    if before:
        forget_drafts(before, by, window)
        return Sent(before, _published(before, by=by, at=at) if publish else YES)
    attached = [attach(upload, name=upload.name or "", by=by, note=note, at=at) for upload in files]
    pictures = [row for row in attached if row.kind == AttachmentKind.PICTURE]
    if pictures:
        body = body_from(writing.body if writing.body is not None else (note.body if note else ""))
        writing = replace(writing, body=body + "".join(figure(row) for row in pictures))
    if note is None:
        notebook = writing.notebook or first_notebook(by=by, at=at)
        note = write_note(notebook=notebook, by=by, writing=writing, window=window, at=at)
        Attachment.objects.filter(pk__in=[row.pk for row in attached]).update(note=note)
    else:
        note = save_note(
            note, by=by, writing=writing, base_version=base_version, window=window, because=because, at=at
        )
    for row in Attachment.objects.filter(note=note, public_id__in=list(alts)):
        if row.alt != alts[row.public_id]:
            describe_attachment(row, alt=alts[row.public_id], by=by, at=at)
    if window:
        forget_drafts(note, by, window)
    return Sent(note, _published(note, by=by, at=at) if publish else YES, attached)


def _is_empty(writing: Writing) -> bool:
    return not clean(writing.title or "").strip() and not body_from(writing.body or "")


def _published(note: Note, *, by: Person, at: datetime | None) -> Verdict:
    if verdict := rules.may_publish(by, note):
        publish_note(note, by=by, at=at)
    return verdict


def _sent_before(
    note: Note | None,
    writing: Writing,
    base_version: int,
    *,
    by: Person,
    window: str,
    files: list[UploadedFile[Any]],
    at: datetime | None,
) -> tuple[Note | None, Note | None, int]:
    """Return the note that holds all of this already, if one does; else which note to save over, and from where on.

    A second tap, a page gone back to and sent once more, and a lost answer all send the same window again, or (without
    scripts) the same words. Pictures that came along stand at the end of the text by then.
    """
    if note is None:
        Person.objects.select_for_update().get(pk=by.pk)  # of two taps, one comes first
    known, start = note_sent_from(by, window), base_version or 1
    if known is None and note is None and not files:
        known = _twin(writing, by=by, at=at)
        start = known.version if known is not None else 0
    if known is None or (note is not None and note.pk != known.pk):
        return None, note, base_version
    known = Note.objects.select_for_update().get(pk=known.pk)
    if files and writing.body is not None and known.body.startswith(body_from(writing.body)):
        writing = replace(writing, body=known.body)
    return (known, known, start) if is_as_written(known, writing, by=by) else (None, known, start)


def _twin(writing: Writing, *, by: Person, at: datetime | None) -> Note | None:
    """Return the note that ``by`` wrote in the last hour with these very words."""
    title, body = " ".join(clean(writing.title or "").split()), body_from(writing.body or "")
    if not body:
        return None
    lately = Note.objects.filter(
        author=by, withdrawn_at__isnull=True, written_at__gt=(at or timezone.now()) - AN_HOUR
    )
    return lately.filter(title=title, body=body, kind=writing.kind or NoteKind.HOW).first()


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
