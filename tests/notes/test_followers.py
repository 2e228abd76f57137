"""What notes do when others speak: raised by talk, with a cap; forgotten wholly, or kept by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from prakai.journal.following import catch_up_all
from prakai.journal.models import Entry
from prakai.notes import actions
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Attachment, Draft, Note, Notebook, OldAddress, Origin, Tag
from prakai.notes.models.origins import Rights
from prakai.notes.queries.pages import note_at_old_address, note_page, tombstone
from prakai.people.actions import erase_person
from prakai.talk import actions as talk
from prakai.talk.models import Comment
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.people import make_person
from tests.factories.talk import make_comment

NOW = timezone.now()


def raised(note: Note) -> datetime | None:
    catch_up_all()
    return Note.objects.values_list("raised_at", flat=True).get(pk=note.pk)


@pytest.fixture
def old_note(cast: SimpleNamespace) -> Note:
    return make_note(cast.malee, at=NOW - timedelta(days=30), coauthors=[cast.friend], teller=cast.nurse)


def test_a_comment_raises_a_note(cast: SimpleNamespace, old_note: Note) -> None:
    at = NOW - timedelta(days=3)
    make_comment(old_note.conversation, cast.somchai, at=at)
    assert raised(old_note) == at


@pytest.mark.parametrize("who", ["malee", "friend", "nurse"])
def test_writers_do_not_raise_their_own_note(cast: SimpleNamespace, old_note: Note, who: str) -> None:
    make_comment(old_note.conversation, getattr(cast, who), at=NOW - timedelta(days=3))
    assert raised(old_note) == old_note.published_at
    make_comment(old_note.conversation, cast.somchai, at=NOW - timedelta(days=2))
    assert raised(old_note) == NOW - timedelta(days=2)


def test_who_brought_a_note_in_does_not_raise_it(cast: SimpleNamespace) -> None:
    note = bring(make_brought(written_at=NOW - timedelta(days=900)), cast.malee)
    make_comment(note.conversation, cast.malee, at=NOW)
    assert raised(note) == NOW - timedelta(days=900)


def test_a_note_rests_six_hours(cast: SimpleNamespace, old_note: Note) -> None:
    first = NOW - timedelta(days=3)
    make_comment(old_note.conversation, cast.somchai, at=first)
    make_comment(old_note.conversation, cast.steward, at=first + timedelta(hours=5, minutes=59))
    assert raised(old_note) == first
    make_comment(old_note.conversation, make_person(), at=first + timedelta(hours=6))
    assert raised(old_note) == first + timedelta(hours=6)


def test_the_same_person_raises_once_in_a_week(cast: SimpleNamespace, old_note: Note) -> None:
    first = NOW - timedelta(days=20)
    make_comment(old_note.conversation, cast.somchai, at=first)
    make_comment(old_note.conversation, cast.somchai, "อีกครั้ง", at=first + timedelta(days=6))
    assert raised(old_note) == first
    make_comment(old_note.conversation, cast.somchai, "สัปดาห์หน้า", at=first + timedelta(days=14))
    assert raised(old_note) == first + timedelta(days=14)


def test_visitors_count_as_one_person(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee, allows_anonymous=True)
    note = make_note(cast.malee, at=NOW - timedelta(days=30), notebook=notebook)
    first = NOW - timedelta(days=20)
    for days, expected in ((0, 0), (3, 0), (11, 11)):
        at = first + timedelta(days=days)
        held = make_comment(note.conversation, None, f"ผู้มาเยือน {days}", at=at)
        assert raised(note) != at
        talk.release_comment(held, by=cast.malee, at=at)
        assert raised(note) == first + timedelta(days=expected)


def test_words_that_nobody_let_in_silence_no_other_visitor(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee, allows_anonymous=True)
    note = make_note(cast.malee, at=NOW - timedelta(days=30), notebook=notebook)
    at = NOW - timedelta(days=20)
    make_comment(note.conversation, None, "โฆษณา", at=at - timedelta(days=1))
    hidden = make_comment(note.conversation, None, "โฆษณาอีก", at=at - timedelta(hours=1))
    talk.hide_comment(hidden, by=cast.malee)
    good = make_comment(note.conversation, None, "ที่ห้องเราก็เป็น", at=at)
    talk.release_comment(good, by=cast.malee, at=at)
    assert raised(note) == at


def test_what_is_hidden_or_withdrawn_before_anybody_followed_raises_nothing(
    cast: SimpleNamespace, old_note: Note
) -> None:
    hidden = make_comment(old_note.conversation, cast.somchai, at=NOW - timedelta(days=3))
    talk.hide_comment(hidden, by=cast.steward)
    taken_back = make_comment(old_note.conversation, cast.steward, at=NOW - timedelta(days=2))
    talk.withdraw_comment(taken_back, by=cast.steward)
    assert raised(old_note) == old_note.published_at


def test_comments_from_elsewhere_and_on_withdrawn_notes_raise_nothing(
    cast: SimpleNamespace, old_note: Note
) -> None:
    talk.bring_comment(
        old_note.conversation, origin_key="x/1", body="จากที่อื่น", author_name="คน", made_at=NOW, by=cast.malee
    )
    make_comment(old_note.conversation, cast.somchai, at=NOW - timedelta(days=1))
    actions.withdraw_note(old_note, by=cast.malee)
    assert raised(old_note) == old_note.published_at


# ── forgetting ──────────────────────────────────────────────────────────────────────────────────────────────────────

SECRET = "ลับเฉพาะ"
TRACES = (SECRET, "มาลี", "ใจงาม")


def everything_kept() -> str:
    """All rows of notes, talk and journal as one text."""
    rooms = ("notes", "talk", "journal", "people")
    return "\n".join(
        str(row)
        for room in rooms
        for m in apps.get_app_config(room).get_models()
        for row in m.objects.values()
    )


@pytest.fixture
def full_life(cast: SimpleNamespace, picture: Callable[..., BytesIO]) -> SimpleNamespace:
    """malee has left something of herself in every table of notes."""
    malee = cast.malee
    notebook = make_notebook(malee, f"สมุด{SECRET}ของมาลี", about=SECRET)
    note = make_note(
        malee, f"เรื่อง{SECRET}", f"<p>{SECRET}</p>", notebook=notebook, tags=[SECRET, "เก้าอี้"], series=SECRET
    )
    file = actions.attach(picture(), name=f"{SECRET}.jpg", by=malee, note=note, alt=SECRET)
    actions.save_note(
        note, by=malee, writing=Writing(body=f"<p>{SECRET} อีก</p>"), base_version=1, because=SECRET
    )
    make_comment(note.conversation, malee, SECRET)
    make_comment(note.conversation, cast.somchai, "ขอบคุณ")
    away = make_note(malee, SECRET, f"<p>{SECRET}</p>", notebook=notebook)
    actions.withdraw_note(away, by=malee, because=SECRET)
    make_note(malee, SECRET, f"<p>{SECRET}</p>", notebook=notebook, publish=False)
    actions.save_draft(by=malee, window="w", fields={"title": SECRET})
    actions.attach(picture(), name=f"{SECRET}.jpg", by=malee)
    told = make_brought(
        SECRET, f"<p>{SECRET}</p>", number=75052, author_name="มาลี ใจงาม", url=f"https://x.example/{SECRET}",
        old_paths=["/posts/75052", f"/blog/{SECRET}/75052"], raw=SECRET, source=f"{SECRET}.html", licence_text=SECRET,
    )  # fmt: skip
    brought = bring(told, malee, notebook=notebook)
    by_friend = make_note(cast.friend, "ด้วยกัน", coauthors=[malee])
    with_friend = make_note(malee, "เรื่องที่เขียนด้วยกัน", coauthors=[cast.friend])
    told_by_malee = make_note(cast.friend, "เล่าแทน", teller=malee)
    return SimpleNamespace(
        note=note, away=away, brought=brought, told=told, file=file, by_friend=by_friend, with_friend=with_friend,
        told_by_malee=told_by_malee,
    )  # fmt: skip


def leave(cast: SimpleNamespace, commit: Any, *, keep: bool) -> None:
    with commit(execute=True):
        erase_person(cast.malee, by=cast.malee, keep_content=keep, emptied=not keep)
        catch_up_all()


def test_her_words_stay_without_her_name_when_a_person_goes_anonymous(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    before = Note.objects.get(pk=full_life.note.pk).body
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(cast.malee, by=cast.malee, keep_content=False)
        catch_up_all()
    now = Note.objects.get(pk=full_life.note.pk)
    assert (now.author, "มาลี" in now.author_name, now.body, now.withdrawn_at) == (None, False, before, None)


def test_her_name_is_nowhere_when_a_person_goes_anonymous(
    cast: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    notebook = actions.first_notebook(by=cast.malee)
    note = make_note(cast.malee, "เก้าอี้สีฟ้า", "<p>เราย้ายเก้าอี้</p>", notebook=notebook)
    make_comment(note.conversation, cast.malee, "ขอบคุณ")
    told = make_brought(
        "ของเก่า", "<p>ย้ายมา</p>", number=75052, author_name="มาลี ใจงาม", raw="มาลี", source="มาลี.html"
    )
    brought = bring(told, cast.malee, notebook=notebook)
    assert "สมุดของมาลี ใจงาม" in everything_kept()
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(cast.malee, by=cast.malee, keep_content=False)
        catch_up_all()
    kept = everything_kept()
    assert [trace for trace in ("มาลี", "ใจงาม", quote("มาลี")) if trace in kept] == []
    notebook.refresh_from_db()
    assert (notebook.title, Note.objects.get(pk=brought.pk).byline) == ("สมุดของอดีตสมาชิก", "อดีตสมาชิก")
    assert "เราย้ายเก้าอี้" in kept


def test_nothing_of_words_or_name_remains_when_a_person_takes_her_words_along(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    assert [trace for trace in TRACES if trace in everything_kept()] == list(TRACES)
    leave(cast, django_capture_on_commit_callbacks, keep=False)
    kept = everything_kept()
    assert [trace for trace in TRACES if trace in kept] == []
    assert default_storage.exists(full_life.file.file.name) is False
    assert Draft.objects.count() == 0
    assert list(Tag.objects.values_list("label", flat=True)) == []
    assert Attachment.objects.count() == 0


def test_what_goes_anonymous_is_withdrawn_for_good_at_its_number(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    leave(cast, django_capture_on_commit_callbacks, keep=False)
    for note in (full_life.note, full_life.away, full_life.brought):
        now = Note.objects.get(pk=note.pk)
        assert (now.number, now.title, now.body, now.withdrawn_at is None, now.author) == (
            note.number,
            "",
            "",
            False,
            None,
        )
        stone = tombstone(note.number, None)
        assert stone is not None
        assert (stone.at, stone.because) == (now.withdrawn_at, "")
        assert now.conversation.address == now.get_absolute_url()
        for person in (cast.steward, cast.friend):
            assert Note.objects.visible_to(person).filter(pk=note.pk).exists() is False
    assert Comment.objects.filter(body__contains="ขอบคุณ").count() == 1


def test_an_import_does_not_bring_back_what_was_forgotten(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    leave(cast, django_capture_on_commit_callbacks, keep=False)
    note, status = actions.bring_note(
        full_life.told, notebook=make_notebook(cast.friend), rights=Rights.HELD, by=cast.friend
    )
    assert (note.pk, status, SECRET in everything_kept()) == (full_life.brought.pk, "forgotten", False)
    assert (OldAddress.objects.count(), Origin.objects.count()) == (0, 1)
    assert note_at_old_address("/posts/75052", 75052) == note


def test_what_was_made_with_others_stays_theirs_without_her_name(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    leave(cast, django_capture_on_commit_callbacks, keep=False)
    shared, hers, told = (
        Note.objects.get(pk=getattr(full_life, name).pk)
        for name in ("with_friend", "by_friend", "told_by_malee")
    )
    assert (shared.author, shared.title, shared.withdrawn_at) == (cast.friend, "เรื่องที่เขียนด้วยกัน", None)
    assert [list(note.coauthors.all()) for note in (shared, hers)] == [[], []]
    assert list(shared.conversation.hosts.all()) == [cast.friend]
    assert (told.teller, told.teller_name, told.withdrawn_at) == (None, "อดีตสมาชิก", None)


def test_words_stay_under_the_name_when_she_lets_them(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any
) -> None:
    before = {note.pk: (note.title, note.body) for note in Note.objects.filter(published_at__isnull=False)}
    leave(cast, django_capture_on_commit_callbacks, keep=True)
    assert {note.pk: (note.title, note.body) for note in Note.objects.all()} == before
    note, told, hers = (
        Note.objects.get(pk=getattr(full_life, name).pk) for name in ("note", "told_by_malee", "by_friend")
    )
    assert (note.author, note.author_name, note.byline, note.withdrawn_at) == (
        None,
        "มาลี ใจงาม",
        "มาลี ใจงาม",
        None,
    )
    assert (told.teller, told.teller_name, hers.coauthor_names) == (None, "มาลี ใจงาม", "มาลี ใจงาม")
    assert note_page(hers, None).former_coauthors == ["มาลี ใจงาม"]
    assert "มาลี ใจงาม" in Client().get(hers.get_absolute_url()).content.decode()
    assert (Draft.objects.count(), Attachment.objects.filter(note__isnull=True).count()) == (0, 0)
    assert Notebook.objects.filter(owner=cast.malee).count() == 0


@pytest.mark.parametrize("keep", [True, False])
def test_forgetting_twice_changes_nothing_more(
    cast: SimpleNamespace, full_life: SimpleNamespace, django_capture_on_commit_callbacks: Any, keep: bool
) -> None:
    from prakai.notes.followers import forget_person

    leave(cast, django_capture_on_commit_callbacks, keep=keep)
    before = everything_kept()
    forget_person(Entry.objects.get(verb="person.erased"))
    assert everything_kept() == before
