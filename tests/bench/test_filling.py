"""A place filled for the bench is as if people had written and published its notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from bench.searching.collection import Document
from bench.searching.filling import NO_DATE, fill, moment_of
from prakai.journal.models import Entry
from prakai.notes.models import Note
from tests.factories.notes import make_note
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_filled_notes_are_found_by_visitors_under_their_documents_ids() -> None:
    filled = fill([Document("d1", "ชื่อ <1>", "ย่อหน้า & อีก\n\nย่อหน้า"), Document("d2", "", "ไม่มีชื่อ")])
    notes = {filled.known[note.pk]: note for note in Note.objects.readable_by(None)}
    assert sorted(notes) == ["d1", "d2"]
    assert notes["d1"].body == "<p>ย่อหน้า &amp; อีก</p>\n<p>ย่อหน้า</p>"
    assert notes["d1"].plain == "ย่อหน้า & อีก\nย่อหน้า"
    assert notes["d2"].conversation.title == "ไม่มีชื่อ"
    assert filled.text_bytes == len("ชื่อ <1>ย่อหน้า & อีก\n\nย่อหน้าไม่มีชื่อ".encode())


def test_documents_that_were_made_of_others_are_written_and_not_remembered() -> None:
    filled = fill([Document("d1", "ก", "ข"), Document("more", "ค", "ง", is_grown=True)])
    assert list(filled.known.values()) == ["d1"]
    assert filled.count == Note.objects.readable_by(None).count() == 2


def test_filled_notes_have_the_rows_of_a_note_that_its_author_published() -> None:
    [pk] = fill([Document("d1", "ป้ายสี", "เราย้ายเก้าอี้")]).known
    filled = Note.objects.get(pk=pk)
    written = make_note(make_person(), "ป้ายสี", "<p>เราย้ายเก้าอี้</p>", at=NO_DATE)
    ours = {"id", "number", "notebook", "author", "conversation", "kind"}
    assert _facts(filled, ours) == _facts(written, ours)
    for note in (filled, written):
        assert [row.at for row in note.publications.all()] == [NO_DATE]
        assert [row.number for row in note.revisions.all()] == [1]
        assert list(note.conversation.hosts.all()) == [note.author]
        assert note.conversation.address == note.get_absolute_url()
        assert Entry.objects.filter(verb="note.published", thing_id=note.pk).count() == 1


def _facts(note: Note, without: set[str]) -> dict[str, object]:
    return {name: value for name, value in model_to_dict(note).items() if name not in without}


def test_dates_are_read_in_either_era_and_never_lie_ahead() -> None:
    assert moment_of("วันศุกร์ที่ 18 ตุลาคม 2562").date().isoformat() == "2019-10-18"
    assert moment_of("2020-02-03") == datetime(2020, 2, 3, 5, tzinfo=UTC)
    assert moment_of("เมื่อวานซืน") == moment_of("") == NO_DATE
    assert timezone.now() - timedelta(hours=2) < moment_of("31 ธันวาคม 2699") < timezone.now()
