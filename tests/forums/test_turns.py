"""Turns: who may begin one, one at a time in a circle, and two who press together begin one."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from prakai.forums import circle_rules
from prakai.forums.actions import (
    begin_turn,
    end_turn,
    give_role,
    lay_circles,
    leave_forum,
    name_circle_keepers,
    show_round,
)
from prakai.forums.models import Circle, Turn
from prakai.forums.queries.turns import turn_of
from prakai.journal.models import Entry
from prakai.kernel.verdicts import Refused
from tests.factories.forums import make_forum, make_participant
from tests.factories.people import make_person
from tests.forums.test_circles import crowd


@pytest.fixture
def day(cast: SimpleNamespace) -> SimpleNamespace:
    forum = make_forum(cast.malee, cast.hospital)
    people = crowd(forum, 13)
    seat = make_participant(forum, cast.somchai, unit=cast.town)
    laid = lay_circles(forum, by=cast.malee)
    show_round(laid, by=cast.malee)
    own = laid.circles.get(placements__participant=seat)
    other = laid.circles.exclude(pk=own.pk).first()
    mate = next(one for one in people if own.placements.filter(participant=one).exists())
    return SimpleNamespace(forum=forum, laid=laid, own=own, other=other, seat=seat, mate=mate)


def test_who_sits_there_or_keeps_it_moves_the_clock(cast: SimpleNamespace, day: SimpleNamespace) -> None:
    keeper = make_person("ลิขิต")
    give_role(day.forum, keeper, "recorder", by=cast.malee)
    name_circle_keepers(day.own, by=cast.malee, recorder=keeper)
    circle = Circle.objects.get(pk=day.own.pk)
    allowed = [bool(circle_rules.may_move_clock(one, circle)) for one in (cast.somchai, keeper, cast.malee)]
    assert allowed == [True, True, True]
    assert [bool(circle_rules.may_move_clock(one, circle)) for one in (None, cast.nurse, cast.waiting)] == [
        False
    ] * 3
    assert bool(circle_rules.may_move_clock(cast.somchai, day.other)) is False
    begin_turn(circle, day.mate, by=cast.somchai)
    with pytest.raises(Refused):
        begin_turn(day.other, day.mate, by=cast.somchai)
    with pytest.raises(Refused):
        end_turn(circle, by=cast.nurse)
    assert turn_of(circle).participant == day.mate


def test_one_turn_at_a_time(cast: SimpleNamespace, day: SimpleNamespace) -> None:
    now = timezone.now()
    first = begin_turn(day.own, day.seat, by=cast.malee, at=now - timedelta(minutes=8))
    assert begin_turn(day.own, day.seat, by=cast.somchai, at=first.began_at + timedelta(seconds=3)) == first
    second = begin_turn(day.own, day.mate, by=cast.somchai, at=now - timedelta(minutes=1))
    assert (turn_of(day.own), Turn.objects.get(pk=first.pk).ended_at) == (second, second.began_at)
    assert second.asks_until - second.began_at == timedelta(minutes=8)
    end_turn(day.own, by=cast.somchai)
    end_turn(day.own, by=cast.somchai)
    assert turn_of(day.own) is None
    verbs = Entry.objects.filter(verb__startswith="turn.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["turn.began", "turn.began", "turn.ended"]


def test_who_does_not_sit_there_does_not_tell_there(cast: SimpleNamespace, day: SimpleNamespace) -> None:
    begin_turn(day.own, day.mate, by=cast.malee)
    with pytest.raises(ValidationError):
        begin_turn(day.other, day.mate, by=cast.malee)
    leave_forum(day.mate, by=cast.malee)
    assert turn_of(day.own) is None
    with pytest.raises(ValidationError):
        begin_turn(day.own, day.mate, by=cast.malee)


def test_a_clock_of_this_morning_is_forgotten(cast: SimpleNamespace, day: SimpleNamespace) -> None:
    begin_turn(day.own, day.seat, by=cast.malee, at=timezone.now() - timedelta(hours=7))
    assert turn_of(day.own) is None
    assert begin_turn(day.own, day.mate, by=cast.malee) == turn_of(day.own)
