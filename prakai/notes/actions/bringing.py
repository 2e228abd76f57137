"""Bringing in a note that was written elsewhere: once for each source, whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from prakai.journal.recording import line_of, record
from prakai.kernel.markup import clean_html, excerpt, from_plain, plain_of
from prakai.notes import rules
from prakai.notes.actions.numbering import next_number, save_numbered
from prakai.notes.actions.sheaf import Sheaf
from prakai.notes.actions.tagging import MOST, first_taggings, list_taggings, put_tags
from prakai.notes.actions.telling import tell_conversation, title_to_tell
from prakai.notes.models import (
    Attachment,
    Licence,
    Note,
    Notebook,
    NoteKind,
    OldAddress,
    Origin,
    Publication,
    Revision,
)
from prakai.notes.models.origins import Rights, sealed
from prakai.notes.wording import fitted
from prakai.people.models import Audience, Person
from prakai.talk.actions import open_conversation
from prakai.thai.folding import clean

EXCERPT = 280
# Of what was not understood a link card keeps short lines (names and values), never sentences of the text.
SHORT_LINE = 100
SHORT_LINES = 20


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
            self.url, self.reads, self.comment_count, self.raw, self.language, self.audience, self.is_draft, rights,
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
    brought: Brought,
    *,
    notebook: Notebook,
    rights: Rights,
    by: Person,
    keeps_rights: bool = False,
    number: Callable[[], int] = next_number,
    sheaf: Sheaf | None = None,
    at: datetime | None = None,
) -> tuple[Note, str]:
    """Bring in one note and return it with ``added``, ``changed`` or ``unchanged``.

    ``another's`` was brought in by somebody else before, ``forgotten`` belonged to a person who wanted it gone: both
    are left alone.
    Without rights it becomes a link card: title, author, source and at most 280 graphemes. The same key never makes
    a second note; what people said about it here stays. A number that is taken here gives way to the next free one,
    asked of ``number``. With ``keeps_rights`` a note that stands in full text is not cut down to a card. With a
    ``sheaf`` what nothing reads at once waits there until whoever gave it writes it, in the same transaction.
    """
    rules.may_write_in(by, notebook).or_refuse()
    origin = _origin_of(brought) if sheaf is None or sheaf.may_know(brought.key) else None
    if origin is not None:
        if keeps_rights and rights == Rights.LINK:
            rights = Rights(origin.rights)
        if origin.key != brought.key:
            return origin.note, "forgotten"
        if origin.imported_by_id != by.pk and not rules.may_edit(by, origin.note):
            return origin.note, "another's"
        if origin.fingerprint == brought.fingerprint(rights) or not _tells_more(brought, origin, rights):
            _keep_addresses(origin.note, brought)
            return origin.note, "unchanged"
    mark = brought.fingerprint(rights)
    note = origin.note if origin is not None else _new_note(brought, notebook, number)
    _fill(note, brought, rights)
    note.version += 1
    has_date_now = origin is not None and not origin.richness[1] and brought.written_at is not None
    if not brought.is_draft and (note.published_at is None or has_date_now):
        note.published_at = note.raised_at = note.written_at
    facts = _facts(brought, rights, mark)
    if origin is not None:
        _bring_again(note, origin, brought, rights, facts, by=by, at=at)
        return note, "changed"
    _save_new(note, by)
    rows = [Origin(key=brought.key, note=note, imported_by=by, **facts), _version_of(note, by)]
    rows += [*first_taggings(note, brought.tags[:MOST]), *_addresses(note, brought)]
    if note.published_at is not None:
        rows.append(Publication(note=note, by=by, at=note.published_at))
    bound = sheaf if sheaf is not None else Sheaf(())
    bound.add(brought.key, rows, line_of("note.brought", note, by=by, at=at, rights=str(rights)))
    if sheaf is None:
        bound.write()
    return note, "added"


def _bring_again(
    note: Note,
    origin: Origin,
    brought: Brought,
    rights: Rights,
    facts: dict[str, Any],
    *,
    by: Person,
    at: datetime | None,
) -> None:
    note.save()
    _forget_full_text(note, rights)
    put_tags(note, brought.tags[:MOST])
    for name, value in facts.items():
        setattr(origin, name, value)
    origin.save()
    _keep_addresses(note, brought)
    _version_of(note, by).save()
    if note.published_at is not None:
        _keep_publication(note, note.published_at, by=by)
    tell_conversation(note, by=by)
    record("note.brought_again", note, by=by, at=at, rights=str(rights))


def _version_of(note: Note, by: Person) -> Revision:
    return Revision(
        note=note, number=note.version, title=note.title, body=note.body, highlight=note.highlight, by=by
    )


def _keep_publication(note: Note, at: datetime, *, by: Person) -> None:
    Publication.objects.update_or_create(note=note, defaults={"at": at}, create_defaults={"at": at, "by": by})
    list_taggings(note)


def _origin_of(brought: Brought) -> Origin | None:
    """The origin by its key, also when a person who has left had the key sealed; mostly there is none."""
    known = Origin.objects.filter(key__in=[brought.key, sealed(brought.key)]).values_list("pk", flat=True)[:1]
    for pk in known:
        return Origin.objects.select_related("note__author", "note__teller", "note__conversation").get(pk=pk)
    return None


def _tells_more(brought: Brought, origin: Origin, rights: Rights) -> bool:
    """Return whether to take this page over the one that stands: the same file changed, or another that tells more."""
    if origin.source == brought.source[:500] or origin.rights != rights:
        return True
    stands = origin.note.edited_at
    if brought.edited_at is not None and stands is not None and brought.edited_at != stands:
        return brought.edited_at > stands
    return list(brought.richness()) > list(origin.richness)


def _new_note(brought: Brought, notebook: Notebook, number: Callable[[], int]) -> Note:
    wanted = _possible(brought.number)
    if wanted is None or Note.objects.filter(number=wanted).exists():
        wanted = number()
    return Note(
        number=wanted,
        notebook=notebook,
        written_at=brought.written_at or brought.edited_at or timezone.now(),
        version=0,
    )


def _save_new(note: Note, by: Person) -> None:
    """Save a new note with a conversation that knows all about it from the start."""
    note.name_well()
    expected = note.number
    note.conversation = open_conversation(
        by=by,
        allows_anonymous=note.notebook.allows_anonymous,
        title=title_to_tell(note),
        address=note.get_absolute_url(),
        audience=note.audience,
        hosts=[note.author or by],
        is_shown=note.published_at is not None,
    )
    save_numbered(note)
    if note.number != expected:
        tell_conversation(note, by=by)


def _possible(number: int | None) -> int | None:
    """The number when every database and browser can hold it."""
    return number if number is not None and 0 < number < 2**53 else None


def _fill(note: Note, brought: Brought, rights: Rights) -> None:
    note.title = fitted(" ".join(clean(brought.title).split()), 600)
    note.author = brought.author
    note.author_name = fitted(clean(brought.author_name).strip(), 200)
    note.language = brought.language[:2] or "th"
    note.licence = brought.licence or Licence.ARR
    note.audience = brought.audience
    note.highlight = fitted(clean(brought.highlight), 300)
    note.edited_at = brought.edited_at
    if brought.written_at is not None:
        note.written_at = brought.written_at
    body = clean_html(brought.body_html)
    if rights == Rights.LINK:
        note.kind = NoteKind.LINK
        body = from_plain(excerpt(plain_of(body), EXCERPT))
        note.highlight = ""
    elif note.kind == NoteKind.LINK or note.pk is None:
        note.kind = NoteKind.ARTICLE
    note.body = body
    note.plain = plain_of(body)


def _forget_full_text(note: Note, rights: Rights) -> None:
    """Where a text that stood in full becomes a link card, its versions, drafts and pictures go, too."""
    if rights != Rights.LINK:
        return
    note.revisions.all().delete()
    note.drafts.all().delete()
    drop_files(Attachment.objects.filter(note=note))


def drop_files(rows: QuerySet[Attachment]) -> None:
    """Delete attachments, and their files once that is certain."""
    for row in rows:
        transaction.on_commit(partial(row.file.storage.delete, row.file.name or ""))
    rows.delete()


def _facts(brought: Brought, rights: Rights, mark: str) -> dict[str, Any]:
    """What the origin keeps of how the note was told elsewhere."""
    return {
        "site": brought.site,
        "source_number": _possible(brought.number),
        "url": brought.url[:600],
        "rights": rights,
        "licence_text": brought.licence_text[:200],
        "reads": brought.reads,
        "comment_count": brought.comment_count,
        "dates": list(brought.dates),
        "raw": _short_lines(brought.raw) if rights == Rights.LINK else brought.raw,
        "fingerprint": mark,
        "source": brought.source[:500],
        "richness": list(brought.richness()),
    }


def _short_lines(raw: str) -> str:
    lines = [line for line in raw.split("\n") if line.strip() and len(line) <= SHORT_LINE]
    return "\n".join(lines[:SHORT_LINES])


def _keep_addresses(note: Note, brought: Brought) -> None:
    if brought.old_paths:
        OldAddress.objects.bulk_create(_addresses(note, brought), ignore_conflicts=True)


def _addresses(note: Note, brought: Brought) -> list[OldAddress]:
    return [OldAddress(path=path, note=note) for path in sorted({path[:500] for path in brought.old_paths})]
