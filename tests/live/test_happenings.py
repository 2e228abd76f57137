"""Only public facts are told: that a page which everybody may read has changed."""

from __future__ import annotations

import pytest

from prakai.journal.models import Entry
from prakai.live.happenings import Happening, happenings_since
from prakai.notes.actions import open_notebook, publish_note, save_note, withdraw_note, write_note
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.models import Audience
from prakai.talk.actions import make_comment
from prakai.talk.actions.hiding import hide_comment
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def a_note(audience: str = Audience.PUBLIC) -> Note:
    malee = make_person(unit=make_unit())
    notebook = open_notebook(title="หน้าห้องตรวจ", by=malee)
    note = write_note(
        notebook=notebook, by=malee, writing=Writing(title="ฝนตก", body="<p>ก</p>", audience=audience)
    )
    publish_note(note, by=malee)
    note.refresh_from_db()
    return note


def newest() -> int:
    return Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def test_a_comment_on_a_public_note_is_told() -> None:
    note = a_note()
    before = newest()
    make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=make_person("สมชาย"))
    entry = Entry.objects.get(verb="comment.made")
    assert happenings_since(before) == (newest(), [Happening(entry.pk, f"/notes/{note.number}")])


def test_saving_and_hiding_are_told() -> None:
    note = a_note()
    comment = make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=make_person("สมชาย"))
    before = newest()
    save_note(note, by=note.author, writing=Writing(body="<p>ข</p>"), base_version=note.version)
    hide_comment(comment, by=note.author)
    assert [h.topic for h in happenings_since(before)[1]] == [f"/notes/{note.number}"] * 2


@pytest.mark.parametrize("audience", [Audience.MEMBERS, Audience.UNIT])
def test_nothing_is_told_of_what_a_visitor_may_not_read(audience: str) -> None:
    public = a_note()
    before = newest()
    make_comment(public.conversation, body="<p>ขอบคุณ</p>", by=public.author)
    assert len(happenings_since(before)[1]) == 1
    hidden = a_note(audience)
    before = newest()
    make_comment(hidden.conversation, body="<p>ขอบคุณ</p>", by=hidden.author)
    assert (newest() > before, happenings_since(before)[1]) == (True, [])


def test_nothing_is_told_of_a_withdrawn_note() -> None:
    note = a_note()
    before = newest()
    make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=note.author)
    withdraw_note(note, by=note.author)
    assert happenings_since(before)[1] == []
