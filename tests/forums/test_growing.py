"""A story or a spark grows into a note: asked first, a draft that only its author sees, traced both ways."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from prakai.forums.actions import accept_growth, decline_growth, grow_into_note, withdraw_story
from prakai.forums.models import Growth, Spark
from prakai.forums.queries.growths import origin_in_forum
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes.actions import publish_note
from prakai.notes.models import Note
from tests.factories.forums import make_forum
from tests.factories.people import make_appointment
from tests.factories.stories import DID, make_story


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    cast.forum = make_forum(cast.malee, cast.hospital)
    cast.story = make_story(cast.forum, cast.malee, cast.somchai, situation="คนรอนาน <b>", unit=cast.town)
    return cast


def test_the_author_is_asked_and_begins_a_draft_of_her_own(day: SimpleNamespace) -> None:
    growth = grow_into_note(day.story, by=day.malee)
    assert grow_into_note(day.story, by=day.malee) == growth
    assert Note.objects.count() == 0
    with pytest.raises(Refused):
        accept_growth(growth, by=day.malee)
    grown = accept_growth(growth, by=day.somchai)
    assert accept_growth(growth, by=day.somchai) == grown
    note = Note.objects.get()
    assert (note.author, note.title, note.kind, note.unit) == (day.somchai, day.story.title, "how", day.town)
    assert note.published_at is None
    assert note.body.count("<h2>") == 2
    assert f"<p>{DID}</p>" in note.body
    assert "&lt;b&gt;" in note.body
    assert list(Note.objects.visible_to(day.malee)) == []
    assert [e.verb for e in Entry.objects.filter(verb__startswith="growth.")] == [
        "growth.asked",
        "growth.accepted",
    ]


def test_the_trace_is_seen_by_who_sees_both_ends(day: SimpleNamespace) -> None:
    grown = grow_into_note(day.story, by=day.somchai)
    note = Note.objects.get()
    assert origin_in_forum(note, day.somchai) == grown
    assert origin_in_forum(note, None) is None
    publish_note(note, by=day.somchai)
    assert origin_in_forum(note, None) == grown
    withdraw_story(day.story, by=day.malee)
    assert origin_in_forum(note, None) is None


def test_said_no_is_not_asked_again(day: SimpleNamespace) -> None:
    growth = grow_into_note(day.story, by=day.malee)
    with pytest.raises(Refused):
        decline_growth(growth, by=day.malee)
    declined = decline_growth(growth, by=day.somchai)
    assert grow_into_note(day.story, by=day.malee) == declined
    assert Growth.objects.waiting().count() == 0
    grow_into_note(day.story, by=day.somchai)
    assert Note.objects.count() == 1


def test_refused_for_strangers_for_guests_and_for_what_is_withdrawn(day: SimpleNamespace) -> None:
    with pytest.raises(Refused):
        grow_into_note(day.story, by=day.nurse)
    with pytest.raises(Refused):
        grow_into_note(make_story(day.forum, day.malee), by=day.malee)
    growth = grow_into_note(day.story, by=day.malee)
    withdraw_story(day.story, by=day.malee)
    with pytest.raises(Refused):
        accept_growth(growth, by=day.somchai)


def test_a_unit_is_kept_only_where_she_worked(day: SimpleNamespace) -> None:
    make_appointment(day.somchai, day.ward)
    grow_into_note(make_story(day.forum, day.malee, day.somchai, unit=day.hospital), by=day.somchai)
    assert Note.objects.get().unit != day.hospital


def test_a_spark_grows_too(day: SimpleNamespace) -> None:
    spark = Spark.objects.create(forum=day.forum, client_id="1", words="หันเก้าอี้เข้าหากัน", person=day.nurse)
    grow_into_note(spark, by=day.nurse)
    note = Note.objects.get()
    assert (note.title, note.kind, note.plain) == ("หันเก้าอี้เข้าหากัน", "journal", "หันเก้าอี้เข้าหากัน")
