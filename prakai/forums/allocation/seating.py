"""A seating, and asking for one. What finds it is fetched only then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from prakai.forums.allocation.sitters import Plan, Sitter


@dataclass(frozen=True, slots=True)
class Seating:
    """Who sits in which circle, by key. ``is_best``: it is proved that no other keeps more wishes."""

    places: Mapping[int, int]
    cost: float
    bound: float

    @property
    def is_best(self) -> bool:
        """Whether no better seating can exist."""
        return self.cost <= self.bound + 1e-6


def seat(sitters: Sequence[Sitter], plan: Plan, *, seed: int = 1) -> Seating:
    """Return a seat for everybody: circles of equal size (by one), hands obeyed, as many wishes as can be."""
    if not sitters or plan.count < 1:
        return Seating({}, 0.0, 0.0)
    # The solver and its numbers are heavy: only a process that lays circles pays for them.
    from prakai.forums.allocation.dealing import dealt

    return dealt(sitters, plan, seed)
