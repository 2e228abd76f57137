"""A table of units comes in: all of its rows, or none."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prakai.exchange.units_csv.planning import UnitsReport, plan_units
from prakai.exchange.units_csv.reading import Table
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import found_unit
from prakai.units.models import Unit


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
    for step in report.new:
        parent = parents[step.parent] if step.parent else None
        parents[-step.line] = found_unit(**step.fields, parent=parent, by=by, at=at)
    report.done = True
    return report
