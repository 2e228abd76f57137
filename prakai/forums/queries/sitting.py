"""What is read to work out who sits where: people with their units, those they head, their needs, earlier rounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils import timezone

from prakai.forums.allocation import Sitter
from prakai.forums.models import Forum, Participant, Placement, SeatWish, WishKind
from prakai.people.models import Appointment
from prakai.thai.folding import fold


def who_sits(forum: Forum, *, only_arrived: bool = False) -> list[Participant]:
    """Return who is to sit in circles: all with a seat, or of them only who has arrived; in Thai order."""
    rows = Participant.objects.filter(forum=forum).seated().select_related("unit").in_order()
    return list(rows.filter(arrived_at__isnull=False) if only_arrived else rows)


def wishes_of(forum: Forum) -> dict[int, list[SeatWish]]:
    """Return the needs that hold now, by participant."""
    found: dict[int, list[SeatWish]] = defaultdict(list)
    rows = SeatWish.objects.filter(participant__forum=forum, ended_at__isnull=True)
    for wish in rows.select_related("other"):
        found[wish.participant_id].append(wish)
    return dict(found)


def sitters_of(
    forum: Forum, people: Iterable[Participant], wishes: dict[int, list[SeatWish]]
) -> list[Sitter]:
    """Return ``people`` as the allocation knows them; one query, for what they are appointed to on the forum's day.

    Who has no unit in the tree is mixed by the words that she wrote for it.
    """
    rows = sorted(people, key=lambda one: one.pk)
    day = timezone.localdate(forum.starts_at) if forum.starts_at else timezone.localdate()
    under: dict[int, set[int]] = defaultdict(set)
    heads: dict[int, set[int]] = defaultdict(set)
    held = Appointment.objects.holding(day).confirmed().filter(person__in=[one.person_id for one in rows])
    for person, unit, path, is_head in held.values_list("person", "unit", "unit__path", "is_head"):
        under[person].update(int(step) for step in path.split(".") if step)
        if is_head:
            heads[person].add(unit)
    sitters = []
    for one in rows:
        own = wishes.get(one.pk, [])
        here = set(one.unit.ancestor_ids()) if one.unit is not None else set()
        person = one.person_id or 0
        sitters.append(
            Sitter(
                one.pk,
                unit=str(one.unit_id) if one.unit_id else fold(one.unit_words),
                under=frozenset(here | under.get(person, set())),
                heads=frozenset(heads.get(person, ())),
                experience=one.experience,
                needs_easy=any(wish.kind == WishKind.EASY for wish in own),
                together=_others(own, WishKind.TOGETHER),
                apart=_others(own, WishKind.APART),
            )
        )
    return sitters


def earlier_rounds(forum: Forum, before: int) -> list[dict[int, int]]:
    """Return who sat in which circle, for each round before the one with this number."""
    rounds: dict[int, dict[int, int]] = {}
    rows = Placement.objects.filter(round__forum=forum, round__number__lt=before)
    for number, participant, circle in rows.values_list("round__number", "participant", "circle__number"):
        rounds.setdefault(number, {})[participant] = circle
    return [rounds[number] for number in sorted(rounds)]


def _others(wishes: list[SeatWish], kind: WishKind) -> frozenset[int]:
    return frozenset(wish.other_id for wish in wishes if wish.kind == kind and wish.other_id)
