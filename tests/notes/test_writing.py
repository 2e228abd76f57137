"""Writing, saving again, versions, conflicts, and the unit of that time."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.actions.writing import Changed, Writing, writing_of
from prakai.notes.models import Note, Revision
from prakai.thai.graphemes import count
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.people import make_appointment, make_person

BODIES = ["<p>หนึ่ง</p>", "<p>สอง</p>", "<p>สาม</p>"]


def saved(note: Note, cast: SimpleNamespace, **told: object) -> Note:
    by = told.pop("by", cast.malee)
    at = told.pop("at", None)
    return actions.save_note(
        note,
        by=by,
        writing=Writing(**told),
        base_version=note.version,
        at=at,  # type: ignore[arg-type]
    )


def test_write_note_when_the_notebook_is_hers(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee, licence="cc0", audience="members")
    note = actions.write_note(
        notebook=notebook, by=cast.malee, writing=Writing(title="  บ่าย \n สาม ", body="บรรทัดแรก\n\nบรรทัดสอง")
    )
    assert (note.title, note.body, note.plain) == (
        "บ่าย สาม",
        "<p>บรรทัดแรก</p>\n<p>บรรทัดสอง</p>",
        "บรรทัดแรก\nบรรทัดสอง",
    )
    assert (note.licence, note.audience, note.version, note.published_at) == ("cc0", "members", 1, None)
    assert list(note.revisions.values_list("number", "by", "title")) == [(1, cast.malee.pk, "บ่าย สาม")]
    assert (note.conversation.is_shown, list(note.conversation.hosts.all())) == (False, [cast.malee])
    assert Entry.objects.filter(verb="note.written", thing_id=note.pk, by_id=cast.malee.pk).count() == 1


def test_write_note_when_the_notebook_is_somebody_elses(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee)
    before = Note.objects.count()
    with pytest.raises(Refused):
        actions.write_note(notebook=notebook, by=cast.somchai, writing=Writing(title="ก", body="ข"))
    assert Note.objects.count() == before


def test_unit_of_a_note_is_the_unit_of_that_time(cast: SimpleNamespace) -> None:
    day = timezone.localdate()
    person = make_person()
    make_appointment(person, cast.town, from_on=day - timedelta(days=900), until_on=day - timedelta(days=400))
    make_appointment(person, cast.hospital, from_on=day - timedelta(days=399))
    then = timezone.now() - timedelta(days=500)
    assert (make_note(person, at=then).unit, make_note(person).unit) == (cast.town, cast.hospital)
    long_ago = make_note(person, at=timezone.now() - timedelta(days=2000))
    assert long_ago.unit is None


def test_unit_of_a_note_when_nobody_has_confirmed_that_she_works_there(cast: SimpleNamespace) -> None:
    make_appointment(cast.friend, cast.town)
    assert make_note(cast.friend).unit == cast.town
    cast.friend.appointments.update(confirmed_at=None)
    assert make_note(cast.friend).unit is None


def test_save_note_when_it_moved_on_says_so_and_overwrites_nothing(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, coauthors=[cast.friend])
    actions.save_note(note, by=cast.friend, writing=Writing(body=BODIES[0]), base_version=1)
    with pytest.raises(Changed) as told:
        actions.save_note(note, by=cast.malee, writing=Writing(body=BODIES[1]), base_version=1)
    assert (told.value.note.body, told.value.note.version) == (BODIES[0], 2)
    assert Note.objects.get(pk=note.pk).body == BODIES[0]


def test_save_note_when_not_a_writer(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    saved(note, cast, body=BODIES[0])
    for person in (cast.somchai, cast.steward):
        with pytest.raises(Refused):
            saved(Note.objects.get(pk=note.pk), cast, by=person, body=BODIES[1])


def test_save_note_when_published_it_cannot_lose_title_words_or_readers(cast: SimpleNamespace) -> None:
    note = make_note(cast.friend)
    for gone in ({"title": " "}, {"body": ""}, {"audience": "unit"}):
        with pytest.raises(ValidationError):
            saved(note, cast, by=cast.friend, **gone)
    note.refresh_from_db()
    assert (note.version, note.audience) == (1, "public")


def test_save_note_tells_its_conversation(cast: SimpleNamespace) -> None:
    note = saved(make_note(cast.malee), cast, title="ชื่อใหม่", audience="unit", coauthors=[cast.friend])
    talk = note.conversation
    talk.refresh_from_db()
    assert (talk.title, talk.address, talk.audience, talk.unit_id) == (
        "ชื่อใหม่",
        f"/notes/{note.number}-ชื่อใหม่",
        "unit",
        cast.hospital.pk,
    )
    assert set(talk.hosts.all()) == {cast.malee, cast.friend}


def test_quick_saves_of_an_unpublished_note_share_a_version(cast: SimpleNamespace) -> None:
    start = timezone.now() - timedelta(hours=5)
    note = make_note(cast.malee, publish=False, at=start)
    for minute in (1, 2, 3, 30, 31):
        note = saved(note, cast, body=f"<p>{minute}</p>", at=start + timedelta(minutes=minute))
    assert list(note.revisions.order_by("number").values_list("number", flat=True)) == [1, 4, 6]
    assert note.revisions.first().body == note.body


def test_quick_saves_of_two_people_keep_both(cast: SimpleNamespace) -> None:
    start = timezone.now() - timedelta(hours=5)
    note = make_note(cast.malee, publish=False, at=start, coauthors=[cast.friend])
    for minute, by in enumerate([cast.malee, cast.friend, cast.malee, cast.friend], start=1):
        note = saved(note, cast, by=by, body=f"<p>{minute}</p>", at=start + timedelta(minutes=minute))
    assert note.revisions.count() == 5


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["save", "publish", "withdraw", "return", "restore"]), max_size=14))
def test_no_version_that_readers_saw_is_ever_lost(cast: SimpleNamespace, steps: list[str]) -> None:
    note = make_note(cast.malee, publish=False)
    seen: set[tuple[str, str]] = set()
    for number, step in enumerate(steps):
        note.refresh_from_db()
        at = timezone.now() + timedelta(seconds=number)
        try:
            if step == "save":
                saved(note, cast, body=f"<p>แก้ครั้งที่ {number}</p>", at=at)
            elif step == "publish":
                actions.publish_note(note, by=cast.malee, at=at)
            elif step == "withdraw":
                actions.withdraw_note(note, by=cast.malee, at=at)
            elif step == "return":
                actions.return_note(note, by=cast.malee, at=at)
            else:
                actions.restore_revision(note, note.revisions.last(), by=cast.malee, at=at)
        except Refused:
            continue
        note.refresh_from_db()
        if note.published_at is not None and note.withdrawn_at is None:
            seen.add((note.title, note.body))
    kept = set(Revision.objects.filter(note=note).values_list("title", "body"))
    assert seen - kept == set()
    newest = note.revisions.first()
    assert (newest.number, newest.body) == (note.version, note.body)


def test_restore_revision_makes_the_old_words_the_newest(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, "ก่อน", BODIES[0])
    note = saved(note, cast, title="หลัง", body=BODIES[1])
    note = actions.restore_revision(note, note.revisions.get(number=1), by=cast.malee)
    assert (note.title, note.body, note.version) == ("ก่อน", BODIES[0], 3)
    assert list(note.revisions.values_list("number", "body")) == [
        (3, BODIES[0]),
        (2, BODIES[1]),
        (1, BODIES[0]),
    ]


def test_restore_revision_when_it_belongs_to_another_note(cast: SimpleNamespace) -> None:
    note, other = make_note(cast.malee), make_note(cast.malee)
    with pytest.raises(ValidationError):
        actions.restore_revision(note, other.revisions.get(), by=cast.malee)


@pytest.mark.parametrize(
    ("writing", "field"),
    [
        ({"title": "ที่" * 201}, "title"),
        ({"body": "ก" * 200_001}, "body"),
        ({"body": "ก" * 1_000_001}, "body"),
        ({"licence": "mine"}, "licence"),
        ({"audience": "world"}, "audience"),
        ({"kind": "link"}, "kind"),
        ({"language": "<s"}, "language"),
        ({"tags": [f"คำที่{n}" for n in range(21)]}, "tags"),
    ],
)
def test_write_note_when_what_is_given_is_not_right(
    cast: SimpleNamespace, writing: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        make_note(cast.malee, **writing)  # type: ignore[arg-type]
    assert list(told.value.message_dict) == [field]
    assert Note.objects.count() == 0


def test_longest_words_fit_their_columns(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, "ที่" * 200, highlight="น้ำ" * 300, series="ปุ๋ย" * 100)
    assert (count(note.title), count(note.highlight), len(note.series) <= 200) == (200, 100, True)
    note.conversation.refresh_from_db()
    assert note.title.startswith(note.conversation.title)


def test_hostile_markup_is_made_clean(cast: SimpleNamespace) -> None:
    body = '<p onclick="x()">คำ<script>alert(1)</script><a href="javascript:x">ลิงก์</a></p><iframe src="x"></iframe>'
    assert make_note(cast.malee, body=body).body == '<p>คำ<a rel="nofollow noopener noreferrer">ลิงก์</a></p>'


def test_writing_of_is_what_a_form_sends_back_unchanged(cast: SimpleNamespace) -> None:
    note = make_note(
        cast.malee, tags=["ก.พ.ร.", "เก้าอี้"], coauthors=[cast.friend], teller=cast.nurse, series="ชุด"
    )
    again = actions.save_note(note, by=cast.malee, writing=writing_of(note), base_version=1)
    kept = (
        "title",
        "body",
        "plain",
        "kind",
        "licence",
        "audience",
        "series",
        "teller_id",
        "unit_id",
        "notebook_id",
    )
    assert [getattr(again, name) for name in kept] == [getattr(note, name) for name in kept]
    assert [t.tag.label for t in again.taggings.all()] == ["ก.พ.ร.", "เก้าอี้"]


def test_pictures_sent_while_typing_come_to_the_note_of_who_saves(
    cast: SimpleNamespace, picture: object
) -> None:
    mine = actions.attach(picture(), name="ก.jpg", by=cast.malee)  # type: ignore[operator]
    friends = actions.attach(picture(), name="ข.jpg", by=cast.friend)  # type: ignore[operator]
    somchais = actions.attach(picture(), name="ค.jpg", by=cast.somchai)  # type: ignore[operator]
    body = "".join(f'<p><img src="{row.get_absolute_url()}" alt=""></p>' for row in (mine, friends, somchais))
    note = make_note(cast.malee, body=body, coauthors=[cast.friend])
    assert set(note.attachments.all()) == {mine}
    saved(note, cast, by=cast.friend, body=body)
    assert set(note.attachments.all()) == {mine, friends}


def test_hosts_of_an_imported_note_without_an_author_stay_when_it_is_saved(cast: SimpleNamespace) -> None:
    note = bring(make_brought(author_name="ไม่รู้จัก"), cast.malee)
    saved(note, cast, body=BODIES[0])
    assert list(note.conversation.hosts.all()) == [cast.malee]
