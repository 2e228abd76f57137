"""Laying circles: a new round, the same round once more, showing it, taking it away."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from random import Random

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import circle_rules, rules
from prakai.forums.actions.holding import hold
from prakai.forums.allocation import LEAST, MOST, WISHED, Plan, Sitter, circles_for, seat
from prakai.forums.models import Circle, Forum, Participant, Placement, Round
from prakai.forums.queries.sitting import earlier_rounds, sitters_of, who_sits, wishes_of
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def lay_circles(
    forum: Forum,
    *,
    by: Person,
    wished: int = WISHED,
    easy: Collection[int] = (),
    question: str = "",
    only_arrived: bool = False,
    at: datetime | None = None,
) -> Round:
    """Lay a new round of circles of about ``wished`` people and return it; it is not shown yet.

    Rooms and who keeps each circle are taken over from the round before. ``easy`` are the numbers of circles that are
    easy to reach. Raises ``ValidationError`` when nobody has a seat, or a circle cannot have that many.
    """
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    people = who_sits(forum, only_arrived=only_arrived)
    count = _count(len(people), wished)
    before = forum.rounds.order_by("-number").first()
    words = line(question, most=300, field="question")
    number = before.number + 1 if before else 1
    laid = Round.objects.create(forum=forum, number=number, question=words, by=by, at=at or timezone.now())
    kept = {one.number: one for one in before.circles.all()} if before else {}
    Circle.objects.bulk_create(
        [_like(kept.get(number), laid, number, easy) for number in range(1, count + 1)]
    )
    _fill(laid, people, {})
    record("round.laid", laid, by=by, at=at, forum=forum.pk, number=laid.number, circles=count)
    return laid


@transaction.atomic
def lay_again(
    laid: Round,
    *,
    by: Person,
    wished: int | None = None,
    only_arrived: bool = False,
    only_newcomers: bool = False,
    at: datetime | None = None,
) -> Round:
    """Work a round out once more: what was put by hand stays; who left the forum goes, who came since gets a seat.

    ``only_newcomers``: everybody who sits in a circle stays. ``wished`` changes how many circles there are.
    """
    hold(laid.forum)
    rules.may_change(by, laid.forum).or_refuse()
    people = who_sits(laid.forum, only_arrived=only_arrived)
    placed = list(laid.placements.select_related("circle"))
    here = {one.pk for one in people}
    fixed = {
        one.participant_id: one.circle.number
        for one in placed
        if one.participant_id in here and (one.by_hand or only_newcomers)
    }
    if wished is not None and not only_newcomers:
        count = max([_count(len(people), wished), *fixed.values()])
        kept = set(laid.circles.values_list("number", flat=True))
        laid.circles.filter(number__gt=count).delete()
        new = [_like(None, laid, number, ()) for number in range(1, count + 1) if number not in kept]
        Circle.objects.bulk_create(new)
    by_hand = {one.participant_id for one in placed if one.by_hand}
    turns = {one.participant_id: one.turn for one in placed} if only_newcomers else {}
    laid.placements.all().delete()
    _fill(laid, people, fixed, by_hand=by_hand, turns=turns)
    record("round.laid_again", laid, by=by, at=at, forum=laid.forum_id, number=laid.number)
    return laid


@transaction.atomic
def show_round(laid: Round, *, by: Person, at: datetime | None = None) -> Round:
    """Let everybody see which circle is hers. Showing twice is showing once."""
    hold(laid.forum)
    rules.may_change(by, laid.forum).or_refuse()
    laid.refresh_from_db(fields=["shown_at"])
    if laid.shown_at is None:
        laid.shown_at = at or timezone.now()
        laid.save(update_fields=["shown_at"])
        record("round.shown", laid, by=by, at=at, forum=laid.forum_id, number=laid.number)
    return laid


@transaction.atomic
def hide_round(laid: Round, *, by: Person, at: datetime | None = None) -> Round:
    """Take a round back to those who prepare it; one that is not shown stays as it is."""
    hold(laid.forum)
    rules.may_change(by, laid.forum).or_refuse()
    laid.refresh_from_db(fields=["shown_at"])
    if laid.shown_at is not None:
        laid.shown_at = None
        laid.save(update_fields=["shown_at"])
        record("round.hidden", laid, by=by, at=at, forum=laid.forum_id, number=laid.number)
    return laid


@transaction.atomic
def remove_round(laid: Round, *, by: Person, at: datetime | None = None) -> None:
    """Take a round that nobody has seen away, with its circles; the others keep their numbers."""
    hold(laid.forum)
    laid.refresh_from_db(fields=["shown_at"])
    circle_rules.may_remove_round(by, laid).or_refuse()
    record("round.removed", laid, by=by, at=at, forum=laid.forum_id, number=laid.number)
    laid.delete()


def _count(people: int, wished: int) -> int:
    if not LEAST <= wished <= MOST:
        words = pgettext("circle error", "A circle has %(least)d to %(most)d people.")
        raise ValidationError({"wished": words % {"least": LEAST, "most": MOST}})
    if not people:
        raise ValidationError(pgettext("circle error", "Nobody has a seat yet; circles need people."))
    return circles_for(people, wished)


def _like(kept: Circle | None, laid: Round, number: int, easy: Collection[int]) -> Circle:
    """Return a circle of this number: its room and keepers as they were in the round before."""
    circle = Circle(round=laid, number=number, is_easy=number in easy)
    if kept is not None:
        circle.room, circle.facilitator_id, circle.recorder_id = (
            kept.room,
            kept.facilitator_id,
            kept.recorder_id,
        )
        circle.is_easy = circle.is_easy or kept.is_easy
    return circle


def _fill(
    laid: Round,
    people: list[Participant],
    fixed: Mapping[int, int],
    *,
    by_hand: Collection[int] = (),
    turns: Mapping[int, int] | None = None,
) -> None:
    """Seat ``people``; who heads a unit speaks last in her circle, the others in an order of chance."""
    forum = laid.forum
    sitters = sitters_of(forum, people, wishes_of(forum))
    circles = {one.number: one for one in laid.circles.all()}
    easy = frozenset(number for number, one in circles.items() if one.is_easy)
    plan = Plan(len(circles), easy, fixed, earlier_rounds(forum, laid.number))
    places = seat(sitters, plan, seed=forum.pk * 100 + laid.number).places
    order = _turns(sitters, places, seed=laid.pk) | dict(turns or {})
    Placement.objects.bulk_create(
        [
            Placement(
                circle=circles[number],
                round=laid,
                participant_id=key,
                turn=order[key],
                by_hand=key in by_hand and key in fixed,
            )
            for key, number in places.items()
        ]
    )


def _turns(sitters: list[Sitter], places: Mapping[int, int], *, seed: int) -> dict[int, int]:
    chance = Random(seed)  # noqa: S311  nothing secret: only so that it is not always the same who begins
    shuffled = sorted(sitters, key=lambda one: (bool(one.heads), chance.random()))
    taken: dict[int, int] = {}
    turns: dict[int, int] = {}
    for one in shuffled:
        number = places[one.key]
        taken[number] = turns[one.key] = taken.get(number, 0) + 1
    return turns
