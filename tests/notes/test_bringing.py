"""One note brought in: what becomes of dates, rights, owners and hosts. (Whole sources are in tests/exchange.)"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.actions.bringing import rights_of
from prakai.notes.models import Note, Origin
from prakai.notes.models.origins import Rights
from tests.factories.notes import bring, make_brought, make_notebook

YEARS_AGO = timezone.now() - timedelta(days=3000)


@pytest.mark.parametrize(
    ("licence", "held", "link", "expected"),
    [
        (None, False, False, Rights.LINK),
        ("arr", False, False, Rights.LINK),
        ("cc-by", False, False, Rights.GRANTED),
        ("cc-by", False, True, Rights.LINK),
        ("arr", True, False, Rights.HELD),
        (None, True, False, Rights.HELD),
    ],
)
def test_rights_of(licence: str | None, held: bool, link: bool, expected: Rights) -> None:
    assert rights_of(make_brought(licence=licence), held=held, link=link) == expected


def test_bring_note_into_somebody_elses_notebook(cast: SimpleNamespace) -> None:
    notebook = make_notebook(cast.malee)
    assert bring(make_brought(), cast.malee, notebook=notebook).notebook == notebook
    with pytest.raises(Refused):
        bring(make_brought(), cast.somchai, notebook=notebook)
    assert Note.objects.count() == 1


def test_a_note_of_an_unknown_day_takes_its_place_once_the_day_is_known(cast: SimpleNamespace) -> None:
    note = bring(make_brought(key="x"), cast.malee)
    assert timezone.now() - note.written_at < timedelta(minutes=1)
    bring(make_brought(key="x", written_at=YEARS_AGO, tags=["ฝน"]), cast.malee)
    note.refresh_from_db()
    assert {note.written_at, note.published_at, note.raised_at, note.publications.get().at} == {YEARS_AGO}
    assert note.taggings.get().listed_at == YEARS_AGO


def test_the_page_that_was_edited_later_wins(cast: SimpleNamespace) -> None:
    old = make_brought("เก่า", "<p>ยาวกว่ามาก ๆ เลย</p>", key="x", source="a", edited_at=YEARS_AGO)
    new = make_brought("ใหม่", "<p>สั้น</p>", key="x", source="b", edited_at=YEARS_AGO + timedelta(days=1))
    for first, second in ((old, new), (new, old)):
        Note.objects.all().delete()
        bring(first, cast.malee)
        bring(second, cast.malee)
        assert Note.objects.get().title == "ใหม่"


def test_who_brought_a_note_without_an_author_looks_after_it(cast: SimpleNamespace) -> None:
    orphan = bring(make_brought(author_name="ไม่รู้จัก"), cast.malee)
    known = bring(make_brought(author=cast.friend), cast.malee)
    assert [list(note.conversation.hosts.all()) for note in (orphan, known)] == [[cast.malee], [cast.friend]]
    assert orphan.conversation.address == orphan.get_absolute_url()
    actions.withdraw_note(orphan, by=cast.malee)
    actions.return_note(orphan, by=cast.malee)
    assert list(orphan.conversation.hosts.all()) == [cast.malee]


def test_importing_stays_with_who_did_it_first(cast: SimpleNamespace) -> None:
    note = bring(make_brought(key="x", author=cast.friend), cast.malee)
    again = make_brought("อื่น", "<p>อื่น</p>" * 9, key="x", author=cast.somchai)
    notebook = make_notebook(cast.somchai)
    assert actions.bring_note(again, notebook=notebook, rights=Rights.HELD, by=cast.somchai)[1] == "another's"
    assert (Note.objects.get().author, Origin.objects.get().imported_by) == (cast.friend, cast.malee)
    own = make_brought("แก้", "<p>แก้</p>" * 9, key="x", author=cast.friend, source="b")
    notebook = make_notebook(cast.friend)
    assert actions.bring_note(own, notebook=notebook, rights=Rights.HELD, by=cast.friend)[1] == "changed"
    assert (note.pk, Origin.objects.get().imported_by) == (Note.objects.get().pk, cast.malee)


def test_a_withdrawn_note_stays_away_when_its_page_comes_again(cast: SimpleNamespace) -> None:
    note = bring(make_brought(key="x"), cast.malee)
    actions.withdraw_note(note, by=cast.malee)
    bring(make_brought("ใหม่", "<p>ใหม่</p>" * 9, key="x"), cast.malee)
    note.refresh_from_db()
    assert (note.title, note.withdrawn_at is not None, note.conversation.is_shown) == ("ใหม่", True, False)


def test_bringing_is_told_in_the_journal(cast: SimpleNamespace) -> None:
    bring(make_brought(key="x"), cast.malee)
    bring(make_brought(key="x"), cast.malee)
    bring(make_brought(key="x", body="<p>ยาวขึ้น</p>" * 9), cast.malee, rights=Rights.GRANTED)
    lines = list(Entry.objects.filter(thing_kind="notes.note").values_list("verb", "facts"))
    assert lines == [("note.brought", {"rights": "held"}), ("note.brought_again", {"rights": "granted"})]
