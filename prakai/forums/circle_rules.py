"""May she? for circles, their rounds and turns: pure, with reasons."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from prakai.forums.models import Circle, Round
from prakai.forums.rules import WAITS, may_change, may_record
from prakai.kernel.verdicts import YES, Verdict, no
from prakai.people.models import Person
from prakai.people.rules import SIGN_IN_FIRST

NOT_HERE = pgettext_lazy("forum refusal", "Whose turn you pressed does not sit in this circle any more.")


def may_see_circle(reader: Person | None, circle: Circle) -> Verdict:
    """May ``reader`` open this circle's page? The rule of ``Circle.objects.visible_to``, for one row."""
    if may_record(reader, circle.round.forum):
        return YES
    if circle.round.shown_at is None:
        return no(pgettext_lazy("forum refusal", "The circles are not settled yet."))
    seats = circle.placements.filter(participant__person=reader, participant__left_at__isnull=True)
    if reader is not None and (reader.pk in (circle.facilitator_id, circle.recorder_id) or seats.exists()):
        return YES
    return no(pgettext_lazy("forum refusal", "What is told in a circle belongs to those who sit in it."))


def may_move_clock(person: Person | None, circle: Circle) -> Verdict:
    """May ``person`` begin and end turns in this circle? Whoever sits in it or keeps it, and who records the forum."""
    if person is None or not person.is_authenticated:
        return SIGN_IN_FIRST
    return may_see_circle(person, circle) if person.is_active else WAITS


def may_remove_round(person: Person | None, circles: Round) -> Verdict:
    """May ``person`` take a round of circles away? Who prepares the forum, while it is not shown."""
    if not (verdict := may_change(person, circles.forum)):
        return verdict
    if circles.shown_at is not None:
        return no(
            pgettext_lazy("forum refusal", "People know their circles of this round already."),
            pgettext_lazy("forum refusal", "Hide the round first, then take it away."),
        )
    return YES
