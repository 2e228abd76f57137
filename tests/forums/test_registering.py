"""Registering, the wait-list, entering others, lists, leaving and coming back."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions import (
    cancel_forum,
    change_forum,
    change_participant,
    enter_participant,
    enter_participants,
    leave_forum,
    register,
    revive_forum,
    take_back,
)
from prakai.forums.lists import lines_of
from prakai.forums.models import Forum, Participant
from prakai.forums.queries.participants import listed_people, people_page, seat_page
from prakai.forums.tokens import opens_seat, seat_token
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person


def verbs() -> list[str]:
    found = Entry.objects.filter(verb__startswith="participant.").order_by("pk")
    return list(found.values_list("verb", flat=True))


def test_a_member_registers_once_with_a_seat(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=2)
    seat = register(
        forum, by=cast.somchai, name="  สมชาย   ใจงาม ", unit_words="เทศบาลเมืองคลองลำพู", needs="กินเจ"
    )
    assert (seat.name, seat.unit, seat.unit_words, seat.needs) == ("สมชาย ใจงาม", cast.town, "", "กินเจ")
    assert seat.seated_at is not None
    assert register(forum, by=cast.somchai, name="อื่น") == seat
    assert verbs() == ["participant.registered"]


def test_a_visitor_registers_where_the_forum_is_public_and_a_second_tap_is_one(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    words = {"name": "ป้าสมศรี", "unit_words": "กลุ่มแม่บ้านห้วยทราย"}
    first = register(forum, by=None, **words)
    assert register(forum, by=None, **words) == first
    assert (first.person, first.unit, first.unit_name) == (None, None, "กลุ่มแม่บ้านห้วยทราย")
    later = register(forum, by=None, at=timezone.now() + timedelta(hours=1), **words)
    assert later != first
    closed = make_forum(cast.malee, cast.hospital, audience="members")
    assert rules.may_register(cast.somchai, closed).allowed is True
    with pytest.raises(Refused):
        register(closed, by=None, **words)


def test_what_is_not_right_is_said_at_its_field(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    for words, field in (({"name": " "}, "name"), ({"name": "ก", "email": "ไม่ใช่"}, "email"),
                         ({"name": "ก" * 121}, "name"), ({"name": "ก", "needs": "ก" * 401}, "needs")):  # fmt: skip
        with pytest.raises(ValidationError) as trouble:
            register(forum, by=cast.somchai, **words)
        assert list(trouble.value.message_dict) == [field]
    assert Participant.objects.count() == 0


def test_who_waited_longest_gets_the_seat_that_becomes_free(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=1)
    first = register(forum, by=cast.nurse, name="นภา")
    second = register(forum, by=cast.somchai, name="สมชาย")
    third = register(forum, by=None, name="ป้าสมศรี")
    assert [second.waits, seat_page(second).place, seat_page(third).place] == [True, 1, 2]
    with pytest.raises(Refused):
        leave_forum(first, by=cast.somchai)
    leave_forum(first, by=cast.nurse)
    assert leave_forum(first, by=cast.nurse).left_at is not None
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.waits, third.waits, seat_page(third).place) == (False, True, 1)
    assert verbs() == ["participant.registered"] * 3 + ["participant.left", "participant.seated"]
    again = take_back(first, by=cast.malee)
    assert (again.waits, seat_page(again).place) == (True, 2)


def test_more_seats_let_those_in_who_wait(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, seats=1)
    for name in "กขคง":
        enter_participant(forum, by=cast.malee, name=name)
    change_forum(forum, by=cast.malee, seats=3)
    assert [one.name for one in Participant.objects.seated()] == ["ก", "ข", "ค"]
    cancel_forum(forum, by=cast.malee)
    Forum.objects.filter(pk=forum.pk).update(seats=4)
    revive_forum(forum, by=cast.malee)
    assert Participant.objects.waiting().count() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_for_the_last_seat_one_gets_it() -> None:
    from tests.factories.units import make_unit

    unit = make_unit("โรงพยาบาลดอยคำ")
    forum = make_forum(make_person("มาลี", unit=unit), unit, seats=1)
    people = [make_person(f"ผู้ร่วม{n}") for n in range(4)]
    start = threading.Barrier(4)

    def tap(person: object) -> None:
        try:
            start.wait(20)
            register(Forum.objects.get(pk=forum.pk), by=person, name="ผู้ร่วม")  # type: ignore[arg-type]
        finally:
            connection.close()

    taps = [threading.Thread(target=tap, args=(person,)) for person in people]
    for one in taps:
        one.start()
    for one in taps:
        one.join()
    assert (Participant.objects.seated().count(), Participant.objects.waiting().count()) == (1, 3)
    # all leave at once but the last in the queue: the one seat is given on, and never twice
    last = Participant.objects.order_by("registered_at", "pk").last()
    assert last is not None
    for seat in Participant.objects.exclude(pk=last.pk):
        leave_forum(seat, by=seat.person)
    assert [one.pk for one in Participant.objects.seated()] == [last.pk]


def test_others_are_entered_by_who_prepares_alone(cast: SimpleNamespace) -> None:
    past = timezone.now() - timedelta(days=1)
    forum = make_forum(cast.malee, cast.hospital, registration_until=past)
    seat = enter_participant(forum, by=cast.malee, name="ลุงคำ", unit_words="หอผู้ป่วยดอยคำ")
    assert (seat.person, seat.by, seat.unit, seat.is_listed) == (None, cast.malee, cast.ward, False)
    for other in (cast.nurse, cast.somchai, cast.waiting):
        with pytest.raises(Refused):
            enter_participant(forum, by=other, name="ลุงคำ")
    assert rules.may_register(cast.somchai, forum).allowed is False


def test_a_pasted_list_comes_in_whole_or_not_at_all(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    bad = "นางสาวนภา แก้วดี, หอผู้ป่วยดอยคำ\n, เทศบาลเมืองคลองลำพู\n" + "ก" * 130
    with pytest.raises(ValidationError) as trouble:
        enter_participants(forum, bad, by=cast.malee)
    assert [words.split(":")[0][-1] for words in trouble.value.message_dict["lines"]] == ["2", "3"]
    assert (Participant.objects.count(), verbs()) == (0, [])
    good = "1. นภา แก้วดี, หอผู้ป่วยดอยคำ\n\n๒) ลุงคำ\tกลุ่มเลี้ยงวัว; ประธาน\nนภา  แก้วดี, หอผู้ป่วยดอยคำ\n"
    entered = enter_participants(forum, good, by=cast.malee)
    assert [(one.name, one.unit_name, one.position) for one in entered.new] == [
        ("นภา แก้วดี", "หอผู้ป่วยดอยคำ", ""),
        ("ลุงคำ", "กลุ่มเลี้ยงวัว", "ประธาน"),
    ]
    assert entered.known == 1
    assert enter_participants(forum, good, by=cast.malee).known == 3
    with pytest.raises(ValidationError):
        enter_participants(forum, "\n \n", by=cast.malee)
    with pytest.raises(Refused):
        enter_participants(forum, good, by=cast.somchai)


def test_a_hostile_list_is_answered_line_by_line_and_nothing_is_half_done(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    many = "\n".join(f"คนที่{n} ใจดี, โรงพยาบาลดอยคำ" for n in range(10_000))
    with pytest.raises(ValidationError) as too_many:
        enter_participants(forum, many, by=cast.malee)
    assert [("500" in words) for words in too_many.value.message_dict["lines"]] == [True]
    with pytest.raises(ValidationError) as bad:
        enter_participants(forum, "\n".join([*["มาลี ใจงาม"] * 3, *[", ไม่มีชื่อ"] * 25]), by=cast.malee)
    told = bad.value.message_dict["lines"]
    assert (len(told), [n for n in range(4, 24) if f"{n}:" not in told[n - 4]], "5" in told[20]) == (
        21,
        [],
        True,
    )
    assert (Participant.objects.count(), verbs()) == (0, [])


def test_a_list_with_titles_abbreviations_and_odd_signs_names_each_once(cast: SimpleNamespace) -> None:
    cast.hospital.abbreviations = ["รพ.ดอยคำ"]
    cast.hospital.save()
    forum = make_forum(cast.malee, cast.hospital)
    odd = "นางนภา แก้ว\x00ดี\u200b, รพ.ดอยคำ\nนพ.สมชาย เดิน\x1bดี, รพ.ดอยคำ\nดร.นภา  แก้วดี, โรงพยาบาลดอยคำ\n<b>ลุงคำ</b>"
    entered = enter_participants(forum, odd, by=cast.malee)
    assert [(one.name, one.unit) for one in entered.new] == [
        ("นางนภา แก้วดี", cast.hospital),
        ("นพ.สมชาย เดินดี", cast.hospital),
        ("<b>ลุงคำ</b>", None),
    ]
    assert entered.known == 1
    assert enter_participants(forum, odd, by=cast.malee).known == 4


def test_lines_keep_numbers_that_belong_to_names() -> None:
    found = lines_of("1. มาลี\n(2) สมชาย, อบต.\nกลุ่ม 5 ดาว")
    assert [(one.number, one.name, one.unit) for one in found] == [
        (1, "มาลี", ""), (2, "สมชาย", "อบต."), (3, "กลุ่ม 5 ดาว", "")
    ]  # fmt: skip


def test_a_seat_without_an_account_is_opened_by_its_token_alone(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    seat, other = make_participant(forum, name="ป้าสมศรี"), make_participant(forum, name="ลุงคำ")
    member = make_participant(forum, cast.somchai)
    assert opens_seat(seat, seat_token(seat)) is True
    assert opens_seat(seat, seat_token(other)) is False
    assert opens_seat(member, seat_token(member)) is False
    with pytest.raises(Refused):
        change_participant(seat, by=None, name="ปลอม", token=seat_token(other))
    assert change_participant(seat, by=None, name="สมศรี", token=seat_token(seat)).name == "สมศรี"
    assert leave_forum(seat, by=None, token=seat_token(seat)).left_at is not None


def test_readers_see_who_agreed_and_rule_and_filter_agree(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    quiet = make_forum(cast.malee, cast.hospital, audience="unit")
    rows = [
        make_participant(forum, cast.somchai, is_listed=True, unit=cast.town),
        make_participant(forum, name="ไม่เปิดเผย"),
        make_participant(forum, name="รอ", seated=False, is_listed=True),
        make_participant(quiet, name="ในหน่วย", is_listed=True),
    ]
    for reader in (None, cast.malee, cast.nurse, cast.somchai, cast.steward, cast.waiting):
        seen = set(Participant.objects.visible_to(reader))
        assert seen == {one for one in rows if rules.may_see_participant(reader, one)}
    assert set(Participant.objects.visible_to(cast.malee)) == set(rows)
    assert [person.name for team in listed_people(forum, None) for person in team.people] == [
        str(cast.somchai)
    ]
    assert [person.name for team in listed_people(quiet, None) for person in team.people] == []


def test_the_list_is_by_unit_in_thai_order_with_what_the_forum_wishes_of_teams(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital, team_least=2, team_most=2)
    for name, unit in (("ไพลิน", cast.town), ("เกษร", cast.town), ("ขจร", cast.town), ("กานต์", cast.ward)):
        make_participant(forum, name=name, unit=unit)
    make_participant(forum, name="ไม่มีหน่วย")
    page = people_page(forum)
    assert [(team.name, [one.name for one in team.people], bool(team.remark)) for team in page.teams] == [
        ("เทศบาลเมืองคลองลำพู", ["เกษร", "ขจร", "ไพลิน"], True),
        ("หอผู้ป่วยดอยคำ", ["กานต์"], True),
        ("", ["ไม่มีหน่วย"], False),
    ]
    assert (page.seated, page.waiting, page.arrived, page.units) == (5, 0, 0, 2)
    assert [one.name for team in people_page(forum, "เกสร ").teams for one in team.people] == []
    assert [one.name for team in people_page(forum, "คลองลำพู ขจร").teams for one in team.people] == ["ขจร"]
