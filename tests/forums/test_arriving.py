"""The door: arriving, walking in as the host allows, taking back; and forgetting who was erased."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions import (
    check_in,
    close_forum,
    give_role,
    leave_forum,
    register,
    undo_arrival,
    walk_in,
)
from prakai.forums.models import (
    Arrival,
    Block,
    BlockRole,
    Day,
    Nugget,
    Participant,
    Role,
    Spark,
    Story,
)
from prakai.forums.queries.participants import door_page
from prakai.journal.following import catch_up, followers
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.actions import erase_person
from tests.factories.forums import make_forum, make_participant


def verbs() -> list[str]:
    found = Entry.objects.filter(verb__startswith="participant.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_two_taps_are_one_arrival_and_it_can_be_taken_back(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    seat = make_participant(forum, name="ลุงคำ")
    for other in (cast.nurse, cast.somchai):
        with pytest.raises(Refused):
            check_in(seat, by=other)
    first = check_in(seat, by=cast.malee)
    assert check_in(seat, by=cast.malee) == first
    with pytest.raises(Refused):
        leave_forum(seat, by=cast.malee)
    undo_arrival(seat, by=cast.malee)
    undo_arrival(seat, by=cast.malee)
    seat.refresh_from_db()
    assert (seat.arrived_at, seat.seated_at is not None) == (None, True)
    check_in(seat, by=cast.malee)
    assert Arrival.objects.count() == 2
    assert verbs() == ["participant.arrived", "participant.sent_back", "participant.arrived"]


def test_strangers_come_in_as_the_host_allows(cast: SimpleNamespace) -> None:
    def forum(policy: str, seats: int | None) -> object:
        return make_forum(cast.malee, cast.hospital, walk_ins=policy, seats=seats)

    assert walk_in(forum("seats", 1), by=cast.malee, name="ลุงคำ").is_walk_in is True  # type: ignore[arg-type]
    full = make_forum(cast.malee, cast.hospital, walk_ins="seats", seats=1)
    make_participant(full)
    assert walk_in(forum("all", 0), by=cast.malee, name="ลุงคำ").arrived_at is not None  # type: ignore[arg-type]
    for closed in (full, forum("none", None)):
        with pytest.raises(Refused):
            walk_in(closed, by=cast.malee, name="ลุงคำ")  # type: ignore[arg-type]
    open_door = make_forum(cast.malee, cast.hospital, walk_ins="all")
    with pytest.raises(Refused):
        walk_in(open_door, by=cast.nurse, name="ลุงคำ")
    again = walk_in(open_door, by=cast.malee, name="ลุงคำ")
    assert walk_in(open_door, by=cast.malee, name="ลุงคำ") == again
    assert Arrival.objects.filter(participant__forum=open_door).count() == 1


def test_who_waited_or_had_said_no_gets_a_seat_at_the_door_when_there_is_one(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, walk_ins="none", seats=1)
    seat, waits = make_participant(forum, name="ก"), make_participant(forum, name="ข", seated=False)
    with pytest.raises(Refused):
        check_in(waits, by=cast.malee)
    forum.seats = 2
    forum.save()
    check_in(waits, by=cast.malee)
    leave_forum(seat, by=cast.malee)
    check_in(seat, by=cast.malee)
    seat.refresh_from_db()
    assert (seat.left_at, seat.seated_at is not None, seat.leavings.get().undone_at is not None) == (
        None,
        True,
        True,
    )


def test_after_the_harvest_the_door_is_closed(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(hours=9))
    seat = make_participant(forum)
    close_forum(forum, by=cast.malee)
    with pytest.raises(Refused):
        check_in(seat, by=cast.malee)


def test_the_door_finds_by_folded_name_nickname_and_unit(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    here = make_participant(forum, name="น้ําฝน  ใจดี", nickname="ฝน", unit=cast.ward)
    make_participant(forum, name="สมชาย")
    check_in(here, by=cast.malee)
    assert [one.name for one in door_page(forum).rows] == ["สมชาย"]
    for words in ("นางสาวน้ำฝน", "ฝน", "ดอยคำ", "ใจดี น้ำ"):
        assert [one.pk for one in door_page(forum, words).rows] == [here.pk]
    page = door_page(forum, "ไม่มีใคร")
    assert (page.rows, [one.pk for one in page.latest], page.seated, page.arrived) == ([], [here.pk], 2, 1)


def test_an_erased_person_is_forgotten_at_forums_and_her_seat_given_on(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=1)
    seat = register(
        forum,
        by=cast.somchai,
        name="สมชาย ใจงาม",
        unit_words="เทศบาลเมืองคลองลำพู",
        needs="กินเจ",
        is_listed=True,
    )
    waits = register(forum, by=cast.nurse, name="นภา")
    past = make_forum(cast.malee, cast.hospital, starts_at=timezone.now() - timedelta(days=3))
    was = make_participant(past, cast.somchai, unit=cast.town, phone="0812345678", nickname="ชาย")
    role = give_role(forum, cast.somchai, "recorder", by=cast.malee)
    day = Day.objects.create(forum=forum, on=timezone.localdate())
    BlockRole.objects.create(
        block=Block.objects.create(day=day, kind="story", minutes=30), kind="teller", person=cast.somchai
    )
    erase_person(cast.somchai, by=cast.somchai, keep_content=True)
    [follower] = [one for one in followers() if one.name == "forums.erasure"]
    for _ in range(2):
        catch_up(follower)
        for one in (seat, was, waits):
            one.refresh_from_db()
        assert (seat.name, seat.needs, seat.person, seat.is_listed) == ("อดีตสมาชิก", "", None, False)
        assert (seat.left_at is not None, waits.seated_at is not None) == (True, True)
        assert (was.name, was.phone, was.nickname, was.unit, was.left_at) == (
            "อดีตสมาชิก",
            "",
            "",
            cast.town,
            None,
        )
    assert "สมชาย" not in was.folded + was.order_key
    assert Role.objects.get(pk=role.pk).ended_at is not None
    assert BlockRole.objects.get().name == "อดีตสมาชิก"
    assert rules.may_see_participant(cast.somchai, was).allowed is False
    assert Participant.objects.filter(person=cast.somchai).count() == 0


@pytest.mark.parametrize("choice", ["named", "unnamed", "emptied"])
def test_what_an_erased_person_told_stays_without_her_or_goes_as_she_chose(
    cast: SimpleNamespace, choice: str
) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    told = {"title": "จัดยาล่วงหน้า", "situation": "คนไข้รอนาน", "teller_name": str(cast.somchai)}
    story = Story.objects.create(forum=forum, client_id="a", person=cast.somchai, **told)
    nugget = Nugget.objects.create(story=story, part="situation", start=0, end=3, verbatim="คนไข้รอนาน")
    spark = Spark.objects.create(
        forum=forum, client_id="b", person=cast.somchai, words="ยิ้มก่อน", name=str(cast.somchai)
    )
    hers = Spark.objects.create(
        forum=forum, client_id="c", person=cast.nurse, words="ฟังก่อน", name=str(cast.nurse)
    )
    name = str(cast.somchai)
    erase_person(cast.somchai, by=cast.somchai, keep_content=choice == "named", emptied=choice == "emptied")
    [follower] = [one for one in followers() if one.name == "forums.erasure"]
    catch_up(follower)
    for one in (story, nugget, spark, hers):
        one.refresh_from_db()
    assert (story.person, spark.person, hers.person, hers.words) == (None, None, cast.nurse, "ฟังก่อน")
    assert story.teller_name == (name if choice == "named" else "อดีตสมาชิก")
    assert spark.name == (name if choice == "named" else "")
    kept = choice != "emptied"
    assert [story.situation, nugget.verbatim, spark.words] == (
        ["คนไข้รอนาน", "คนไข้รอนาน", "ยิ้มก่อน"] if kept else ["", "", ""]
    )
    assert [story.withdrawn_at is None, nugget.gone_at is None, spark.withdrawn_at is None] == [kept] * 3
