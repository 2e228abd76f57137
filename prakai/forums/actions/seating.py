"""Seats: how many are taken, and giving one that became free to whoever has waited longest. Part of other actions."""

from __future__ import annotations

from datetime import datetime

from prakai.forums.models import Forum, Participant
from prakai.journal.recording import record
from prakai.people.models import Person


def taken(forum: Forum) -> int:
    """Return how many seats are held."""
    return Participant.objects.seated().filter(forum=forum).count()


def fill_seats(forum: Forum, *, by: Person | None, at: datetime) -> list[Participant]:
    """Give free seats to those who wait, who came first first, and return who got one. The forum is held."""
    if forum.cancelled_at is not None or forum.closed_at is not None:
        return []
    waiting = Participant.objects.waiting().filter(forum=forum)
    if forum.seats is not None:
        waiting = waiting[: max(0, forum.seats - taken(forum))]
    seated = list(waiting)
    for participant in seated:
        participant.seated_at = at
        participant.save(update_fields=["seated_at", "folded", "order_key"])
        record("participant.seated", participant, by=by, at=at, forum=forum.pk)
    return seated
