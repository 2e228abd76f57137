"""Days and blocks: from templates, by hand, moved and removed; the forum's times stay true, and its version rises."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.forums.actions import (
    add_block,
    add_day,
    announce_forum,
    change_block,
    change_day,
    change_forum,
    clone_forum,
    end_block_role,
    found_forum,
    give_block_role,
    move_block,
    remove_block,
    remove_day,
)
from prakai.forums.agenda_templates import TEMPLATES
from prakai.forums.models import Block, Day, Forum, ForumSeries, Role
from prakai.forums.queries.plan import plan_of
from prakai.forums.saying import words_mark
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.thai.dates import BANGKOK

ON = date(2027, 1, 20)


@pytest.fixture
def forum(cast: SimpleNamespace) -> Forum:
    return found_forum(
        cast.hospital, by=cast.malee, title="เวที", purpose="รอยาไม่นาน", agenda="whole-day", first_on=ON
    )


def at(hour: int, minute: int, on: date = ON) -> datetime:
    return datetime.combine(on, time(hour, minute), tzinfo=BANGKOK)


def titles(day: Day) -> list[str]:
    return [block.title for block in day.blocks.order_by("position")]


def test_the_whole_day_has_no_warnings_and_150_minutes_of_review(forum: Forum) -> None:
    plan = plan_of(forum)
    assert [warning.words for warning in plan.warnings] == []
    assert (plan.meter.aar, plan.meter.length >= 360) == (150, True)
    assert (forum.starts_at, forum.ends_at) == (at(8, 30), at(15, 45))
    assert Block.objects.filter(kind="aar")[0].title.startswith("AAR 1: ฉันคาดหวัง")


@pytest.mark.parametrize(
    ("key", "days", "warned"),
    [
        ("whole-day", 1, []),
        ("half-day", 1, ["short", "little-aar"]),
        ("two-online", 2, []),
        ("market", 2, []),
    ],
)
def test_what_the_meter_says_of_each_template(
    cast: SimpleNamespace, key: str, days: int, warned: list[str]
) -> None:
    forum = found_forum(cast.hospital, by=cast.malee, title="เวที", agenda=key, first_on=ON)
    plan = plan_of(forum)
    assert [warning.care.value for warning in plan.warnings] == warned
    assert [day.day.on for day in plan.days] == [ON + timedelta(days=number) for number in range(days)]


def test_every_template_is_tried() -> None:
    assert [one.key for one in TEMPLATES] == ["whole-day", "half-day", "two-online", "market"]


def test_a_template_that_is_none_is_told(cast: SimpleNamespace) -> None:
    with pytest.raises(ValidationError) as told:
        found_forum(cast.hospital, by=cast.malee, title="เวที", agenda="week", first_on=ON)
    assert list(told.value.error_dict) == ["agenda"]
    assert Forum.objects.count() == 0


def test_times_move_along_when_minutes_change(cast: SimpleNamespace, forum: Forum) -> None:
    opening = Block.objects.get(kind="opening")
    change_block(opening, by=cast.malee, minutes=50)
    fresh = Forum.objects.get()
    assert (fresh.starts_at, fresh.ends_at, fresh.version) == (at(8, 30), at(16, 15), forum.version + 1)
    assert plan_of(fresh).days[0].rows[1].begins == time(9, 20)


def test_blocks_are_added_moved_and_removed(cast: SimpleNamespace) -> None:
    forum = found_forum(cast.hospital, by=cast.malee, title="เวที")
    day = add_day(forum, ON, by=cast.malee, begins_at=time(9))
    assert Forum.objects.get().starts_at is None
    for title in ("ก", "ข", "ค"):
        add_block(day, by=cast.malee, kind="circle", minutes=30, title=f" {title}  ")
    first, _, last = day.blocks.order_by("position")
    move_block(last, by=cast.malee, day=day, to=0)
    assert titles(day) == ["ค", "ก", "ข"]
    move_block(first, by=cast.malee, day=day, to=99)
    assert titles(day) == ["ค", "ข", "ก"]
    other = add_day(forum, ON + timedelta(days=1), by=cast.malee)
    move_block(first, by=cast.malee, day=other, to=-5)
    assert (titles(day), titles(other)) == (["ค", "ข"], ["ก"])
    assert Forum.objects.get().ends_at == at(9, 0, ON + timedelta(days=1))
    remove_block(last, by=cast.malee)
    assert [(block.title, block.position) for block in day.blocks.all()] == [("ข", 0)]
    remove_day(other, by=cast.malee)
    assert Forum.objects.get().ends_at == at(9, 30)
    assert set(Entry.objects.filter(verb__startswith="block.").values_list("verb", flat=True)) == {
        "block.added", "block.moved", "block.removed"
    }  # fmt: skip


def test_a_day_stands_once_and_is_moved_with_its_blocks(cast: SimpleNamespace, forum: Forum) -> None:
    day = forum.days.get()
    with pytest.raises(ValidationError):
        add_day(forum, ON, by=cast.malee)
    change_day(day, by=cast.malee, on=ON + timedelta(days=7), begins_at=time(9))
    assert Forum.objects.get().starts_at == at(9, 0, ON + timedelta(days=7))


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": 721}, "minutes"),
        ({"minutes": 620}, "minutes"),
        ({"kind": "party"}, "kind"),
        ({"title": "ก" * 201}, "title"),
    ],
)
def test_what_is_not_right_is_told_at_its_field(
    cast: SimpleNamespace, forum: Forum, words: dict[str, object], field: str
) -> None:
    block = Block.objects.get(kind="opening")
    with pytest.raises(ValidationError) as told:
        change_block(block, by=cast.malee, **words)
    assert list(told.value.error_dict) == [field]
    assert Block.objects.get(kind="opening").minutes == 20
    assert Forum.objects.get().version == forum.version


def test_only_who_prepares_changes_the_agenda(cast: SimpleNamespace, forum: Forum) -> None:
    block = Block.objects.get(kind="opening")
    change_block(block, by=cast.malee, minutes=25)
    for act in (
        lambda: change_block(block, by=cast.somchai, minutes=5),
        lambda: remove_block(block, by=cast.nurse),
        lambda: add_day(forum, ON + timedelta(days=3), by=cast.nurse),
        lambda: give_block_role(block, "teller", by=cast.somchai, name="ลุงมี"),
    ):
        with pytest.raises(Refused):
            act()
    assert Block.objects.get(kind="opening").minutes == 25


def test_an_announced_forum_keeps_a_day(cast: SimpleNamespace, forum: Forum) -> None:
    announce_forum(forum, by=cast.malee)
    with pytest.raises(Refused):
        remove_day(forum.days.get(), by=cast.malee)
    assert Forum.objects.get().starts_at == at(8, 30)


def test_a_guest_and_a_member_do_something_in_a_block(cast: SimpleNamespace, forum: Forum) -> None:
    block = Block.objects.get(kind="story")
    guest = give_block_role(block, "teller", by=cast.malee, name=" ลุงมี  บ้านผาห่ม ")
    assert give_block_role(block, "teller", by=cast.malee, name="ลุงมี บ้านผาห่ม") == guest
    give_block_role(block, "recorder", by=cast.malee, person=cast.nurse)
    told = next(row for row in plan_of(forum).days[0].rows if row.block == block)
    assert [(role.kind, role.name, role.person) for role in told.roles] == [
        ("teller", "ลุงมี บ้านผาห่ม", None), ("recorder", "", cast.nurse)
    ]  # fmt: skip
    with pytest.raises(ValidationError):
        give_block_role(block, "teller", by=cast.malee, name="  ")
    end_block_role(guest, by=cast.malee)
    assert block.roles.count() == 1


def test_two_places_at_once_are_said_in_words(cast: SimpleNamespace, forum: Forum) -> None:
    circle, story = Block.objects.filter(kind="circle")[1], Block.objects.get(kind="story")
    change_block(circle, by=cast.malee, room="ห้องใหญ่")
    change_block(story, by=cast.malee, room="ห้องใหญ่ ", beside=True)
    for block in (circle, story):
        give_block_role(block, "facilitator", by=cast.malee, person=cast.nurse)
    said = [warning.words for warning in plan_of(forum).warnings]
    assert [("ห้องใหญ่" in words, str(cast.nurse) in words) for words in said] == [(True, False), (False, True)]


def test_the_next_forum_is_made_from_one_that_was(cast: SimpleNamespace, forum: Forum) -> None:
    change_forum(forum, by=cast.malee, series="เวทีลดรอคอย", place="ห้องประชุม")
    announce_forum(forum, by=cast.malee)
    block = Block.objects.get(kind="story")
    change_block(block, by=cast.malee, room="ห้องใหญ่")
    give_block_role(block, "teller", by=cast.malee, name="ลุงมี")
    later = ON + timedelta(days=90)
    copy = clone_forum(Forum.objects.get(), by=cast.malee, owner=cast.hospital, first_on=later, title="เวที 2")
    assert (copy.title, copy.series, copy.cloned_from, copy.announced_at) == (
        "เวที 2", ForumSeries.objects.get(), forum, None
    )  # fmt: skip
    assert copy.starts_at == at(8, 30, later)
    assert titles(copy.days.get()) == titles(forum.days.get())
    assert Block.objects.filter(day__forum=copy, roles__isnull=False).count() == 0
    elsewhere = clone_forum(Forum.objects.get(pk=forum.pk), by=cast.somchai, owner=cast.town, first_on=later)
    assert (elsewhere.series, elsewhere.place, elsewhere.unit) == (None, "", cast.town)
    assert [role.person for role in Role.objects.filter(forum=elsewhere)] == [cast.somchai]
    with pytest.raises(Refused):
        clone_forum(forum, by=cast.somchai, owner=cast.hospital, first_on=later)


def test_words_changed_meanwhile_are_not_overwritten(cast: SimpleNamespace, forum: Forum) -> None:
    seen = words_mark(forum)
    change_block(Block.objects.get(kind="opening"), by=cast.malee, minutes=25)
    change_forum(forum, by=cast.malee, seen=seen, title="เวทีใหม่")
    with pytest.raises(ValidationError) as told:
        change_forum(forum, by=cast.malee, seen=seen, title="เวทีเก่า")
    assert told.value.code == "conflict"
    assert Forum.objects.get().title == "เวทีใหม่"


def test_a_series_is_found_by_its_name(cast: SimpleNamespace, forum: Forum) -> None:
    for _ in range(2):
        change_forum(forum, by=cast.malee, series=" เวทีลดรอคอย ")
    assert (ForumSeries.objects.count(), Forum.objects.get().series) == (1, ForumSeries.objects.get())
    change_forum(forum, by=cast.malee, series="")
    assert Forum.objects.get().series is None
    assert timezone.now() > ForumSeries.objects.get().at
