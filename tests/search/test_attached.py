"""Attached files are read once, by the task queue; their text goes with its note, and goes when that goes."""

from __future__ import annotations

import threading
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image

from prakai.cli.serving.working import run_tasks, tidy_tasks
from prakai.exchange.demo.removing import remove_demo
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.notes import actions
from prakai.notes.actions.bringing import drop_files
from prakai.notes.models import Attachment, Note
from prakai.people.actions import erase_person
from prakai.people.models import Person
from prakai.search.actions.reading_attached import keep_text, read_attached
from prakai.search.extracting.limits import Read
from prakai.search.models import AttachedText
from prakai.search.queries.attached import attached_text_of, unread_attachments
from prakai.search.tasks import read_all_attachments
from tests.factories.files import docx_of, pdf_of, xlsx_of
from tests.factories.notes import make_note
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
SECRET = "เรื่องลับเฉพาะในแฟ้มแนบ"


@pytest.fixture
def malee() -> Person:
    return make_person()


def attach(by: Person, said: str = SECRET, *, note: Note | None = None, name: str = "แผน.docx") -> Attachment:
    return actions.attach(BytesIO(docx_of(said)), name=name, by=by, note=note)


def follow() -> int:
    """Let the follower want what was attached, and the queue read it; return how many tasks ran."""
    for name in ("search.attachments", "notes.erasure"):
        catch_up(next(f for f in followers() if f.name == name))
    return run_tasks(threading.Event())


def kept() -> list[tuple[str, str, str]]:
    return list(AttachedText.objects.order_by("pk").values_list("state", "text", "because"))


def test_files_when_attached_are_read_once_and_the_journal_tells(malee: Person, tmp_path: Any) -> None:
    note = make_note(malee)
    first = attach(malee, note=note)
    actions.attach(BytesIO(pdf_of(tmp_path, "กำลังใจ")), name="ก.pdf", by=malee, note=note)
    actions.attach(BytesIO(xlsx_of([["ค่าน้ำ"]])), name="ข.xlsx", by=malee, note=note)
    assert (follow(), follow()) == (3, 0)
    assert kept() == [("read", SECRET, ""), ("read", "กำลังใจ", ""), ("read", "แผ่นแรก\nค่าน้ำ", "")]
    told = Entry.objects.filter(verb="attachment.read").order_by("pk")
    assert [entry.facts for entry in told] == [{"note": note.pk}] * 3
    assert (told[0].thing_kind, told[0].thing_id, told[0].by_id) == ("notes.attachment", first.pk, None)
    assert read_attached(first.pk) is None
    assert told.count() == 3


def test_pictures_when_attached_are_left_alone(malee: Person) -> None:
    picture = BytesIO()
    Image.new("RGB", (4, 3)).save(picture, "PNG")
    picture.seek(0)
    actions.attach(picture, name="ก.png", by=malee)
    assert (follow(), kept()) == (0, [])


def test_files_when_not_readable_are_refused_with_a_reason(malee: Person) -> None:
    spoilt = attach(malee)
    spoilt.file.storage.delete(spoilt.file.name)
    spoilt.file.storage.save(spoilt.file.name, BytesIO(b"PK\x03\x04 nothing"))
    gone = attach(malee)
    gone.file.storage.delete(gone.file.name)
    claimed = attach(malee)
    Attachment.objects.filter(pk=claimed.pk).update(media_type="application/pdf")
    assert follow() == 3
    assert kept() == [
        ("refused", "", "damaged (BadZipFile)"),
        ("refused", "", "gone"),
        ("refused", "", "damaged"),
    ]
    assert DBTaskResult.objects.failed().count() == 0


def test_text_of_many_notes_costs_one_query(malee: Person) -> None:
    notes = [make_note(malee, f"เรื่องที่ {number}") for number in range(3)]
    for number, note in enumerate(notes[:2]):
        attach(malee, f"แฟ้ม {number}", note=note)
        attach(malee, f"แฟ้มหลัง {number}", note=note)
    attach(malee, "ไม่มีบันทึก")
    attach(malee, "", note=notes[2])
    follow()
    for asked in (notes[:1], notes):
        with CaptureQueriesContext(connection) as queries:
            found = attached_text_of([note.pk for note in asked])
        assert len(queries) == 1
    assert found == {notes[0].pk: "แฟ้ม 0\nแฟ้มหลัง 0", notes[1].pk: "แฟ้ม 1\nแฟ้มหลัง 1"}


def test_text_when_a_file_comes_to_its_note_later(malee: Person) -> None:
    row = attach(malee)
    follow()
    note = make_note(malee, body=f'<p><a href="{row.get_absolute_url()}">แผน</a></p>')
    assert attached_text_of([note.pk]) == {note.pk: SECRET}


# ── what goes wrong in the middle ───────────────────────────────────────────────────────────────────────────────────


def test_reading_when_the_worker_was_killed_is_taken_up_again(malee: Person) -> None:
    attach(malee)
    catch_up(next(f for f in followers() if f.name == "search.attachments"))
    DBTaskResult.objects.get().claim("killed")
    assert (tidy_tasks(), run_tasks(threading.Event()), kept()) == (0, 0, [])
    assert tidy_tasks(now=timezone.now() + timedelta(minutes=11)) == 1
    run_tasks(threading.Event())
    assert kept() == [("read", SECRET, "")]


def test_reading_when_two_read_at_once_keeps_one(malee: Person) -> None:
    row = attach(malee)
    keep_text(row.pk, Read("read", "ก่อน"))
    keep_text(row.pk, Read("read", "หลัง"))
    assert kept() == [("read", "ก่อน", "")]
    assert Entry.objects.filter(verb="attachment.read").count() == 1


def test_reading_when_the_file_went_meanwhile_keeps_nothing(malee: Person) -> None:
    row = attach(malee)
    drop_files(Attachment.objects.filter(pk=row.pk))
    assert (keep_text(row.pk, Read("read", SECRET)), read_attached(row.pk), kept()) == (None, None, [])


def test_reading_when_the_store_is_away_is_tried_again(
    malee: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = attach(malee)
    store = type(row.file.storage._wrapped)  # type: ignore[attr-defined]

    def away(self: object, name: str, mode: str = "rb") -> None:
        raise ConnectionRefusedError(name)

    with monkeypatch.context() as broken:
        broken.setattr(store, "_open", away)
        follow()
    waiting = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    assert (waiting.run_after > timezone.now(), kept()) == (True, [])
    DBTaskResult.objects.filter(pk=waiting.pk).update(run_after=timezone.now())
    run_tasks(threading.Event())
    assert kept() == [("read", SECRET, "")]


def test_reading_all_goes_on_where_it_was_and_tries_refused_ones_only_when_told(malee: Person) -> None:
    for number in range(3):
        attach(malee, f"แฟ้ม {number}")
    begun = read_all_attachments()
    assert next(begun) == (1, 3)
    begun.close()
    assert list(read_all_attachments()) == [(1, 2), (2, 2)]
    AttachedText.objects.filter(text="แฟ้ม 1").update(state="refused", text="", because="slow")
    assert list(read_all_attachments()) == []
    assert list(read_all_attachments(refused_too=True)) == [(1, 1)]
    assert sorted(kept()) == [("read", f"แฟ้ม {number}", "") for number in range(3)]
    assert unread_attachments(refused_too=True).count() == 0


# ── what goes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def everything_kept() -> str:
    tables: list[type[models.Model]] = [AttachedText, Entry, DBTaskResult]
    return "\n".join(str(row) for table in tables for row in table._default_manager.values())


@pytest.mark.parametrize("keep", [True, False])
def test_text_when_a_person_is_erased_goes_with_what_goes(malee: Person, keep: bool) -> None:
    attach(malee, note=make_note(malee))
    attach(malee, f"{SECRET} ร่าง", note=make_note(malee, publish=False))
    attach(malee, f"{SECRET} ไม่มีบันทึก")
    follow()
    assert AttachedText.objects.count() == 3
    assert SECRET in everything_kept()
    erase_person(malee, by=malee, keep_content=keep, emptied=not keep)
    follow()
    assert [text for _, text, _ in kept()] == ([SECRET] if keep else [])
    assert (SECRET in everything_kept()) is keep


def test_text_when_the_demo_goes_goes_too() -> None:
    guest = make_person(is_demo=True)
    attach(guest)
    follow()
    assert AttachedText.objects.count() == 1
    remove_demo()
    assert (AttachedText.objects.count(), Attachment.objects.count()) == (0, 0)
