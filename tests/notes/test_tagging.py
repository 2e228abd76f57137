"""Tags: one however it is written, in the order of the note, merged by stewards."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.notes import actions
from prakai.notes.actions.tagging import put_tags, tags_for
from prakai.notes.models import Note, Tag, Tagging
from prakai.notes.queries.lists import notes_tagged
from tests.factories.notes import make_note


def labels(note: Note) -> list[str]:
    return [row.tag.label for row in Tagging.objects.filter(note=note).select_related("tag")]


def test_one_tag_however_it_is_written(cast: SimpleNamespace) -> None:
    first = make_note(cast.malee, tags=["กพร.", "KM"])
    second = make_note(cast.malee, tags=["ก.พ.ร.", "#km", "กพร", "K.M."])
    assert Tag.objects.count() == 2
    assert (labels(first), labels(second)) == (["กพร.", "KM"], ["กพร.", "KM"])


def test_tags_keep_their_order_and_change_with_the_note(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee, tags=["ฝน", "แดด", "ลม"])
    note.version = 2
    put_tags(note, ["ลม", "น้ำ", "ฝน"])
    assert labels(note) == ["ลม", "น้ำ", "ฝน"]
    put_tags(note, [])
    assert labels(note) == []


def test_what_is_no_tag_is_passed_over(cast: SimpleNamespace) -> None:
    assert [tag.label for tag in tags_for(["  ", "#", "...", "ก" * 81, "ฝน "])] == ["ฝน"]


def test_twenty_tags_and_no_more(cast: SimpleNamespace) -> None:
    twenty = [f"คำที่ {n}" for n in range(20)]
    assert len(labels(make_note(cast.malee, tags=[*twenty, "คำที่ 3", " คำที่  4"]))) == 20
    with pytest.raises(ValidationError):
        tags_for([*twenty, "อีกคำ"])


def test_tags_cost_the_same_however_many(cast: SimpleNamespace) -> None:
    note = make_note(cast.malee)
    note.version = 2
    counts = []
    for number in (1, 20):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            put_tags(note, [f"{number} {n}" for n in range(number)])
        counts.append(len(queries) - (number > 1))
    assert counts[0] == counts[1]


def test_merge_tags_moves_notes_and_leads_on(cast: SimpleNamespace) -> None:
    one, both, other = (
        make_note(cast.malee, tags=tags) for tags in (["การจัดการความรู้"], ["KM", "การจัดการความรู้"], ["KM"])
    )
    old, new = Tag.objects.get(key="การจัดการความรู้"), Tag.objects.get(key="km")
    assert actions.merge_tags(old, new, by=cast.steward) == new
    assert [labels(note) for note in (one, both, other)] == [["KM"], ["KM"], ["KM"]]
    assert labels(make_note(cast.malee, tags=["การจัดการความรู้"])) == ["KM"]
    assert {note.pk for note in notes_tagged(new, None).rows} >= {one.pk, both.pk, other.pk}
    assert Entry.objects.get(verb="tag.merged").facts == {"into": new.pk}


def test_merge_tags_of_a_chain_ends_at_the_last(cast: SimpleNamespace) -> None:
    make_note(cast.malee, tags=["ก", "ข", "ค"])
    first, second, third = (Tag.objects.get(key=key) for key in "กขค")
    actions.merge_tags(first, second, by=cast.steward)
    actions.merge_tags(second, third, by=cast.steward)
    assert set(Tag.objects.filter(same_as=third)) == {first, second}
    first.refresh_from_db()
    with pytest.raises(ValidationError):
        actions.merge_tags(third, first, by=cast.steward)


def test_merge_tags_when_not_a_steward(cast: SimpleNamespace) -> None:
    make_note(cast.malee, tags=["ก", "ข"])
    first, second = Tag.objects.order_by("key")
    with pytest.raises(Refused):
        actions.merge_tags(first, second, by=cast.malee)
    assert Tag.objects.filter(same_as__isnull=False).count() == 0
