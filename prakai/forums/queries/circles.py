"""What the pages of circles read: a round for who prepares it, the sheet on the wall, one circle, a person's own."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from prakai.forums.allocation import LEAST, MOST, Plan, unmet_wishes
from prakai.forums.models import Circle, Forum, Participant, Placement, Round, SeatWish, WishKind
from prakai.forums.queries.open_wishes import OpenWish, in_words
from prakai.forums.queries.sitting import earlier_rounds, sitters_of, who_sits, wishes_of
from prakai.people.models import Person


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a circle: ``stays`` when she was put there by hand."""

    participant: Participant
    turn: int = 0
    stays: bool = False
    needs: bool = False


@dataclass(frozen=True, slots=True)
class CircleRow:
    """A circle with its members in the order of their turns."""

    circle: Circle
    members: list[Member] = field(default_factory=list)

    @property
    def is_odd(self) -> bool:
        """Whether it has fewer than 6 or more than 10 people."""
        return not LEAST <= len(self.members) <= MOST


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round as who prepares it sees it. ``newcomers`` have a seat at the forum, but none in this round yet."""

    round: Round | None
    rounds: list[Round]
    circles: list[CircleRow]
    newcomers: list[Participant]
    wishes: list[OpenWish]
    seated: int
    arrived: int
    sizes: str = ""


@dataclass(frozen=True, slots=True)
class Noted:
    """What somebody wrote of her needs, and what those who prepare the day made of it."""

    participant: Participant
    wishes: list[SeatWish]


def rounds_of(forum: Forum) -> list[Round]:
    """Return the rounds of a forum, the first first."""
    return list(forum.rounds.order_by("number"))


def round_page(forum: Forum, number: int | None = None) -> RoundPage:
    """Return the round with this number (the last if there is none such); as many queries for 6 people as for 1,000."""
    rounds = rounds_of(forum)
    chosen = next((one for one in rounds if one.number == number), rounds[-1] if rounds else None)
    people, wishes = who_sits(forum), wishes_of(forum)
    arrived = sum(one.arrived_at is not None for one in people)
    if chosen is None:
        return RoundPage(None, [], [], people, [], len(people), arrived)
    needing = {key for key, own in wishes.items() if any(one.kind != WishKind.NONE for one in own)}
    rows = circle_rows(chosen, needing)
    places = {one.participant.pk: row.circle.number for row in rows for one in row.members}
    stays = {one.participant.pk for row in rows for one in row.members if one.stays}
    placed = {one.participant.pk: one.participant for row in rows for one in row.members}
    everybody = placed | {one.pk: one for one in people}
    plan = Plan(
        len(rows),
        frozenset(row.circle.number for row in rows if row.circle.is_easy),
        {key: number for key, number in places.items() if key in stays},
        earlier_rounds(forum, chosen.number),
    )
    sitters = sitters_of(forum, everybody.values(), wishes)
    newcomers = [one for one in people if one.pk not in places]
    counted = [one for one in sitters if one.key in places]
    told = in_words(unmet_wishes(counted, plan, places), everybody)
    unread = [one for one in people if one.needs and one.pk not in wishes]
    many = sorted({len(row.members) for row in rows})
    sizes = f"{many[0]}–{many[-1]}" if len(many) > 1 else "".join(map(str, many))
    told += in_words([], everybody, unread=unread)
    return RoundPage(chosen, rounds, rows, newcomers, told, len(people), arrived, sizes)


def circle_rows(laid: Round, needing: set[int] | None = None) -> list[CircleRow]:
    """Return the circles of a round with who sits in them; two queries. Who left the forum is not among them."""
    members: dict[int, list[Member]] = defaultdict(list)
    rows = Placement.objects.filter(round=laid, participant__left_at__isnull=True)
    for one in rows.select_related("participant__unit").order_by("turn", "pk"):
        needs = one.participant_id in (needing or ())
        members[one.circle_id].append(Member(one.participant, one.turn, one.by_hand, needs))
    circles = laid.circles.select_related("facilitator", "recorder").order_by("number")
    return [CircleRow(circle, members[circle.pk]) for circle in circles]


def members_of(circle: Circle) -> list[Member]:
    """Return who sits in one circle, in the order of turns; one query."""
    rows = circle.placements.filter(participant__left_at__isnull=True)
    return [
        Member(one.participant, one.turn, one.by_hand)
        for one in rows.select_related("participant__unit").order_by("turn", "pk")
    ]


def own_circles(forum: Forum, reader: Person | None) -> list[Circle]:
    """Return the circles of shown rounds that ``reader`` sits in or keeps, in the order of rounds."""
    shown = Circle.objects.visible_to(reader).filter(round__forum=forum, round__shown_at__isnull=False)
    if reader is None:
        return []
    sits = Placement.objects.filter(round__forum=forum, participant__person=reader).values("circle")
    hers = shown.filter(pk__in=sits) | shown.filter(facilitator=reader) | shown.filter(recorder=reader)
    rows = hers.distinct().select_related("round", "facilitator", "recorder")
    return list(rows.order_by("round__number", "number"))


def noted_needs(forum: Forum) -> list[Noted]:
    """Return who wrote a need, or of whom one was noted, in Thai order; two queries."""
    wishes = wishes_of(forum)
    return [Noted(one, wishes.get(one.pk, [])) for one in who_sits(forum) if one.needs or one.pk in wishes]
