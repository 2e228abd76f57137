"""At the door: who is there, who came without having registered, and taking an arrival back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.registering import SAME, say
from prakai.forums.actions.seating import taken
from prakai.forums.models import Arrival, Forum, Leaving, Participant
from prakai.journal.recording import record
from prakai.people.models import Person


@transaction.atomic
def check_in(participant: Participant, *, by: Person, at: datetime | None = None) -> Arrival:
    """Write that a participant is there. Two taps are one arrival.

    Who waited, or had said that she would not come, gets a seat if the forum's policy has one for her.
    """
    forum = participant.forum
    hold(forum)
    participant.refresh_from_db()
    rules.may_enter(by, forum).or_refuse()
    known = Arrival.objects.filter(participant=participant, undone_at__isnull=True).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    if participant.seated_at is None or participant.left_at is not None:
        rules.may_be_seated(forum, taken=taken(forum), is_known=True).or_refuse()
        Leaving.objects.filter(participant=participant, undone_at__isnull=True).update(undone_at=moment)
        participant.seated_at, participant.left_at = moment, None
    return _arrive(participant, by=by, at=moment)


@transaction.atomic
def walk_in(forum: Forum, *, by: Person, at: datetime | None = None, **words: Any) -> Participant:
    """Let in somebody who had not registered, if the forum's policy allows it, and write that she is there."""
    hold(forum)
    rules.may_enter(by, forum).or_refuse()
    moment = at or timezone.now()
    participant = Participant(
        forum=forum, by=by, registered_at=moment, is_walk_in=True, is_demo=forum.is_demo
    )
    say(participant, words)
    same = Participant.objects.coming().filter(
        forum=forum, is_walk_in=True, name=participant.name, unit=participant.unit,
        unit_words=participant.unit_words, by=by, registered_at__gt=moment - SAME,
    )  # fmt: skip
    if (twin := same.first()) is not None:
        return twin
    rules.may_be_seated(forum, taken=taken(forum), is_known=False).or_refuse()
    participant.seated_at = moment
    participant.save()
    record("participant.walked_in", participant, by=by, at=at, forum=forum.pk)
    _arrive(participant, by=by, at=moment)
    return participant


@transaction.atomic
def undo_arrival(participant: Participant, *, by: Person, at: datetime | None = None) -> Participant:
    """Take an arrival back that was written by mistake; who is not there stays so. Her seat stays hers."""
    hold(participant.forum)
    participant.refresh_from_db()
    rules.may_enter(by, participant.forum).or_refuse()
    undone = Arrival.objects.filter(participant=participant, undone_at__isnull=True).update(
        undone_at=at or timezone.now()
    )
    if undone:
        participant.arrived_at = None
        participant.save(update_fields=["arrived_at", "folded", "order_key"])
        record("participant.sent_back", participant, by=by, at=at, forum=participant.forum_id)
    return participant


def _arrive(participant: Participant, *, by: Person, at: datetime) -> Arrival:
    arrival = Arrival.objects.create(participant=participant, by=by, at=at)
    participant.arrived_at = at
    participant.save(update_fields=["arrived_at", "seated_at", "left_at", "folded", "order_key"])
    record("participant.arrived", participant, by=by, at=at, forum=participant.forum_id)
    return arrival
