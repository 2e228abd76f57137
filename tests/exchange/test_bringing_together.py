"""Many notes at once: their rows are written together, and it is as if each had been brought in by itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from prakai.exchange.importing.bringing import bring_in
from prakai.journal.models import Entry
from prakai.notes.actions import bring_note, first_notebook
from prakai.notes.actions.sheaf import Sheaf
from prakai.notes.models import Note, OldAddress, Origin, Publication, Revision, Tag, Tagging
from prakai.notes.models.origins import Rights
from prakai.people.models import Person
from tests.exchange.pages import markdown, saved_page, written
from tests.factories.notes import make_brought

TABLES = (Note, Origin, Publication, Revision, Tag, Tagging, OldAddress, Entry)


def folder_of(place: Path, number: int) -> Path:
    for n in range(number):
        written(place, f"{n:03}.md", markdown(n))
        written(place, f"9{n:02}.txt", saved_page(80_000 + n))
    return place


def told() -> list[Any]:
    """Rows in number, and of each note what stands around it."""
    notes = [
        (
            note.origin.key, note.title, note.version, [row.tag.label for row in note.taggings.all()],
            [str(row.listed_at) for row in note.taggings.all()], note.publications.get().by_id,
            note.revisions.get().body == note.body, sorted(row.path for row in note.old_addresses.all()),
            list(note.conversation.hosts.values_list("pk", flat=True)),
            Entry.objects.filter(verb="note.brought", thing_id=note.pk).count(),
        )
        for note in Note.objects.order_by("origin__key")
    ]  # fmt: skip
    return [notes, [table.objects.count() for table in TABLES]]


def stumbling(at: str) -> Any:
    """Let the first statement that begins with ``at`` and holds several rows meet somebody who was faster."""
    met = []

    def execute(go: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not met and sql.startswith(at) and "), (" in sql:
            met.append(sql)
            raise IntegrityError("somebody else was faster")
        return go(sql, params, many, context)

    return execute


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_fails_at_its_end_goes_again_one_by_one(tmp_path: Path, malee: Person) -> None:
    source = folder_of(tmp_path / "in", 6)
    with connection.execute_wrapper(stumbling('INSERT INTO "notes_origin"')):
        report = bring_in([source], by=malee, rights="held")
    again = told()
    assert report.counts == {"added": 12}
    assert again[1][:2] == [12, 12]
    assert bring_in([source], by=malee, rights="held").counts == {"unchanged": 12}
    assert told() == again
    assert {count for *_, count in again[0]} == {1}


def test_a_note_costs_fewer_statements_among_many(tmp_path: Path, malee: Person) -> None:
    bring_in([folder_of(tmp_path / "first", 1)], by=malee, rights="held")
    for n in range(40):
        written(tmp_path / "in", f"{n:03}.md", markdown(100 + n))
    with CaptureQueriesContext(connection) as asked:
        bring_in([tmp_path / "in"], by=malee, rights="held")
    inserts = [q["sql"].split('"')[1] for q in asked if q["sql"].startswith("INSERT")]
    # SQLite takes so many values in one statement that a table may need two.
    for table in ("notes_origin", "notes_publication", "notes_revision", "notes_oldaddress"):
        assert inserts.count(table) <= 2, table
    assert inserts.count("journal_entry") <= 3  # one for all notes, one for each new notebook


def test_a_page_that_comes_twice_in_one_batch_is_one_note(tmp_path: Path, malee: Person) -> None:
    written(tmp_path / "in", "a.txt", saved_page())
    written(tmp_path / "in", "b.txt", saved_page(extra="ดอกไม้: 3"))
    report = bring_in([tmp_path / "in"], by=malee, rights="held")
    assert (Note.objects.count(), Origin.objects.count(), sum(report.counts.values())) == (1, 1, 2)


def test_a_sheaf_tells_when_somebody_else_was_faster(malee: Person) -> None:
    notebook = first_notebook(by=malee)
    brought = make_brought(number=90_001)
    sheaf = Sheaf([brought.key])
    bring_note(make_brought(number=90_001), notebook=notebook, rights=Rights.HELD, by=malee)
    bring_note(brought, notebook=notebook, rights=Rights.HELD, by=malee, sheaf=sheaf)
    with pytest.raises(IntegrityError), transaction.atomic():
        sheaf.write()


def test_an_empty_sheaf_writes_nothing(db: None) -> None:
    sheaf = Sheaf(())
    with CaptureQueriesContext(connection) as asked:
        sheaf.write()
    assert (len(asked), sheaf.may_know("gotoknow:1")) == (0, False)
