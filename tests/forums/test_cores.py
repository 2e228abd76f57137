"""Nuggets and cores: marked once, grouped, traced back; cores say when what they stand on has changed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from prakai.forums import story_rules as rules
from prakai.forums.actions import (
    drop_core,
    drop_nugget,
    mark_nugget,
    move_core,
    name_core,
    put_nuggets,
    rename_core,
    withdraw_story,
    word_nugget,
)
from prakai.forums.models import Core, Nugget
from prakai.forums.queries.cores import cards_of, cores_page
from prakai.forums.queries.stories import parts_of
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum, make_participant
from tests.factories.stories import DID, make_nugget, make_story


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    cast.forum = make_forum(cast.malee, cast.hospital)
    return cast


def test_marked_once_and_never_across_another(day: SimpleNamespace) -> None:
    story = make_story(day.forum, day.malee)
    first = make_nugget(story, day.malee, "เราโทรหาคนไข้")
    assert make_nugget(story, day.malee, "เราโทรหาคนไข้") == first
    place = {"part": "what_we_did", "by": day.malee}
    wrong = ((3, 9, 1), (0, 0, 1), (0, 10_000, 1), (-5, 3, 1), (14, 20, 2))
    for start, end, version in wrong:
        with pytest.raises(ValidationError):
            mark_nugget(story, start=start, end=end, version=version, **place)
    with pytest.raises(ValidationError):
        mark_nugget(story, part="recorder", start=0, end=3, version=1, by=day.malee)
    with pytest.raises(Refused):
        mark_nugget(story, part="what_we_did", start=20, end=30, version=1, by=day.somchai)
    spaced = mark_nugget(story, start=len("เราโทรหาคนไข้ก่อนวันนัดหนึ่งวัน"), end=len(DID), version=1, **place)
    assert spaced.verbatim == "แล้วจัดยาไว้เป็นถุงตามลำดับบ้าน"
    pieces = parts_of(story, Nugget.objects.all())[0].pieces
    assert "".join(piece.text for piece in pieces) == DID
    assert [piece.nugget for piece in pieces if piece.nugget] == [first, spaced]


def test_grouped_moved_and_taken_apart(day: SimpleNamespace) -> None:
    nuggets = [make_nugget(make_story(day.forum, day.malee, title=f"เรื่อง {n}"), day.malee) for n in range(3)]
    with pytest.raises(Refused):
        name_core(day.forum, "รู้ก่อนมา", by=day.nurse)
    first = name_core(day.forum, "รู้ก่อนมา", by=day.malee, nuggets=nuggets[:2])
    assert name_core(day.forum, " รู้ก่อนมา ", by=day.malee) == first
    second = name_core(day.forum, "จัดตามทาง", by=day.malee)
    assert put_nuggets(nuggets[1:], second, forum=day.forum, by=day.malee) == 2
    assert put_nuggets(nuggets[1:], second, forum=day.forum, by=day.malee) == 0
    assert [[n.pk for n in g.nuggets] for g in cores_page(day.forum, None).groups] == [
        [nuggets[0].pk],
        [nuggets[1].pk, nuggets[2].pk],
    ]
    move_core(second, by=day.malee, earlier=True)
    move_core(second, by=day.malee, earlier=True)
    assert [core.title for core in Core.objects.all()] == ["จัดตามทาง", "รู้ก่อนมา"]
    rename_core(second, "จัดยาตามทางกลับบ้าน", by=day.malee)
    assert put_nuggets([nuggets[1]], None, forum=day.forum, by=day.malee) == 1
    drop_core(second, by=day.malee)
    assert [one.pk for one in cores_page(day.forum, None).free] == [nuggets[1].pk, nuggets[2].pk]
    other = name_core(make_forum(day.malee, day.hospital), "ของเวทีอื่น", by=day.malee)
    with pytest.raises(ValidationError):
        put_nuggets(nuggets, other, forum=day.forum, by=day.malee)
    assert put_nuggets(nuggets, other, forum=other.forum, by=day.malee) == 0
    drop_nugget(nuggets[0], by=day.malee)
    assert Nugget.objects.count() == 2
    assert Entry.objects.filter(verb="nugget.grouped").count() == 3


def test_a_core_counts_stories_and_units_and_says_that_its_support_changed(day: SimpleNamespace) -> None:
    stories = [
        make_story(day.forum, day.malee, unit=day.hospital),
        make_story(day.forum, day.malee, unit_words="อบต. คลองลำพู"),
        make_story(day.forum, day.malee, unit_words="อบต.  คลองลำพู "),
    ]
    nuggets = [make_nugget(story, day.malee) for story in stories]
    name_core(day.forum, "รู้ก่อนมา", by=day.malee, nuggets=nuggets)
    [group] = cores_page(day.forum, None).groups
    assert (group.stories, group.units, group.has_changed) == (3, 2, False)
    withdraw_story(stories[0], by=day.malee)
    [group] = cores_page(day.forum, None).groups
    assert (group.stories, group.units, group.has_changed) == (2, 1, True)


def test_readers_see_cores_only_by_what_they_may_read(day: SimpleNamespace) -> None:
    quiet = make_nugget(make_story(day.forum, day.malee, allows_quotes=False), day.malee)
    core = name_core(day.forum, "รู้ก่อนมา", by=day.malee, nuggets=[quiet])
    make_participant(day.forum, day.somchai)
    readers = (None, day.malee, day.nurse, day.somchai, day.steward, day.waiting)
    for reader in readers:
        assert Core.objects.visible_to(reader).exists() is bool(rules.may_read_core(reader, core))
    assert [bool(cores_page(day.forum, reader).groups) for reader in readers] == [
        False, True, False, True, True, False
    ]  # fmt: skip


def test_cards_hold_back_what_may_not_be_quoted(day: SimpleNamespace) -> None:
    open_one = make_nugget(make_story(day.forum, day.malee), day.malee)
    quiet = make_nugget(make_story(day.forum, day.malee, allows_quotes=False), day.malee)
    assert cards_of(day.forum, day.malee) == ([open_one], 1)
    word_nugget(quiet, "โทรหาก่อนวันนัด", by=day.malee)
    assert cards_of(day.forum, day.malee) == ([open_one, quiet], 0)
    assert cards_of(day.forum, None) == ([open_one], 0)


def test_the_page_of_cores_costs_the_same_with_many(day: SimpleNamespace) -> None:
    def grouped(number: int) -> None:
        nugget = make_nugget(make_story(day.forum, day.malee, unit=day.hospital), day.malee)
        name_core(day.forum, f"แก่น {number}", by=day.malee, nuggets=[nugget])

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            page = cores_page(day.forum, day.nurse)
            assert all(n.story.unit_name for g in page.groups for n in g.nuggets)
        return len(asked)

    grouped(1)
    cost()  # her unit and duties are read once a request
    one = cost()
    for number in range(2, 6):
        grouped(number)
    assert cost() == one
