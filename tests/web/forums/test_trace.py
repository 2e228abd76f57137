"""From a note back to the story that it grew out of, and from the story to the note: two clicks to the forum's day."""

from __future__ import annotations

from types import SimpleNamespace

from django.test import Client

from prakai.forums.actions import accept_growth, grow_into_note, withdraw_story
from prakai.notes.actions import publish_note
from prakai.notes.models import Note
from prakai.people.models import Person
from tests.factories.forums import make_forum
from tests.factories.stories import make_story
from tests.web.forums.conftest import SignIn, shown


def grown(cast: SimpleNamespace, teller: Person, **words: object) -> tuple[Note, str]:
    forum = make_forum(cast.malee, cast.hospital, "เวทีห้องยา")
    story = make_story(forum, cast.malee, teller, situation="คนรอนาน", **words)
    accept_growth(grow_into_note(story, by=cast.malee), by=teller)
    note = Note.objects.get()
    publish_note(note, by=teller)
    return note, story.get_absolute_url()


def test_a_note_leads_to_its_story_and_its_forum_and_back(cast: SimpleNamespace, signed_in: SignIn) -> None:
    note, story = grown(cast, cast.somchai)
    text = shown(Client().get(note.get_absolute_url()))
    assert f'href="{story}"' in text
    assert "เวทีห้องยา" in text
    assert note.get_absolute_url() in shown(signed_in(cast.somchai).get(story))


def test_what_stays_among_those_who_were_there_is_not_named_on_the_notes_page(cast: SimpleNamespace) -> None:
    note, story = grown(cast, cast.somchai, allows_quotes=False)
    assert story not in shown(Client().get(note.get_absolute_url()))


def test_a_story_that_was_withdrawn_is_named_no_more(cast: SimpleNamespace) -> None:
    note, story = grown(cast, cast.somchai)
    assert story in shown(Client().get(note.get_absolute_url()))
    withdraw_story(note.grown_from.story, by=cast.somchai)
    assert story not in shown(Client().get(note.get_absolute_url()))
