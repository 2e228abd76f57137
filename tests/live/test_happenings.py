"""Only public facts are told: that a page which everybody may read has changed."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from prakai.journal.models import Entry
from prakai.live.happenings import Happening, happenings_since
from prakai.notes.actions import (
    open_notebook,
    publish_note,
    return_note,
    save_note,
    withdraw_note,
    write_note,
)
from prakai.notes.actions.writing import Writing
from prakai.notes.models import Note
from prakai.people.models import Audience
from prakai.talk.actions import (
    appreciate,
    guard_conversation,
    hide_comment,
    make_comment,
    release_comment,
    return_comment,
    show_comment,
    withdraw_comment,
)
from prakai.talk.models import Guard
from tests.factories.people import make_person
from tests.factories.units import make_unit

pytestmark = pytest.mark.django_db


def a_note(audience: str = Audience.PUBLIC, *, publish: bool = True) -> Note:
    malee = make_person(unit=make_unit())
    notebook = open_notebook(title="หน้าห้องตรวจ", by=malee)
    note = write_note(
        notebook=notebook, by=malee, writing=Writing(title="ฝนตก", body="<p>ก</p>", audience=audience)
    )
    if publish:
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
    assert happenings_since(before) == (
        newest(),
        [Happening(entry.pk, f"/notes/{note.number}", "comment.made")],
    )


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


def told_since(before: int) -> list[str]:
    return [one.kind for one in happenings_since(before)[1]]


def test_of_a_withdrawn_note_only_that_is_told() -> None:
    note = a_note()
    before = newest()
    make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=note.author)
    withdraw_note(note, by=note.author)
    assert told_since(before) == ["note.withdrawn"]
    before = newest()
    save_note(note, by=note.author, writing=Writing(body="<p>ค</p>"), base_version=note.version)
    assert told_since(before) == []
    before = newest()
    return_note(note, by=note.author)
    assert told_since(before) == ["note.returned"]


def test_a_note_that_members_read_is_withdrawn_in_silence() -> None:
    note = a_note(Audience.MEMBERS)
    before = newest()
    withdraw_note(note, by=note.author)
    assert (newest() > before, told_since(before)) == (True, [])


def test_a_draft_is_saved_in_silence() -> None:
    note = a_note(publish=False)
    before = newest()
    save_note(note, by=note.author, writing=Writing(body="<p>ค</p>"), base_version=note.version)
    assert (newest() > before, told_since(before)) == (True, [])
    publish_note(note, by=note.author)
    assert told_since(before) == ["note.saved", "note.published"]


def test_a_held_comment_comes_and_goes_in_silence() -> None:
    note = a_note()
    guard_conversation(note.conversation, guard=Guard.HELD, by=note.author)
    somchai = make_person("สมชาย")
    before = newest()
    comment = make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=somchai)
    withdraw_comment(comment, by=somchai)
    return_comment(comment, by=somchai)
    assert (newest() > before, told_since(before)) == (True, [])
    before = newest()
    release_comment(comment, by=note.author)
    assert told_since(before) == ["comment.released"]


def test_hiding_and_showing_are_told_and_of_a_withdrawn_comment_nothing_more() -> None:
    note = a_note()
    somchai = make_person("สมชาย")
    comment = make_comment(note.conversation, body="<p>ขอบคุณ</p>", by=somchai)
    for act, kind in ((hide_comment, "comment.hidden"), (show_comment, "comment.shown")):
        before = newest()
        act(comment, by=note.author)
        assert told_since(before) == [kind]
    before = newest()
    withdraw_comment(comment, by=somchai)
    assert told_since(before) == ["comment.withdrawn"]
    before = newest()
    hide_comment(comment, by=note.author)
    assert (newest() > before, told_since(before)) == (True, [])


def test_appreciations_are_told_unless_they_are_kept_private() -> None:
    note = a_note()
    before = newest()
    words = {"saw": "ท่านหันเก้าอี้เข้าหากัน", "effect": "เราคุยกันทั้งแถว"}
    appreciate(by=make_person("สมชาย"), conversation=note.conversation, **words)
    assert told_since(before) == ["appreciation.given"]
    before = newest()
    row = appreciate(by=make_person("สมหญิง"), conversation=note.conversation, is_private=True, **words)
    assert (newest() > before, told_since(before), row.is_public) == (True, [], False)


def test_however_much_happened_it_costs_the_same(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    note = a_note()
    before = newest()
    for n in range(30):
        make_comment(note.conversation, body=f"<p>ครั้งที่ {n}</p>", by=make_person())
    with django_assert_max_num_queries(3):
        assert told_since(before) == ["comment.made"] * 30
    before = newest()
    with django_assert_max_num_queries(1):
        assert told_since(before) == []
