"""Notes as the parts of pages want them: who tells, from which unit, when, in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import pgettext

from prakai.kernel.markup import excerpt
from prakai.notes.models import Note, Tag
from prakai.people.models import Person
from prakai.thai.names import initials
from prakai.units.models import Unit


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody known by a name only: an author elsewhere, a teller without an account. Has no page."""

    name: str
    tint: int = 6
    portrait_url: str = ""

    def __str__(self) -> str:
        return self.name

    @property
    def initial(self) -> str:
        """One letter for the portrait's place."""
        return initials(self.name)


@dataclass(frozen=True, slots=True)
class TagLink:
    """A tag as ``parts/tag.html`` shows it."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note as ``parts/note_card.html`` and ``parts/note_row.html`` show it."""

    number: int
    title: str
    url: str
    people: list[Person | NamedPerson]
    unit: Unit | None
    moment: datetime | None
    highlight: str
    tags: list[TagLink] = field(default_factory=list)
    institution: str = ""
    kind: str = ""
    language: str = "th"
    shown_comments: int = 0

    def get_absolute_url(self) -> str:
        """The note's page."""
        return self.url


def title_of(note: Note) -> str:
    """Return the title; a journal without one is called by its first words. Needs ``beginning`` or ``plain``."""
    if note.title:
        return note.title
    start = getattr(note, "beginning", None) or note.plain
    return excerpt(start, 60) or pgettext("note", "A note without a title")


def people_of(note: Note) -> list[Person | NamedPerson]:
    """Return whose experience it is: the teller if somebody else wrote it down, otherwise the author."""
    if note.teller is not None:
        return [note.teller]
    if note.teller_name:
        return [NamedPerson(note.teller_name)]
    if note.author is not None:
        return [note.author]
    return [NamedPerson(note.author_name or pgettext("note", "An author whose name is not known"))]


def tag_links(tags: Iterable[Tag]) -> list[TagLink]:
    """Return tags as links to their pages."""
    return [TagLink(tag.label, tag.get_absolute_url()) for tag in tags]


def row_of(note: Note) -> NoteRow:
    """Return a note (read through ``notes.queries.lists.rows_for``) as lists show it; no further query."""
    lead = note.highlight or (excerpt(getattr(note, "beginning", ""), 140) if note.title else "")
    return NoteRow(
        number=note.number,
        title=title_of(note),
        url=note.get_absolute_url(),
        people=people_of(note),
        unit=note.unit,
        moment=note.published_at or note.written_at,
        highlight=lead,
        tags=tag_links(tagging.tag for tagging in note.taggings.all()),
        kind=note.get_kind_display(),
        language=note.language,
        shown_comments=getattr(note, "shown_comments", 0),
    )


def rows_of(notes: Iterable[Note]) -> list[NoteRow]:
    """Return notes as rows, in their order."""
    return [row_of(note) for note in notes]
