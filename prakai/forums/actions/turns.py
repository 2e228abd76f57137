"""The teller's clock of a circle: it begins for all of its phones at once, and ends for all."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from prakai.forums import circle_rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import Circle, Participant, Turn
from prakai.journal.recording import record
from prakai.people.models import Person

AT_ONCE: Final = timedelta(seconds=10)
"""Two who press within this time for the same teller mean one beginning."""


@transaction.atomic
def begin_turn(circle: Circle, participant: Participant, *, by: Person, at: datetime | None = None) -> Turn:
    """Begin the clock of a member of ``circle``; the turn that goes on there ends. Return the turn.

    Raises ``ValidationError`` when she does not sit in this circle.
    """
    hold(circle.round.forum)
    circle_rules.may_move_clock(by, circle).or_refuse()
    if not circle.placements.filter(participant=participant, participant__left_at__isnull=True).exists():
        raise ValidationError({"teller": circle_rules.NOT_HERE})
    moment = at or timezone.now()
    standing = Turn.objects.filter(circle=circle, ended_at__isnull=True).first()
    if standing is not None:
        if standing.participant_id == participant.pk and moment - standing.began_at < AT_ONCE:
            return standing
        standing.ended_at = moment
        standing.save(update_fields=["ended_at"])
    turn = Turn.objects.create(circle=circle, participant=participant, by=by, began_at=moment)
    record("turn.began", turn, by=by, at=at, forum=circle.round.forum_id, circle=circle.pk)
    return turn


@transaction.atomic
def end_turn(circle: Circle, *, by: Person, at: datetime | None = None) -> None:
    """Stop the clock of ``circle``. Where none goes, nothing happens."""
    hold(circle.round.forum)
    circle_rules.may_move_clock(by, circle).or_refuse()
    standing = Turn.objects.filter(circle=circle, ended_at__isnull=True).first()
    if standing is not None:
        standing.ended_at = at or timezone.now()
        standing.save(update_fields=["ended_at"])
        record("turn.ended", standing, by=by, at=at, forum=circle.round.forum_id, circle=circle.pk)
