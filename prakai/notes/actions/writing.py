"""Writing a note, saving it again, going back to an earlier version."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.markup import body_from, plain_of
from prakai.notes import rules
from prakai.notes.actions.numbering import next_number, save_numbered
from prakai.notes.actions.tagging import put_tags
from prakai.notes.actions.telling import tell_conversation
from prakai.notes.models import (
    Attachment,
    Draft,
    Licence,
    Note,
    Notebook,
    NoteKind,
    Revision,
    Tagging,
)
from prakai.notes.wording import fitted
from prakai.people.models import Audience, Person
from prakai.talk.actions import open_conversation
from prakai.thai.folding import clean
from prakai.thai.graphemes import count
from prakai.thai.tags import tag_key
from prakai.units.models import Unit

LONGEST_TITLE = 200
LONGEST_BODY = 200_000


class Changed(ValidationError):
    """The note has moved on since this typing began; ``note`` is its version now. Nothing was overwritten."""

    def __init__(self, note: Note) -> None:
        super().__init__(
            pgettext("note error", "This note was changed in another window. Both versions are below."),
            code="changed",
        )
        self.note = note


@dataclass(slots=True)
class Writing:
    """What somebody wrote: everything of a note that a form holds. ``None`` leaves as it is."""

    title: str | None = None
    body: str | None = None
    highlight: str | None = None
    kind: str | None = None
    language: str | None = None
    licence: str | None = None
    audience: str | None = None
    series: str | None = None
    notebook: Notebook | None = None
    unit: Unit | None = None
    tags: Iterable[str] | None = None
    coauthors: Iterable[Person] | None = None
    teller: Person | None = None
    teller_name: str | None = None


@transaction.atomic
def write_note(
    *,
    notebook: Notebook,
    by: Person,
    writing: Writing,
    window: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Note:
    """Begin a note in a notebook: it has a number from now on and only its writers see it. Returns the note.

    The journal keeps ``window``, from which it was sent, so that sending it again makes no second note.
    """
    rules.may_write_in(by, notebook).or_refuse()
    moment = at or timezone.now()
    note = Note(
        number=next_number(),
        notebook=notebook,
        author=by,
        unit=notebook.unit or current_unit(by, moment),
        licence=notebook.licence,
        audience=notebook.audience,
        written_at=moment,
        is_demo=is_demo,
        conversation=open_conversation(by=by, allows_anonymous=notebook.allows_anonymous),
    )
    _fill(note, writing, by)
    note.version = 1
    save_numbered(note)
    _relate(note, writing, by)
    _keep_revision(note, by, moment)
    tell_conversation(note, by=by)
    record("note.written", note, by=by, at=at, **_from_window(window))
    return note


@transaction.atomic
def save_note(
    note: Note,
    *,
    by: Person,
    writing: Writing,
    base_version: int,
    window: str = "",
    because: str = "",
    at: datetime | None = None,
) -> Note:
    """Save what was written over version ``base_version``; raise ``Changed`` when the note has moved on since.

    Every save on purpose is a revision; saves of one person within ten minutes of an unpublished note share one.
    """
    note = Note.objects.select_for_update().get(pk=note.pk)
    rules.may_edit(by, note).or_refuse()
    if base_version != note.version:
        raise Changed(note)
    if writing.notebook is not None and writing.notebook.pk != note.notebook_id:
        rules.may_write_in(by, writing.notebook).or_refuse()
    moment = at or timezone.now()
    _fill(note, writing, by)
    if note.published_at is not None and not (verdict := rules.may_stand(note)):
        raise ValidationError(str(verdict.reason), code="not_fit")
    note.version += 1
    note.edited_at = moment
    note.save()
    _relate(note, writing, by)
    _keep_revision(note, by, moment, because)
    tell_conversation(note, by=by)
    record("note.saved", note, by=by, at=at, version=note.version, **_from_window(window))
    return note


def _from_window(window: str) -> dict[str, str]:
    return {"window": window} if window else {}


def is_as_written(note: Note, writing: Writing, *, by: Person) -> bool:
    """Return whether saving ``writing`` would leave ``note`` just as it stands."""
    now, then = writing_of(note), Note.objects.get(pk=note.pk)
    _fill(then, writing, by)
    if writing.tags is not None and [tag_key(t) for t in writing.tags] != [
        tag_key(t) for t in now.tags or ()
    ]:
        return False
    if writing.coauthors is not None:
        named = {person.pk for person in writing.coauthors} - {note.author_id}
        if named != {person.pk for person in now.coauthors or ()}:
            return False
    return replace(writing_of(then), tags=None, coauthors=None) == replace(now, tags=None, coauthors=None)


@transaction.atomic
def restore_revision(note: Note, revision: Revision, *, by: Person, at: datetime | None = None) -> Note:
    """Make an earlier version the newest one; nothing in between is lost."""
    if revision.note_id != note.pk:
        raise ValidationError(pgettext("note error", "That version belongs to another note."))
    writing = Writing(title=revision.title, body=revision.body, highlight=revision.highlight)
    because = pgettext("revision", "Version %(number)d again") % {"number": revision.number}
    return save_note(note, by=by, writing=writing, base_version=note.version, because=because, at=at)


def current_unit(person: Person, at: datetime) -> Unit | None:
    """Return the unit in which ``person`` held her newest confirmed appointment on that day."""
    day = timezone.localdate(at)
    newest = person.appointments.holding(day).confirmed().select_related("unit").newest_first().first()
    return newest.unit if newest else None


def _fill(note: Note, writing: Writing, by: Person) -> None:
    if writing.title is not None:
        note.title = " ".join(clean(writing.title).split())
        if count(note.title) > LONGEST_TITLE or len(note.title) > LONGEST_TITLE * 3:
            raise ValidationError({"title": pgettext("note error", "A title can hold 200 characters.")})
    if writing.body is not None:
        if len(writing.body) > LONGEST_BODY * 5:
            raise ValidationError(
                {"body": pgettext("note error", "This is a whole book; please part it into notes.")}
            )
        note.body = body_from(writing.body)
        note.plain = plain_of(note.body)
        if len(note.plain) > LONGEST_BODY:
            raise ValidationError(
                {"body": pgettext("note error", "This is a whole book; please part it into notes.")}
            )
    if writing.highlight is not None:
        note.highlight = fitted(" ".join(clean(writing.highlight).split()), 300)
    for name, choices in (("kind", NoteKind), ("licence", Licence), ("audience", Audience)):
        value = getattr(writing, name)
        if value is not None:
            # A link card is what an import makes of a text without rights; nobody writes one.
            if value not in choices.values or (value == NoteKind.LINK != note.kind):
                raise ValidationError({name: pgettext("note error", "Please choose one of the list.")})
            setattr(note, name, value)
    if writing.language is not None:
        if not re.fullmatch("[a-z]{2}", writing.language):
            raise ValidationError({"language": pgettext("note error", "Please choose one of the list.")})
        note.language = writing.language
    if writing.series is not None:
        note.series = fitted(" ".join(clean(writing.series).split()), 200)
    if writing.notebook is not None:
        note.notebook = writing.notebook
    if writing.teller is not None or writing.teller_name is not None:
        note.teller = writing.teller
        note.teller_name = "" if writing.teller else fitted(clean(writing.teller_name or "").strip(), 200)
    if writing.unit is not None and writing.unit.pk != note.unit_id:
        day = timezone.localdate(note.written_at)
        rules.may_write_from(by, writing.unit, note.teller, on=day).or_refuse()
        note.unit = writing.unit


def _relate(note: Note, writing: Writing, by: Person) -> None:
    if writing.tags is not None:
        put_tags(note, writing.tags)
    if writing.coauthors is not None:
        note.coauthors.set([person for person in writing.coauthors if person.pk != note.author_id])
    shown = [piece for piece in _media_ids(note.body) if piece]
    if shown:
        # What was sent in while typing belongs to the note from now on: hers who saves, and its author's.
        sent_by = {by.pk, note.author_id} - {None}
        Attachment.objects.filter(public_id__in=shown, note__isnull=True, by__in=sent_by).update(note=note)


def _media_ids(body: str) -> list[str]:
    return [part.split("/")[0].split('"')[0].split("?")[0] for part in body.split("/media/")[1:]]


def _keep_revision(note: Note, by: Person, at: datetime, because: str = "") -> None:
    Revision.objects.create(
        note=note,
        number=note.version,
        title=note.title,
        body=note.body,
        highlight=note.highlight,
        by=by,
        at=at,
        because=because[:200],
    )
    # What says why it came (an older version again, one of two windows) leaves what was before it standing.
    if note.published_at is None and not because:
        # The newest, the one right before it, and one more: the first of a row of quick saves always stays.
        last = list(Revision.objects.filter(note=note).order_by("-number")[:3])
        quick = len(last) == 3 and (last[0].at - last[1].at).total_seconds() < 600
        if quick and {row.by_id for row in last} == {by.pk} and not last[1].because:
            last[1].delete()


def writing_of(note: Note) -> Writing:
    """Return what a form about this note starts from."""
    return Writing(
        title=note.title,
        body=note.body,
        highlight=note.highlight,
        kind=note.kind,
        language=note.language,
        licence=note.licence,
        audience=note.audience,
        series=note.series,
        notebook=note.notebook,
        unit=note.unit,
        tags=[t.tag.label for t in Tagging.objects.filter(note=note).select_related("tag")],
        coauthors=list(note.coauthors.all()),
        teller=note.teller,
        teller_name=note.teller_name,
    )


def forget_drafts(note: Note, person: Person, window: str) -> None:
    """Drop the typed text of a window once it has been saved on purpose."""
    Draft.objects.filter(person=person, window=window).delete()
