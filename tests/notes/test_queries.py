"""What pages of notes read: in which order, by whom, at the same cost for one row as for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.kernel.paging import Page
from prakai.notes import actions
from prakai.notes.models import Note, Tag
from prakai.notes.queries import lists, rediscovery
from prakai.notes.queries.finding import find_notes, find_tags
from prakai.notes.queries.pages import desk, find_note, note_at_old_address, note_page, things_of, tombstone
from prakai.notes.queries.tags import tags_list
from tests.factories.notes import bring, make_brought, make_note, make_notebook
from tests.factories.talk import make_appreciation, make_comment, put_comment

NOW = timezone.now()


def ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


def pks(rows: list[Note]) -> list[int]:
    return [row.pk for row in rows]


def walked(read: Callable[[str | None], Page[Note]]) -> list[int]:
    """All rows of a list, page by page."""
    found, after = [], None
    while True:
        page = read(after)
        found += pks(page.rows)
        after = page.older
        if after is None:
            return found


@pytest.fixture
def twelve(cast: SimpleNamespace) -> list[Note]:
    """Twelve notes, the newest first; two of each day at the very same moment."""
    notebook = make_notebook(cast.malee)
    made = [
        make_note(cast.malee, f"เรื่องที่ {n}", at=ago(n // 2), notebook=notebook, tags=["เก้าอี้"])
        for n in range(12)
    ]
    return sorted(made, key=lambda note: (note.published_at, note.pk), reverse=True)


def test_every_list_walks_all_its_notes_once_newest_first(cast: SimpleNamespace, twelve: list[Note]) -> None:
    make_note(cast.malee, publish=False)
    make_note(cast.malee, withdraw=True)
    make_note(cast.malee, audience="unit")
    tag, expected = Tag.objects.get(), pks(twelve)
    reads: dict[str, Callable[[str | None], Page[Note]]] = {
        "latest": lambda after: lists.latest_notes(None, after=after, size=5),
        "kind": lambda after: lists.latest_notes(None, kind="how", after=after, size=5),
        "in": lambda after: lists.notes_in(twelve[0].notebook, None, after=after, size=5),
        "by": lambda after: lists.notes_by(cast.malee, None, after=after, size=5),
        "of": lambda after: lists.notes_of(cast.hospital, None, after=after, size=5),
        "tagged": lambda after: lists.notes_tagged(tag, None, after=after, size=5),
    }
    assert {name: walked(read) for name, read in reads.items()} == dict.fromkeys(reads, expected)


def test_latest_notes_when_one_was_raised(cast: SimpleNamespace, twelve: list[Note]) -> None:
    Note.objects.filter(pk=twelve[-1].pk).update(raised_at=NOW + timedelta(seconds=1))
    assert pks(lists.latest_notes(None).rows)[0] == twelve[-1].pk


def test_lists_cost_the_same_for_one_row_and_for_many(cast: SimpleNamespace) -> None:
    def cost() -> list[int]:
        tag, found = Tag.objects.get(), []
        note = Note.objects.order_by("pk")[0]
        reads: list[Callable[[], object]] = [
            lambda: [str(row.unit) for row in lists.latest_notes(cast.nurse).rows],
            lambda: lists.notes_in(note.notebook, None),
            lambda: lists.notes_by(cast.malee, cast.nurse),
            lambda: lists.notes_of(cast.hospital, None),
            lambda: lists.notes_tagged(tag, cast.nurse),
            lambda: lists.notes_told_by(cast.friend, None),
            lambda: lists.series_of(note, None),
            lambda: rediscovery.related_notes(note, None),
            lambda: rediscovery.year_ago(None),
            lambda: rediscovery.good_old(None, seed="x"),
            lambda: rediscovery.waiting_for_reply(cast.nurse),
            lambda: note_page(note, cast.nurse),
            lambda: desk(cast.malee),
            lambda: things_of(cast.malee),
            lambda: tags_list(None),
        ]
        for read in reads:
            with CaptureQueriesContext(connection) as queries:
                read()
            found.append(len(queries))
        return found

    def add(number: int) -> None:
        for n in range(number):
            for days in (n, 365, 120):
                note = make_note(cast.malee, at=ago(days), tags=["เก้าอี้"], teller=cast.friend, series="ชุด")
                make_comment(note.conversation, cast.somchai, f"{n} {days}")

    add(2)
    assert (cast.nurse.is_steward, len(cast.nurse.unit_circle)) == (False, 2)
    few = cost()
    add(6)
    assert cost() == few


def test_rows_count_shown_comments_and_carry_the_beginning_alone(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, body=f"<p>{'ยาว' * 400}</p>")
    make_comment(note.conversation, cast.somchai)
    put_comment(note.conversation, cast.somchai, is_held=True)
    put_comment(note.conversation, cast.somchai, withdrawn_at=NOW)
    [row] = lists.latest_notes(None).rows
    assert (row.shown_comments, len(row.beginning), {"body", "plain"} & set(row.__dict__)) == (1, 300, set())


def test_find_note_and_tombstone(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, audience="unit")
    assert find_note(note.number, cast.somchai) is None
    assert find_note(note.number, cast.malee) == note
    actions.withdraw_note(note, by=cast.malee)
    assert tombstone(note.number, None) is None
    public = make_note(cast.malee, withdraw=True)
    assert (find_note(public.number, None), find_note(public.number, cast.malee)) == (None, public)
    assert tombstone(public.number, None) == public.withdrawals.get()


def test_old_addresses_lead_to_the_note(cast: SimpleNamespace) -> None:
    taken = make_note(cast.malee)
    note = bring(make_brought(number=taken.number, old_paths=["/blog/kmi/75052"]), cast.malee)
    assert note_at_old_address("/blog/kmi/75052", None) == note
    assert note_at_old_address("/posts/0", taken.number) == note
    assert note_at_old_address("/nowhere", None) is None


def test_year_ago_is_nearest_first_however_many_there_are(cast: SimpleNamespace) -> None:
    on = date(2026, 11, 23)
    noon = datetime(2025, 11, 23, 12, tzinfo=timezone.get_default_timezone())
    hours = [70, -70, 30, -30, 5, -4, 2]
    made = {h: make_note(cast.malee, at=noon + timedelta(hours=h)) for h in hours}
    for h in (100, -90):
        make_note(cast.malee, at=noon + timedelta(hours=h))
    bring(make_brought(written_at=noon), cast.malee, rights="link")  # type: ignore[arg-type]
    assert pks(rediscovery.year_ago(None, on=on, most=3)) == [made[h].pk for h in (2, -4, 5)]
    near = [made[h].pk for h in (2, -4, 5, 30, -30, 70, -70)]
    assert pks(rediscovery.year_ago(None, on=on, most=20)) == near


def test_related_notes_share_most_tags_first_then_newest(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, tags=["ก", "ข", "ค"], at=ago(9))
    one_new = make_note(cast.malee, tags=["ก", "ง"], at=ago(1))
    two_old = make_note(cast.malee, tags=["ข", "ค"], at=ago(8))
    one_old = make_note(cast.malee, tags=["ค"], at=ago(7))
    make_note(cast.malee, tags=["ง"], at=ago(1))
    make_note(cast.malee, tags=["ก", "ข", "ค"], publish=False)
    make_note(cast.malee, tags=["ก", "ข", "ค"], withdraw=True)
    hidden = make_note(cast.malee, tags=["ก", "ข", "ค"], audience="unit", at=ago(2))
    assert pks(rediscovery.related_notes(note, None)) == pks([two_old, one_new, one_old])
    assert pks(rediscovery.related_notes(note, cast.malee)) == pks([hidden, two_old, one_new, one_old])
    assert rediscovery.related_notes(make_note(cast.malee), None) == []


def test_good_old_notes_were_answered_or_appreciated_and_change_with_the_seed(cast: SimpleNamespace) -> None:
    answered = [make_note(cast.malee, at=ago(100 + n)) for n in range(6)]
    for note in answered:
        make_comment(note.conversation, cast.somchai)
    praised = make_note(cast.malee, at=ago(200))
    make_appreciation(cast.somchai, conversation=praised.conversation)
    make_comment(make_note(cast.malee, at=ago(50)).conversation, cast.somchai)
    make_note(cast.malee, at=ago(300))
    good = {*pks(answered), praised.pk}
    chosen = [tuple(pks(rediscovery.good_old(None, seed=str(n)))) for n in range(12)]
    assert {pk for pair in chosen for pk in pair} <= good
    assert [len(pair) for pair in chosen] == [2] * 12
    assert len(set(chosen)) > 3
    assert tuple(pks(rediscovery.good_old(None, seed="3"))) == chosen[3]


def test_waiting_for_reply_are_those_that_nobody_but_their_writers_answered(cast: SimpleNamespace) -> None:
    quiet = make_note(cast.malee, at=ago(3))
    own = make_note(cast.malee, at=ago(4), coauthors=[cast.friend], teller=cast.nurse)
    for person in (cast.malee, cast.friend, cast.nurse):
        make_comment(own.conversation, person)
    hidden = make_note(cast.malee, at=ago(5))
    put_comment(hidden.conversation, cast.somchai, hidden_at=NOW)
    answered = make_note(cast.malee, at=ago(6))
    make_comment(answered.conversation, cast.somchai)
    by_visitor = make_note(cast.malee, at=ago(7))
    put_comment(by_visitor.conversation, None, by_name="ผู้มาเยือน")
    brought = bring(make_brought(written_at=ago(8), author_name="ไม่รู้จัก"), cast.malee)
    make_comment(brought.conversation, cast.somchai)
    make_note(cast.malee, at=ago(70))
    make_note(cast.malee, at=ago(2), audience="unit")
    assert pks(rediscovery.waiting_for_reply(None)) == pks([hidden, own, quiet])


def test_finding_by_number_title_and_tag(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, "เก้าอี้หกตัว", tags=["กพร.", "การบริการ"])
    make_note(cast.malee, "เก้าอี้ลับ", audience="unit")
    assert pks(find_notes("เก้าอี้", None)) == [note.pk]
    assert pks(find_notes(f" {note.number} ", None)) == [note.pk]
    assert [find_notes(words, None) for words in ("", "\x00", "9" * 40)] == [[], [], []]
    assert [tag.label for tag in find_tags("ก.พ.ร", None)] == ["กพร."]


def test_tags_list_is_in_thai_order_and_leaves_out_what_the_reader_cannot_read(cast: SimpleNamespace) -> None:
    make_note(cast.malee, tags=["แกง", "กาย", "ไข่", "เกม"])
    make_note(cast.malee, tags=["ลับ"], audience="unit")
    make_note(cast.malee, tags=["ร่าง"], publish=False)
    first = tags_list(None, size=3)
    rest = tags_list(None, after=first.next, size=3)
    assert [tag.label for tag in [*first.rows, *rest.rows]] == ["กาย", "เกม", "แกง", "ไข่"]
    assert (first.is_first, rest.is_first, rest.next) == (True, False, None)
    assert [tag.label for tag in tags_list(cast.malee).rows] == ["กาย", "เกม", "แกง", "ไข่", "ลับ"]
