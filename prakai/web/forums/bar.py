"""The two-way meter drawn: a bar for each day, a piece for each slot, as wide as it is long; words say the same."""

from __future__ import annotations

from dataclasses import dataclass

from prakai.forums.meter import slots_of
from prakai.forums.queries.plan import DayPlan, Plan, for_meter

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the bar: from where, how wide (of 1,000), of which way, and the names of what happens in it."""

    x: int
    width: int
    way: str
    names: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The bar of a day."""

    plan: DayPlan
    pieces: list[Piece]


def meter_bar(plan: Plan) -> list[Bar]:
    """Return the bars of the days that have blocks."""
    return [Bar(day, _pieces(day)) for day in plan.days if day.rows and day.minutes]


def _pieces(day: DayPlan) -> list[Piece]:
    slots = slots_of(for_meter(day))
    begin = slots[0].begins
    pieces = []
    for slot in slots:
        x = (slot.begins - begin) * WIDTH // day.minutes
        width = (slot.ends - begin) * WIDTH // day.minutes - x
        names = [str(day.rows[slot.first + place].block) for place in range(len(slot.blocks))]
        pieces.append(Piece(x, width, slot.way, " · ".join(names)))
    return pieces
