"""Lists of notes: the same cost with three notes as with a hundred thousand."""

from __future__ import annotations

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce, Substr

from prakai.kernel.paging import Page, page_of
from prakai.notes.models import Note, Notebook, NoteQuerySet, Tag
from prakai.people.models import Person
from prakai.talk.models import Comment
from prakai.units.models import Unit

SIZE = 20


def rows_for(notes: NoteQuerySet) -> NoteQuerySet:
    """Return ``notes`` with what a list row shows, how many comments are shown, and the text's ``beginning``."""
    shown = (
        Comment.objects.shown()
        .filter(conversation=OuterRef("conversation"))
        .order_by()
        .values("conversation")
        .annotate(n=Count("pk"))
        .values("n")
    )
    counted = Coalesce(Subquery(shown, output_field=IntegerField()), 0)
    return notes.for_lists().annotate(shown_comments=counted, beginning=Substr("plain", 1, 300))


def latest_notes(
    reader: Person | None, *, kind: str = "", after: str | None = None, size: int = SIZE
) -> Page[Note]:
    """Return a page of what ``reader`` may read, lately raised first."""
    notes = Note.objects.readable_by(reader)
    if kind:
        notes = notes.filter(kind=kind)
    return page_of(rows_for(notes), by="raised_at", after=after, size=size)


def notes_in(
    notebook: Notebook, reader: Person | None, *, after: str | None = None, size: int = SIZE
) -> Page[Note]:
    """Return a page of a notebook's notes, newest first."""
    notes = Note.objects.readable_by(reader).filter(notebook=notebook)
    return page_of(rows_for(notes), by="published_at", after=after, size=size)


def notes_by(
    person: Person, reader: Person | None, *, after: str | None = None, size: int = SIZE
) -> Page[Note]:
    """Return a page of a person's notes, newest first."""
    notes = Note.objects.readable_by(reader).filter(author=person)
    return page_of(rows_for(notes), by="published_at", after=after, size=size)


def notes_told_by(person: Person, reader: Person | None, *, most: int = 10) -> list[Note]:
    """Return notes in which somebody else wrote down what ``person`` told."""
    return list(
        rows_for(Note.objects.readable_by(reader).filter(teller=person)).order_by("-published_at")[:most]
    )


def notes_of(unit: Unit, reader: Person | None, *, after: str | None = None, size: int = SIZE) -> Page[Note]:
    """Return a page of notes from a unit itself, newest first."""
    notes = Note.objects.readable_by(reader).filter(unit=unit)
    return page_of(rows_for(notes), by="published_at", after=after, size=size)


def notes_tagged(
    tag: Tag, reader: Person | None, *, after: str | None = None, size: int = SIZE
) -> Page[Note]:
    """Return a page of notes that carry a tag, newest first: read from the taggings, where they stand in that order."""
    notes = Note.objects.readable_by(reader).filter(taggings__tag=tag, taggings__listed_at__isnull=False)
    notes = rows_for(notes).annotate(listed_at=F("taggings__listed_at"))
    return page_of(notes, by="listed_at", after=after, size=size)


def series_of(note: Note, reader: Person | None) -> list[Note]:
    """Return the notes of the same series by the same author, in the order of writing; empty without a series."""
    if not note.series:
        return []
    notes = Note.objects.readable_by(reader).filter(series=note.series, author_id=note.author_id)
    return list(notes.only("pk", "number", "slug", "title", "written_at").order_by("written_at", "pk")[:50])
