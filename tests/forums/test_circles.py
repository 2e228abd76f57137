"""Laying circles, moving people by hand, who may see which circle."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from prakai.forums import circle_rules
from prakai.forums.actions import (
    close_forum,
    end_seat_wish,
    give_role,
    hide_round,
    lay_again,
    lay_circles,
    let_placements_go,
    name_circle_keepers,
    note_seat_wish,
    place_by_hand,
    remove_round,
    show_round,
)
from prakai.forums.models import Circle, Forum, Participant, Placement, Round, SeatWish
from prakai.forums.queries.circles import own_circles, round_page
from prakai.forums.queries.sitting import sitters_of, who_sits, wishes_of
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.units.models import Unit
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_appointment, make_person
from tests.factories.units import make_unit


def crowd(forum: Forum, people: int, units: int = 8) -> list[Participant]:
    """Names alone, of units in turn."""
    places = [make_unit(f"หน่วยที่ {n}") for n in range(units)]
    return [make_participant(forum, name=f"คนที่ {n:02}", unit=places[n % units]) for n in range(people)]


def where(laid: Round) -> dict[int, int]:
    return dict(laid.placements.values_list("participant", "circle__number"))


def test_rounds_seat_everybody_and_only_who_prepares_lays_them(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    with pytest.raises(ValidationError):
        lay_circles(forum, by=cast.malee)
    crowd(forum, 24)
    make_participant(forum, name="ยังรอที่นั่ง", seated=False)
    with pytest.raises(Refused):
        lay_circles(forum, by=cast.somchai)
    with pytest.raises(ValidationError):
        lay_circles(forum, by=cast.malee, wished=12)
    first = lay_circles(forum, by=cast.malee, question="ทำอย่างไร  จึงดี")
    second = lay_circles(forum, by=cast.malee)
    assert (first.number, first.question, second.number) == (1, "ทำอย่างไร จึงดี", 2)
    assert sorted(Counter(where(first).values()).values()) == [8, 8, 8]
    turns = Placement.objects.filter(circle=first.circles.first()).values_list("turn", flat=True)
    assert sorted(turns) == list(range(1, 9))
    assert set(where(first)) == set(where(second)) == {one.pk for one in who_sits(forum)}
    assert list(Entry.objects.filter(verb="round.laid").values_list("facts__number", flat=True)) == [1, 2]
    close_forum(make_started(forum), by=cast.malee)
    with pytest.raises(Refused):
        lay_again(first, by=cast.malee)


def make_started(forum: Forum) -> Forum:
    forum.starts_at = timezone.now()
    forum.save(update_fields=["starts_at", "slug"])
    return forum


def test_heads_are_known_by_confirmed_appointments_and_speak_last(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    director = make_person("ผู้อำนวย")
    make_appointment(director, cast.hospital, is_head=True)
    stated = make_person("อ้างเอง")
    claim = make_appointment(stated, cast.ward, is_head=True)
    claim.confirmed_at = None
    claim.save()
    head = make_participant(forum, director, unit=cast.town)
    nurse = make_participant(forum, cast.nurse, unit=cast.ward)
    other = make_participant(forum, stated, unit_words="วัดบ้านนา")
    sitters = {one.key: one for one in sitters_of(forum, who_sits(forum), {})}
    assert (sitters[head.pk].heads, sitters[other.pk].heads) == ({cast.hospital.pk}, frozenset())
    assert sitters[nurse.pk].under == {cast.hospital.pk, cast.ward.pk}
    assert sitters[head.pk].under == {cast.town.pk, cast.hospital.pk}
    assert sitters[other.pk].unit == "วัดบ้านนา"
    crowd(forum, 9)
    laid = lay_circles(forum, by=cast.malee)
    seat = laid.placements.get(participant=head)
    assert seat.circle_id != laid.placements.get(participant=nurse).circle_id
    assert seat.turn == max(seat.circle.placements.values_list("turn", flat=True))


def test_what_hands_did_stays_and_newcomers_find_a_seat(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    people = crowd(forum, 20)
    laid = lay_circles(forum, by=cast.malee)
    target = laid.circles.exclude(placements__participant=people[0]).order_by("number")[0]
    with pytest.raises(Refused):
        place_by_hand(target, [people[0]], by=cast.nurse)
    place_by_hand(target, [people[0]], by=cast.malee)
    place_by_hand(target, [people[0]], by=cast.malee)
    lay_again(laid, by=cast.malee)
    assert where(laid)[people[0].pk] == target.number
    assert list(laid.placements.filter(by_hand=True).values_list("participant", flat=True)) == [people[0].pk]
    before = where(laid)
    late = make_participant(forum, name="มาสาย")
    Participant.objects.filter(pk=people[5].pk).update(left_at=timezone.now())
    lay_again(laid, by=cast.malee, only_newcomers=True)
    after = where(laid)
    assert (late.pk in after, people[5].pk in after) == (True, False)
    assert {key: after[key] for key in before if key != people[5].pk} == {
        key: number for key, number in before.items() if key != people[5].pk
    }
    assert laid.placements.filter(by_hand=True).count() == 1
    assert let_placements_go(laid, [people[0]], by=cast.malee) == 1
    assert laid.placements.filter(by_hand=True).count() == 0
    lay_again(laid, by=cast.malee, wished=6)
    assert sorted(Counter(where(laid).values()).values()) == [6, 7, 7]
    stranger = make_participant(make_forum(cast.malee, cast.hospital, "อื่น"), name="คนละเวที")
    with pytest.raises(ValidationError):
        place_by_hand(target, [stranger], by=cast.malee)


def test_only_who_has_arrived_sits_when_that_is_wanted(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    people = crowd(forum, 14)
    Participant.objects.filter(pk__in=[one.pk for one in people[:7]]).update(arrived_at=timezone.now())
    laid = lay_circles(forum, by=cast.malee, only_arrived=True)
    assert set(where(laid)) == {one.pk for one in people[:7]}
    assert {one.pk for one in round_page(forum).newcomers} == {one.pk for one in people[7:]}


def test_needs_are_noted_kept_and_reported(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    people = crowd(forum, 16)
    Participant.objects.filter(pk=people[3].pk).update(needs="ใช้รถเข็น")
    laid = lay_circles(forum, by=cast.malee, easy={2})
    assert [one.circle for one in round_page(forum).wishes if one.is_weighty] == [0]
    for bad in ({"kind": "apart"}, {"kind": "apart", "other": people[3]}, {"kind": "sing"}):
        with pytest.raises(ValidationError):
            note_seat_wish(people[3], by=cast.malee, **bad)
    with pytest.raises(Refused):
        note_seat_wish(people[3], "easy", by=cast.nurse)
    wish = note_seat_wish(people[3], "easy", by=cast.malee)
    assert note_seat_wish(people[3], "easy", by=cast.malee) == wish
    note_seat_wish(people[0], "apart", other=people[9], by=cast.malee)
    note_seat_wish(people[1], "together", other=people[8], by=cast.malee)
    lay_again(laid, by=cast.malee)
    seats = where(laid)
    assert (seats[people[3].pk], seats[people[0].pk] == seats[people[9].pk]) == (2, False)
    assert seats[people[1].pk] == seats[people[8].pk]
    assert [one.is_weighty for one in round_page(forum).wishes if one.is_weighty] == []
    end_seat_wish(wish, by=cast.malee)
    assert SeatWish.objects.filter(ended_at__isnull=True).count() == 2
    assert set(wishes_of(forum)) == {people[0].pk, people[1].pk}
    assert "รถเข็น" not in str(list(Entry.objects.values_list("facts", flat=True)))


def test_keepers_have_a_role_and_are_taken_over_into_the_next_round(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    crowd(forum, 16)
    circle = lay_circles(forum, by=cast.malee).circles.get(number=1)
    with pytest.raises(ValidationError):
        name_circle_keepers(circle, by=cast.malee, facilitator=cast.nurse)
    give_role(forum, cast.nurse, "facilitator", by=cast.malee)
    with pytest.raises(Refused):
        name_circle_keepers(circle, by=cast.somchai, facilitator=cast.nurse)
    name_circle_keepers(circle, by=cast.malee, facilitator=cast.nurse, room="ห้อง 2", is_easy=True)
    second = lay_circles(forum, by=cast.malee).circles.get(number=1)
    assert (second.facilitator, second.room, second.is_easy) == (cast.nurse, "ห้อง 2", True)


def test_rule_and_filter_agree_for_every_reader(cast: SimpleNamespace) -> None:
    forum = make_forum(cast.malee, cast.hospital)
    crowd(forum, 12)
    seats = {person: make_participant(forum, person) for person in (cast.somchai, cast.waiting)}
    recorder = make_person("ลิขิต")
    give_role(forum, recorder, "recorder", by=cast.malee)
    give_role(forum, cast.nurse, "observer", by=cast.malee)
    hidden, shown = lay_circles(forum, by=cast.malee), lay_circles(forum, by=cast.malee)
    for laid in (hidden, shown):
        name_circle_keepers(laid.circles.get(number=1), by=cast.malee, recorder=cast.nurse)
    with pytest.raises(Refused):
        show_round(shown, by=recorder)
    show_round(shown, by=cast.malee)
    show_round(shown, by=cast.malee)
    assert Entry.objects.filter(verb="round.shown").count() == 1
    circles = list(Circle.objects.select_related("round__forum"))
    readers: list[Person | None] = [
        None,
        cast.malee,
        cast.nurse,
        recorder,
        *seats,
        cast.steward,
        make_person("อื่น"),
    ]
    seen = {}
    for reader in readers:
        found = set(Circle.objects.visible_to(reader))
        assert found == {one for one in circles if circle_rules.may_see_circle(reader, one)}
        seen[reader] = len(found)
    assert [seen[one] for one in readers] == [0, 4, 1, 4, 1, 1, 4, 0]
    assert [one.round for one in own_circles(forum, cast.somchai)] == [shown]
    assert (own_circles(forum, cast.malee), own_circles(forum, None)) == ([], [])
    with pytest.raises(Refused):
        remove_round(shown, by=cast.malee)
    hide_round(shown, by=cast.malee)
    assert own_circles(forum, cast.somchai) == []
    remove_round(shown, by=cast.malee)
    assert lay_circles(forum, by=cast.malee).number == 2


def test_a_round_is_read_in_as_many_queries_for_many_as_for_few(cast: SimpleNamespace) -> None:
    def asked(people: int, unit: Unit) -> int:
        forum = make_forum(cast.malee, unit, f"เวที {people}")
        for one in crowd(forum, people):
            Participant.objects.filter(pk=one.pk).update(person=make_person(f"ก{one.pk}"))
        lay_circles(forum, by=cast.malee)
        lay_circles(forum, by=cast.malee)
        with CaptureQueriesContext(connection) as queries:
            round_page(Forum.objects.get(pk=forum.pk), 2)
        with CaptureQueriesContext(connection) as laying:
            lay_circles(Forum.objects.get(pk=forum.pk), by=cast.malee)
        return len(queries) * 1000 + len(laying)

    assert asked(6, cast.hospital) == asked(40, cast.hospital)
