"""A fresh place of its own, filled with a collection as published public notes. Not a way in for real notes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.searching.collection import Document

if TYPE_CHECKING:
    from prakai.notes.models import Note, Notebook
    from prakai.people.models import Person

BATCH = 1000
NO_DATE = datetime(2020, 1, 1, tzinfo=UTC)
"""When a document without a date was published: one moment for all, so that none gains by it."""


@dataclass(slots=True)
class Filled:
    """What a place was filled with: how many notes of how many bytes, how long it took, and the notes' documents.

    ``known`` holds the ids of the collection's own documents by their notes' keys; nobody asks for the others.
    """

    count: int = 0
    known: dict[int, str] = field(default_factory=dict)
    text_bytes: int = 0
    seconds: float = 0.0


def open_place(folder: Path) -> None:
    """Let Django of this process stand on the embedded default in ``folder``, with tables and nothing else."""
    for name in ("DATABASE_URL", "BUS_URL", "FILES_URL", "SEARCH_URL", "WORKERS"):
        os.environ.pop(name, None)
    os.environ |= {"DATA_DIR": str(folder), "DEBUG": "0", "DJANGO_SETTINGS_MODULE": "prakai.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill(documents: Iterable[Document]) -> Filled:
    """Write ``documents`` as the actions of notes do it, but many rows in one statement."""
    from prakai.notes.models import Notebook
    from prakai.people.models import Person

    person = Person(email="bench@example.org", given_th="ผู้วัด", family_th="การค้นหา")
    person.set_unusable_password()
    person.save()
    notebook = Notebook.objects.create(title="-", owner=person)
    filled = Filled()
    started = time.perf_counter()
    for batch in batches(documents, BATCH):
        notes = _write(batch, filled.count + 1, notebook, person)
        pairs = zip(notes, batch, strict=True)
        filled.known |= {note.pk: document.id for note, document in pairs if not document.is_grown}
        filled.count += len(batch)
        filled.text_bytes += sum(document.bytes for document in batch)
    filled.seconds = time.perf_counter() - started
    return filled


def batches(documents: Iterable[Document], size: int) -> Iterator[list[Document]]:
    """Yield ``documents`` in lists of ``size``."""
    them = iter(documents)
    while batch := list(islice(them, size)):
        yield batch


def _write(batch: list[Document], first: int, notebook: Notebook, person: Person) -> list[Note]:
    """Write a batch with all the rows that publishing makes: conversation, note, version, publication, journal."""
    from django.db import transaction

    from prakai.journal.recording import line_of, record_all
    from prakai.notes.actions.telling import title_to_tell
    from prakai.notes.models import Note, Publication, Revision
    from prakai.talk.models import Conversation

    notes = [note_of(document, first + place, notebook, person) for place, document in enumerate(batch)]
    with transaction.atomic():
        talks = Conversation.objects.bulk_create(
            Conversation(title=title_to_tell(note), address=note.get_absolute_url(), is_shown=True)
            for note in notes
        )
        hosts = Conversation.hosts.through
        hosts._default_manager.bulk_create(hosts(conversation=talk, person=person) for talk in talks)
        for note, talk in zip(notes, talks, strict=True):
            note.conversation = talk
        Note.objects.bulk_create(notes)
        Revision.objects.bulk_create(
            Revision(note=note, number=1, title=note.title, body=note.body, by=person, at=note.written_at)
            for note in notes
        )
        Publication.objects.bulk_create(
            Publication(note=note, by=person, at=note.written_at) for note in notes
        )
        record_all([line_of("note.published", note, by=person, at=note.written_at) for note in notes])
    return notes


def note_of(document: Document, number: int, notebook: Notebook, person: Person) -> Note:
    """Return the note, unsaved, that a document becomes when somebody writes and publishes it."""
    from prakai.kernel.markup import from_plain, plain_of
    from prakai.notes.models import Note
    from prakai.notes.wording import fitted
    from prakai.thai.folding import clean

    body = from_plain(document.text.replace("\x00", ""))
    at = moment_of(document.date)
    note = Note(
        number=number,
        title=fitted(" ".join(clean(document.title).split()), 600),
        body=body,
        plain=plain_of(body),
        notebook=notebook,
        author=person,
        version=1,
        written_at=at,
        published_at=at,
        raised_at=at,
    )
    note.name_well()
    return note


@lru_cache(maxsize=20_000)
def moment_of(date: str) -> datetime:
    """Return the moment that a document's date means, in either era and any writing; ``NO_DATE`` when it means none."""
    from prakai.thai.dates import read_date

    day = read_date(date) if date else None
    if day is None or day.year < 1900:
        return NO_DATE
    return min(datetime(day.year, day.month, day.day, 5, tzinfo=UTC), datetime.now(UTC) - timedelta(hours=1))
