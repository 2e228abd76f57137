"""What a seating leaves open, and why: facts, which the room puts into words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from prakai.forums.allocation.sitters import LEAST, LONG, MOST, Plan, Sitter, is_under, wanted_pairs


class Lack(StrEnum):
    """Which wish is not kept."""

    BOSS = "boss"
    APART = "apart"
    TOGETHER = "together"
    EASY = "easy"
    SIZE = "size"
    UNIT = "unit"
    REPEAT = "repeat"
    EXPERIENCE = "experience"
    SEAT = "seat"


class Why(StrEnum):
    """Why it is not kept."""

    BY_HAND = "by_hand"
    NUMBERS = "numbers"
    NONE_EASY = "none_easy"
    OTHER_WISHES = "other_wishes"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that is not kept in ``circle``: about whom, and why. ``many`` and ``of`` are the numbers of the reason."""

    lack: Lack
    why: Why
    circle: int
    people: tuple[int, ...]
    many: int = 0
    of: int = 0


def unmet_wishes(sitters: Sequence[Sitter], plan: Plan, places: Mapping[int, int]) -> list[Unmet]:
    """Return every wish that ``places`` leaves open, the weightiest kind first, circle by circle."""
    circles: dict[int, list[Sitter]] = {number: [] for number in range(1, plan.count + 1)}
    for one in sitters:
        if one.key in places:
            circles.setdefault(places[one.key], []).append(one)
    homeless = [Unmet(Lack.SEAT, Why.OTHER_WISHES, 0, (one.key,)) for one in sitters if one.key not in places]
    found = [*_bosses(circles, plan), *_asked(sitters, plan, places), *_sizes(circles, plan, len(places))]
    found += [*_alike(sitters, circles, plan), *_experience(sitters, circles, plan)]
    return homeless + found


def _bosses(circles: Mapping[int, list[Sitter]], plan: Plan) -> Iterator[Unmet]:
    for number, here in circles.items():
        for boss in (one for one in here if one.heads):
            hers = [one for one in here if is_under(one, boss)]
            if not hers:
                continue
            free = [c for c, there in circles.items() if not any(is_under(one, boss) for one in there)]
            if boss.key in plan.fixed and any(one.key in plan.fixed for one in hers):
                why = Why.BY_HAND
            else:
                why = Why.OTHER_WISHES if free else Why.NUMBERS
            yield Unmet(Lack.BOSS, why, number, (boss.key, *(one.key for one in hers)))


def _asked(sitters: Sequence[Sitter], plan: Plan, places: Mapping[int, int]) -> Iterator[Unmet]:
    told: set[tuple[Lack, frozenset[int]]] = set()
    for one in (one for one in sitters if one.key in places):
        here = places[one.key]
        if one.needs_easy and here not in plan.easy:
            by_hand = Why.BY_HAND if one.key in plan.fixed else Why.OTHER_WISHES
            yield Unmet(Lack.EASY, by_hand if plan.easy else Why.NONE_EASY, here, (one.key,))
        wishes = [(Lack.APART, other) for other in sorted(one.apart) if places.get(other) == here]
        wishes += [
            (Lack.TOGETHER, other) for other in sorted(one.together) if places.get(other, here) != here
        ]
        for lack, other in wishes:
            if other != one.key and (lack, frozenset((one.key, other))) not in told:
                told.add((lack, frozenset((one.key, other))))
                both = one.key in plan.fixed and other in plan.fixed
                yield Unmet(lack, Why.BY_HAND if both else Why.OTHER_WISHES, here, (one.key, other))


def _sizes(circles: Mapping[int, list[Sitter]], plan: Plan, everybody: int) -> Iterator[Unmet]:
    for number, here in circles.items():
        if LEAST <= len(here) <= MOST:
            continue
        by_hand = sum(one.key in plan.fixed for one in here)
        is_uneven = abs(len(here) * plan.count - everybody) >= plan.count
        why = Why.BY_HAND if is_uneven and (by_hand or plan.fixed) else Why.NUMBERS
        yield Unmet(Lack.SIZE, why, number, (), len(here), everybody)


def _alike(sitters: Sequence[Sitter], circles: Mapping[int, list[Sitter]], plan: Plan) -> Iterator[Unmet]:
    """Those of one unit, and those who sat together before, who sit together now; not who wants to."""
    wanted = wanted_pairs(sitters)
    ways: list[tuple[Lack, Mapping[int, Hashable]]] = [
        (Lack.UNIT, {one.key: one.unit for one in sitters if one.unit}),
        *((Lack.REPEAT, earlier) for earlier in plan.past),
    ]
    for lack, marks in ways:
        everywhere = _grouped(sitters, marks)
        for number, here in circles.items():
            for mark, together in _grouped(here, marks).items():
                people = tuple(
                    key
                    for key in together
                    if any(
                        (min(key, other), max(key, other)) not in wanted for other in together if other != key
                    )
                )
                if len(people) < 2:
                    continue
                many = len(everywhere[mark])
                if sum(key in plan.fixed for key in people) > 1:
                    why = Why.BY_HAND
                elif len(people) <= -(-many // plan.count):
                    why = Why.NUMBERS
                else:
                    why = Why.OTHER_WISHES
                yield Unmet(lack, why, number, people, many, plan.count)


def _experience(
    sitters: Sequence[Sitter], circles: Mapping[int, list[Sitter]], plan: Plan
) -> Iterator[Unmet]:
    many = sum(one.experience == LONG for one in sitters)
    for number, here in circles.items():
        if any(one.experience for one in here) and not any(one.experience == LONG for one in here):
            why = Why.NUMBERS if many < plan.count else Why.OTHER_WISHES
            yield Unmet(Lack.EXPERIENCE, why, number, (), many, plan.count)


def _grouped(sitters: Sequence[Sitter], marks: Mapping[int, Hashable]) -> dict[Hashable, tuple[int, ...]]:
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for one in sitters:
        if one.key in marks:
            groups[marks[one.key]].append(one.key)
    return {mark: tuple(keys) for mark, keys in groups.items()}
