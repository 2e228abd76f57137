"""A table of units comes in: all of its rows, or none."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from prakai.exchange.units_csv.planning import Step, UnitsReport, plan_units
from prakai.exchange.units_csv.reading import Table
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import found_unit
from prakai.units.models import Unit


def parents_first(steps: list[Step]) -> Iterator[Step]:
    """Yield the steps so that the unit of a line comes before those of the lines that stand under it."""
    waiting = {-step.line: step for step in steps}
    for step in steps:
        branch: list[Step] = []
        key: int | None = -step.line
        while key in waiting:
            branch.append(waiting.pop(key))
            key = branch[-1].parent
        yield from reversed(branch)


@transaction.atomic
def import_units(table: Table, *, by: Actor | None, at: datetime | None = None) -> UnitsReport:
    """Found the units of ``table`` that are not here yet; return the report, ``done`` when nothing was wrong.

    One transaction: a row that is wrong, or a failure on the way, leaves nothing behind. Units that are here are not
    changed, so that running twice changes nothing. Raises ``Refused`` for who is not a steward.
    """
    rules.may_change_units(by).or_refuse()
    # Somebody who presses the button twice waits here, and then finds the units of the first time.
    Unit.objects.select_for_update().order_by("pk").first()
    report = plan_units(table)
    if report.wrong:
        return report
    parents = Unit.objects.in_bulk([step.parent for step in report.new if step.parent and step.parent > 0])
    for step in parents_first(report.new):
        parent = parents[step.parent] if step.parent else None
        parents[-step.line] = found_unit(**step.fields, parent=parent, by=by, at=at)
    report.done = True
    return report
