"""What each pair in one circle, and each person in each circle, costs; and what no seating can do without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from prakai.forums.allocation.sitters import Plan, Sitter, is_under, unwanted_pairs, wanted_pairs

Numbers = NDArray[np.float64]

# A wish of one line outweighs all of the lines beneath it that a circle can hold together.
BOSS: Final = 10_000.0
APART: Final = 10_000.0
EASY: Final = 5_000.0
TOGETHER: Final = 2_000.0
UNIT: Final = 40.0
REPEAT: Final = 20.0
EXPERIENCE: Final = 1.0


def pair_costs(sitters: Sequence[Sitter], plan: Plan) -> Numbers:
    """Return what it costs that two sit in the same circle, for every two."""
    costs = np.zeros((len(sitters), len(sitters)))
    for weight, marks in _groupings(sitters, plan):
        costs += weight * _same(marks)
    place = {one.key: row for row, one in enumerate(sitters)}
    for row, one in enumerate(sitters):
        if one.heads:
            for other, sitter in enumerate(sitters):
                if is_under(sitter, one):
                    costs[row, other] += BOSS
                    costs[other, row] += BOSS
    # A companion is of one unit, and comes again: that costs nothing.
    for left, right in wanted_pairs(sitters):
        costs[place[left], place[right]] = costs[place[right], place[left]] = -TOGETHER
    for left, right in unwanted_pairs(sitters):
        costs[place[left], place[right]] += APART
        costs[place[right], place[left]] += APART
    np.fill_diagonal(costs, 0.0)
    return costs


def place_costs(sitters: Sequence[Sitter], plan: Plan) -> Numbers:
    """Return what it costs that each sits in each circle, whoever else is there."""
    costs = np.zeros((len(sitters), plan.count))
    hard = [number - 1 for number in range(1, plan.count + 1) if number not in plan.easy]
    rows = [row for row, one in enumerate(sitters) if one.needs_easy]
    costs[np.ix_(rows, hard)] = EASY
    return costs


def bound(sitters: Sequence[Sitter], plan: Plan) -> float:
    """Return a cost that no seating can go below: every group spread as evenly as numbers allow, all wishes kept."""
    wanted = wanted_pairs(sitters)
    place = {one.key: row for row, one in enumerate(sitters)}
    least = -TOGETHER * len(wanted)
    for weight, marks in _groupings(sitters, plan):
        alike = (marks[place[left]] for left, right in wanted if marks[place[left]] == marks[place[right]])
        least -= weight * sum(mark is not None for mark in alike)
        for many in Counter(mark for mark in marks if mark is not None).values():
            each, over = divmod(many, plan.count)
            least += weight * (plan.count * each * (each - 1) // 2 + over * each)
    if not plan.easy:
        least += EASY * sum(one.needs_easy for one in sitters)
    return least


def _groupings(sitters: Sequence[Sitter], plan: Plan) -> Iterable[tuple[float, list[Hashable | None]]]:
    """Yield each way in which people are alike, and should be spread, with its weight."""
    yield UNIT, [one.unit or None for one in sitters]
    yield EXPERIENCE, [one.experience or None for one in sitters]
    for earlier in plan.past:
        yield REPEAT, [earlier.get(one.key) for one in sitters]


def _same(marks: Sequence[Hashable | None]) -> Numbers:
    known: dict[Hashable, int] = {}
    numbers = np.array(
        [-1 - row if mark is None else known.setdefault(mark, len(known)) for row, mark in enumerate(marks)]
    )
    alike: Numbers = np.equal.outer(numbers, numbers).astype(np.float64)
    return alike
