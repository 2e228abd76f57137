"""Finding the places: people are dealt to circles like cards, then exchanged until nothing gets better.

Each step places at most one person in each circle. Then nobody who is placed meets another who is placed in the same
step, what each place costs is known beforehand, and the best places of a step are an assignment: for HiGHS, exact.
The seed alone decides what is tried; the clock never does, so that the same people get the same places again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import highspy
import numpy as np
from numpy.typing import NDArray

from prakai.forums.allocation.seating import Seating
from prakai.forums.allocation.sitters import Plan, Sitter, wanted_pairs
from prakai.forums.allocation.wishing import TOGETHER, Numbers, bound, pair_costs, place_costs

STEPS: Final = 1500
PATIENCE: Final = 250
WIDTH: Final = 16
LEAVES_A_SEAT: Final = 0.2
SETTINGS: Final = (
    ("output_flag", False),
    ("threads", 1),
    ("solver", "simplex"),
    ("presolve", "off"),
    ("random_seed", 1),
)

Whole = NDArray[np.int64]


def dealt(sitters: Sequence[Sitter], plan: Plan, seed: int) -> Seating:
    """Return the seating that dealing and exchanging come to; there are people, and circles."""
    table = _Table(sitters, plan)
    table.deal()
    table.exchange(np.random.default_rng(seed), bound(sitters, plan))
    places = {one.key: int(circle) + 1 for one, circle in zip(sitters, table.where, strict=True)}
    return Seating(places, table.cost, bound(sitters, plan))


class _Table:
    """People, circles, and what it costs at this moment to put each person into each circle."""

    def __init__(self, sitters: Sequence[Sitter], plan: Plan) -> None:
        self.count = plan.count
        self.pairs = pair_costs(sitters, plan)
        self.alone = place_costs(sitters, plan)
        self.costs = self.alone.copy()
        self.hopes = _hopes(sitters)
        self.where: Whole = np.full(len(sitters), -1, dtype=np.int64)
        self.sizes: Whole = np.zeros(plan.count, dtype=np.int64)
        self.solver = _Assignment()
        places = [plan.fixed.get(one.key) for one in sitters]
        held = [number is not None and 1 <= number <= plan.count for number in places]
        self.is_fixed = np.array(held)
        for row, number in enumerate(places):
            if held[row] and number is not None:
                self._put(row, number - 1)
        self.order = _order(sitters, self.is_fixed)
        self.least, self.most = _sizes(self.sizes, len(self.order))

    @property
    def cost(self) -> float:
        """What the seating costs now; a pair counts once."""
        rows = np.arange(len(self.where))
        shared = (self.costs - self.alone)[rows, self.where].sum() / 2
        return float(shared + self.alone[rows, self.where].sum())

    def deal(self) -> None:
        """Give everybody a seat, at most one a circle at a time, the emptiest circles first."""
        waiting = list(self.order)
        level = 0
        while waiting:
            level += 1
            opened = np.flatnonzero(self.sizes < level)
            if not len(opened):
                continue
            rows, waiting = np.array(waiting[: len(opened)]), waiting[len(opened) :]
            upper = np.ones(len(opened))
            chosen = self.solver.solve(self.costs[np.ix_(rows, opened)], np.zeros(len(opened)), upper)
            for row, column in zip(rows, chosen, strict=True):
                self._put(int(row), int(opened[column]))

    def exchange(self, chance: np.random.Generator, goal: float) -> None:
        """Let one of each of some circles change places, as well as it can be done, until it helps no more."""
        now, idle, steps = self.cost, 0, 0
        while now > goal + 1e-6 and idle < PATIENCE and steps < STEPS:
            steps += 1
            gain = self._one_exchange(chance)
            now -= gain
            idle = 0 if gain > 1e-6 else idle + 1

    def _one_exchange(self, chance: np.random.Generator) -> float:
        circles, movers = self._pick(chance)
        going = movers[movers >= 0]
        if not len(going):
            return 0.0
        costs = self.costs[np.ix_(going, circles)].copy()
        left = self.sizes[circles].copy()
        for column, mover in enumerate(movers):
            if mover >= 0:
                costs[:, column] -= self.pairs[going, mover]
                left[column] -= 1
        needs = (left < self.least[circles]).astype(np.float64)
        takes = (left < self.most[circles]).astype(np.float64)
        chosen = self.solver.solve(costs, needs, takes)
        rows, stay = np.arange(len(going)), np.flatnonzero(movers >= 0)
        gain = float(costs[rows, stay].sum() - costs[rows, chosen].sum())
        if gain < -1e-6:
            return 0.0
        for row, column, before in zip(going, chosen, stay, strict=True):
            if column != before:
                self._take(int(row))
                self._put(int(row), int(circles[column]))
        return gain

    def _pick(self, chance: np.random.Generator) -> tuple[Whole, Whole]:
        """Choose circles, and from each one who may move (-1: nobody); what costs much is chosen more often."""
        own = np.maximum(self.costs[np.arange(len(self.where)), self.where] + self.hopes, 0.0)
        circles = np.arange(self.count)
        if self.count > WIDTH:
            weight = np.bincount(self.where, own, self.count)
            weight += weight.mean() * 0.1 + 1e-3
            circles = chance.choice(self.count, WIDTH, replace=False, p=weight / weight.sum())
        movers = np.full(len(circles), -1, dtype=np.int64)
        for column, circle in enumerate(circles):
            rows = np.flatnonzero((self.where == circle) & ~self.is_fixed)
            has_room = self.sizes[circle] < self.most[circle]
            if not len(rows) or (has_room and chance.random() < LEAVES_A_SEAT):
                continue
            weight = own[rows] + own[rows].mean() * 0.3 + 1e-3
            movers[column] = chance.choice(rows, p=weight / weight.sum())
        return circles, movers

    def _put(self, row: int, circle: int) -> None:
        self.where[row] = circle
        self.sizes[circle] += 1
        self.costs[:, circle] += self.pairs[:, row]

    def _take(self, row: int) -> None:
        circle = self.where[row]
        self.sizes[circle] -= 1
        self.costs[:, circle] -= self.pairs[:, row]


class _Assignment:
    """Each row gets one column, each column between 0 and 1 (or exactly 1) rows, at the least cost: HiGHS, exactly."""

    def __init__(self) -> None:
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in SETTINGS:
            self.highs.setOptionValue(name, value)
        self.models: dict[tuple[int, ...], Any] = {}

    def solve(self, costs: Numbers, least: Numbers, most: Numbers) -> Whole:
        """Return the column of each row."""
        model = self.models.get(costs.shape) or self.models.setdefault(costs.shape, self._model(*costs.shape))
        ones = np.ones(costs.shape[0])
        model.col_cost_ = costs.ravel()
        model.row_lower_ = np.concatenate([ones, least])
        model.row_upper_ = np.concatenate([ones, most])
        self.highs.passModel(model)
        self.highs.run()
        found = np.array(self.highs.getSolution().col_value).reshape(costs.shape)
        columns: Whole = found.argmax(axis=1).astype(np.int64)
        return columns

    def _model(self, rows: int, columns: int) -> Any:
        model = highspy.HighsLp()
        cells = rows * columns
        model.num_col_, model.num_row_ = cells, rows + columns
        model.col_lower_, model.col_upper_ = np.zeros(cells), np.ones(cells)
        row, column = np.divmod(np.arange(cells), columns)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_ = np.arange(0, 2 * cells + 1, 2, dtype=np.int32)
        model.a_matrix_.index_ = np.stack([row, rows + column], axis=1).ravel().astype(np.int32)
        model.a_matrix_.value_ = np.ones(2 * cells)
        return model


def _hopes(sitters: Sequence[Sitter]) -> Numbers:
    """What each could still gain by sitting with those she wants to sit with."""
    many = Counter(key for pair in wanted_pairs(sitters) for key in pair)
    return np.array([TOGETHER * many[one.key] for one in sitters])


def _order(sitters: Sequence[Sitter], is_fixed: NDArray[np.bool_]) -> list[int]:
    """Who is hardest to place comes first: who has wishes, who heads a unit, then the units that sent most people."""
    many = Counter(one.unit for one in sitters)
    seconds = {
        right for _, right in wanted_pairs(sitters)
    }  # each finds the one whom she wants seated already

    def hard(row: int) -> tuple[bool, bool, int, str, int]:
        one = sitters[row]
        free = one.key in seconds or not (one.needs_easy or one.apart or one.together)
        return free, not one.heads, -many[one.unit] if one.unit else 0, one.unit, one.key

    return sorted((row for row in range(len(sitters)) if not is_fixed[row]), key=hard)


def _sizes(held: Whole, waiting: int) -> tuple[Whole, Whole]:
    """Return how few and how many may sit in each circle: equal by one, or as full as hands have made it."""
    sizes = held.copy()
    for _ in range(waiting):
        sizes[int(sizes.argmin())] += 1
    level = int(sizes.min())
    is_level = bool((np.maximum(held, level) == sizes).all())
    return np.full_like(held, level), np.maximum(held, level if is_level else level + 1)
