"""Telling a note's conversation what the note is: its title, readers and hosts."""

from __future__ import annotations

from prakai.notes.models import Note
from prakai.notes.wording import fitted
from prakai.people.models import Person
from prakai.talk.actions import retell
from prakai.thai.graphemes import cut


def tell_conversation(note: Note, *, by: Person | None) -> None:
    """Tell the note's conversation what has changed: title, address, audience, hosts, open or not."""
    hosts = {p.pk: p for p in _writers_of(note)}
    if note.teller is not None:
        hosts[note.teller.pk] = note.teller
    retell(
        note.conversation,
        title=title_to_tell(note),
        address=note.get_absolute_url(),
        audience=note.audience,
        unit=note.unit,
        hosts=hosts.values(),
        is_shown=note.published_at is not None and note.withdrawn_at is None,
        by=by,
    )


def title_to_tell(note: Note) -> str:
    """Return what its conversation is called: the title, else the first words."""
    return fitted(note.title or cut(" ".join(note.plain[:400].split()), 80), 300)


def _writers_of(note: Note) -> list[Person]:
    author = [note.author] if note.author is not None else Person.objects.filter(brought_origins__note=note)
    return [*author, *note.coauthors.all()]
