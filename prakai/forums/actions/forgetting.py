"""Forgetting a person who has left: what ``person.erased`` asks of forums. Part of that action, by its follower."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from prakai.forums.actions.holding import hold
from prakai.forums.actions.seating import fill_seats
from prakai.forums.models import BlockRole, Difference, Forum, Participant, Placement, Role, SeatWish
from prakai.forums.wording import SOMEBODY

PRIVATE = ("nickname", "position", "email", "phone", "team", "experience", "needs")


@transaction.atomic
def forget_at_forums(person_id: int, *, at: datetime) -> None:
    """Let the seats and roles of a person lose her name; that a seat of her unit was taken is all that stays.

    A seat at a forum that is still to come is given back, and goes to whoever waits.
    """
    for forum in Forum.objects.filter(participants__person=person_id).distinct():
        hold(forum)
        for seat in Participant.objects.filter(forum=forum, person=person_id):
            _forget(seat, at)
            # What was noted of her needs, and of others' with regard to her, is no need any more.
            SeatWish.objects.filter(Q(participant=seat) | Q(other=seat)).delete()
        if not forum.has_begun:
            fill_seats(forum, by=None, at=at)
    Difference.objects.filter(person=person_id).delete()
    Role.objects.filter(person=person_id, ended_at__isnull=True).update(ended_at=at)
    BlockRole.objects.filter(person=person_id).update(person=None, name=SOMEBODY)


def _forget(seat: Participant, at: datetime) -> None:
    for column in PRIVATE:
        setattr(seat, column, "")
    seat.name, seat.is_listed, seat.person = SOMEBODY, False, None
    if not seat.forum.has_begun and seat.left_at is None and seat.arrived_at is None:
        seat.left_at, seat.seated_at = at, None
        Placement.objects.filter(participant=seat).delete()
    seat.save()
