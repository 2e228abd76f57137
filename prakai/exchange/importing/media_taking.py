"""Taking in the pictures and files of an item that lie in the media folder."""

from __future__ import annotations

import html

import structlog
from django.core.exceptions import ValidationError

from prakai.exchange.importing.items import Item
from prakai.exchange.importing.reports import Line
from prakai.notes.actions import attach
from prakai.notes.actions.bringing import drop_files
from prakai.notes.models import Attachment, Note, Revision
from prakai.people.models import Person

log = structlog.get_logger(__name__)


def take_media(item: Item, note: Note, line: Line, *, by: Person) -> None:
    """Take in the pictures and files that were found, and let the text point at them; tell of those left out."""
    body = note.body
    for media in item.media:
        written = html.escape(media.url)
        if media.path is None or f'"{written}"' not in body:
            continue
        try:
            with media.path.open("rb") as content:
                kept = attach(content, name=media.path.name, by=by, note=note, alt=media.alt)
        except (ValidationError, OSError) as trouble:
            words = (
                "; ".join(trouble.messages) if isinstance(trouble, ValidationError) else str(trouble.strerror)
            )
            line.problems.append({"code": "media-left-out", "text": f"{media.url}: {words}"[:300]})
            continue
        kept = _once(kept)
        body = body.replace(f'"{written}"', f'"{html.escape(kept.get_absolute_url())}"')
    if body != note.body:
        note.body = body
        Note.objects.filter(pk=note.pk).update(body=body)
        Revision.objects.filter(note=note, number=note.version).update(body=body)


def _once(kept: Attachment) -> Attachment:
    """The same picture that an earlier run took in for this note, if there is one; else ``kept``."""
    twin = Attachment.objects.filter(note=kept.note, digest=kept.digest).order_by("pk").first()
    if twin is None or twin == kept:
        return kept
    drop_files(Attachment.objects.filter(pk=kept.pk))
    return twin
