"""Bringing in a note that was written elsewhere: once for each source, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.kernel.markup import clean_html, excerpt, from_plain, plain_of
from prakai.notes import rules
from prakai.notes.actions.tagging import put_tags
from prakai.notes.actions.writing import next_number, tell_conversation
from prakai.notes.models import Licence, Note, Notebook, NoteKind, OldAddress, Origin, Publication, Revision
from prakai.notes.models.origins import Rights
from prakai.people.models import Audience, Person
from prakai.talk.actions import open_conversation
from prakai.thai.folding import clean

EXCERPT = 280


@dataclass(slots=True)
class Brought:
    """A note as its source tells it. ``None`` means unknown and stays unknown."""

    key: str
    site: str
    title: str
    body_html: str
    number: int | None = None
    author_name: str = ""
    author: Person | None = None
    tags: Sequence[str] = ()
    written_at: datetime | None = None
    edited_at: datetime | None = None
    licence: str | None = None
    licence_text: str = ""
    highlight: str = ""
    language: str = "th"
    url: str = ""
    old_paths: Sequence[str] = ()
    reads: int | None = None
    comment_count: int | None = None
    dates: Sequence[Any] = field(default_factory=list)
    raw: str = ""
    audience: str = Audience.PUBLIC
    is_draft: bool = False
    source: str = ""
    title_is_guessed: bool = False

    def richness(self) -> tuple[bool, bool, int]:
        """Return how much is known: of two pages of one note, the one that tells more is kept."""
        return (not self.title_is_guessed, self.written_at is not None, len(self.body_html))

    def fingerprint(self, rights: str) -> str:
        """Return a digest of all that would be stored, to see whether bringing it again would change anything."""
        seen = [
            self.key, self.title, self.body_html, self.number, self.author_name, list(self.tags),
            str(self.written_at), str(self.edited_at), self.licence, self.licence_text, self.highlight,
            self.url, self.reads, self.raw, rights,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(seen, ensure_ascii=False, default=str).encode()).hexdigest()


def rights_of(brought: Brought, *, held: bool, link: bool) -> Rights:
    """Return on what ground the text may be shown: granted by its licence, held by the importer, or a link only."""
    if held:
        return Rights.HELD
    if link:
        return Rights.LINK
    return Rights.GRANTED if brought.licence and Licence(brought.licence).grants_reuse else Rights.LINK


@transaction.atomic
def bring_note(
    brought: Brought, *, notebook: Notebook, rights: Rights, by: Person, at: datetime | None = None
) -> tuple[Note, str]:
    """Bring in one note and return it with ``added``, ``changed`` or ``unchanged``.

    Without rights it becomes a link card: title, author, source and at most 280 graphemes. The same key never makes
    a second note; what people said about it here stays. A number that is taken here gives way to the next free one.
    """
    rules.may_write_in(by, notebook).or_refuse()
    origin = Origin.objects.select_related("note", "note__conversation").filter(key=brought.key).first()
    mark = brought.fingerprint(rights)
    if origin is not None:
        _keep_addresses(origin.note, brought)
        if origin.fingerprint == mark or not _tells_more(brought, origin):
            return origin.note, "unchanged"
    note = origin.note if origin is not None else _new_note(brought, notebook, by)
    _fill(note, brought, rights)
    note.version += 1
    note.save()
    put_tags(note, brought.tags)
    facts = {
        "site": brought.site,
        "source_number": brought.number,
        "url": brought.url[:600],
        "rights": rights,
        "licence_text": brought.licence_text[:200],
        "reads": brought.reads,
        "comment_count": brought.comment_count,
        "dates": list(brought.dates),
        "raw": brought.raw,
        "fingerprint": mark,
        "source": brought.source[:500],
        "richness": list(brought.richness()),
        "imported_by": by,
    }
    Origin.objects.update_or_create(key=brought.key, defaults={"note": note, **facts})
    _keep_addresses(note, brought)
    Revision.objects.create(note=note, number=note.version, title=note.title, body=note.body, by=by)
    if not brought.is_draft and origin is None:
        Publication.objects.create(note=note, by=by, at=note.published_at or timezone.now())
    tell_conversation(note, by=by)
    if note.author_id is None and note.teller_id is None:
        note.conversation.hosts.add(by)
    record("note.brought" if origin is None else "note.brought_again", note, by=by, at=at, rights=str(rights))
    return note, "added" if origin is None else "changed"


def _tells_more(brought: Brought, origin: Origin) -> bool:
    """Return whether to take this page over the one that stands: the same file changed, or another that tells more."""
    if origin.source == brought.source[:500]:
        return True
    stands = origin.note.edited_at
    if brought.edited_at is not None and stands is not None and brought.edited_at != stands:
        return brought.edited_at > stands
    return list(brought.richness()) > list(origin.richness)


def _new_note(brought: Brought, notebook: Notebook, by: Person) -> Note:
    wanted = brought.number
    if wanted is None or not 0 < wanted < 2**53 or Note.objects.filter(number=wanted).exists():
        wanted = next_number()
    written = brought.written_at or brought.edited_at or timezone.now()
    published = None if brought.is_draft else written
    return Note(
        number=wanted,
        notebook=notebook,
        written_at=written,
        published_at=published,
        raised_at=published,
        conversation=open_conversation(by=by, allows_anonymous=notebook.allows_anonymous),
        version=0,
    )


def _fill(note: Note, brought: Brought, rights: Rights) -> None:
    note.title = clean(brought.title)[:300]
    note.author = brought.author
    note.author_name = brought.author_name[:200]
    note.language = brought.language[:2] or "th"
    note.licence = brought.licence or Licence.ARR
    note.audience = brought.audience
    note.highlight = clean(brought.highlight)[:300]
    note.edited_at = brought.edited_at
    body = clean_html(brought.body_html)
    if rights == Rights.LINK:
        note.kind = NoteKind.LINK
        body = from_plain(excerpt(plain_of(body), EXCERPT))
        note.highlight = ""
    elif note.kind == NoteKind.LINK or note.pk is None:
        note.kind = NoteKind.ARTICLE
    note.body = body
    note.plain = plain_of(body)


def _keep_addresses(note: Note, brought: Brought) -> None:
    for path in brought.old_paths:
        OldAddress.objects.get_or_create(path=path[:500], defaults={"note": note})
