"""Putting people into circles by hand, giving a circle its keepers, and noting what somebody needs of hers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import Circle, Participant, Placement, Round, SeatWish, WishKind
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def place_by_hand(
    circle: Circle, participants: Sequence[Participant], *, by: Person, at: datetime | None = None
) -> list[Placement]:
    """Put these participants into ``circle``, at the end of its turns; they stay when the round is worked out again."""
    forum = circle.round.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if any(one.forum_id != forum.pk or one.left_at or one.seated_at is None for one in participants):
        raise ValidationError(
            pgettext("circle error", "Only who has a seat at this forum sits in its circles.")
        )
    last = circle.placements.aggregate(last=Max("turn"))["last"] or 0
    placed = []
    for one in participants:
        known = Placement.objects.filter(round=circle.round_id, participant=one).first()
        if known is None:
            known = Placement(round=circle.round, participant=one)
        if known.circle_id != circle.pk:
            last += 1
            known.circle, known.turn = circle, last
        known.by_hand = True
        known.save()
        placed.append(known)
    if placed:
        record("placement.made", circle, by=by, at=at, forum=forum.pk, people=len(placed))
    return placed


@transaction.atomic
def let_placements_go(
    laid: Round, participants: Sequence[Participant], *, by: Person, at: datetime | None = None
) -> int:
    """Let these people be placed anew when the round is worked out again; return how many had stood fast."""
    forum = laid.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    freed = laid.placements.filter(participant__in=participants, by_hand=True).update(by_hand=False)
    if freed:
        record("placement.freed", laid, by=by, at=at, forum=forum.pk, people=freed)
    return freed


@transaction.atomic
def name_circle_keepers(
    circle: Circle,
    *,
    by: Person,
    facilitator: Person | None = None,
    recorder: Person | None = None,
    room: str = "",
    is_easy: bool = False,
    at: datetime | None = None,
) -> Circle:
    """Say who keeps a circle and who writes, in which room, and whether that is easy to reach.

    Keepers have a role at the forum (``give_role``); raises ``ValidationError`` for one who has none.
    """
    forum = circle.round.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    for field, person in (("facilitator", facilitator), ("recorder", recorder)):
        if person is not None and not rules.has_role(person, forum):
            raise ValidationError(
                {field: pgettext("circle error", "Give this person a role at the forum first.")}
            )
    circle.facilitator, circle.recorder = facilitator, recorder
    circle.room, circle.is_easy = line(room, most=120, field="room"), is_easy
    circle.save(update_fields=["facilitator", "recorder", "room", "is_easy"])
    record("circle.kept", circle, by=by, at=at, forum=forum.pk)
    return circle


@transaction.atomic
def note_seat_wish(
    participant: Participant,
    kind: str,
    *,
    by: Person,
    other: Participant | None = None,
    at: datetime | None = None,
) -> SeatWish:
    """Note what a participant needs of her circle (a ``WishKind``); noted twice it is one."""
    forum = participant.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if kind not in WishKind.values:
        raise ValidationError({"kind": pgettext("circle error", "Please choose one of the answers.")})
    if kind in (WishKind.TOGETHER, WishKind.APART):
        if other is None:
            raise ValidationError({"other": pgettext("circle error", "With whom? Please write a name.")})
        if other.pk == participant.pk or other.forum_id != forum.pk:
            raise ValidationError(
                {"other": pgettext("circle error", "That has to be somebody else of this forum.")}
            )
    else:
        other = None
    wish, is_new = SeatWish.objects.get_or_create(
        participant=participant,
        kind=kind,
        other=other,
        ended_at=None,
        defaults={"by": by, "at": at or timezone.now()},
    )
    if is_new:
        record("seat_wish.noted", wish, by=by, at=at, forum=forum.pk)
    return wish


@transaction.atomic
def end_seat_wish(wish: SeatWish, *, by: Person, at: datetime | None = None) -> SeatWish:
    """Let a need that was noted hold no longer; one that has ended stays as it is."""
    forum = wish.participant.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if wish.ended_at is None:
        wish.ended_at = at or timezone.now()
        wish.save(update_fields=["ended_at"])
        record("seat_wish.ended", wish, by=by, at=at, forum=forum.pk)
    return wish
