"""A unit ends without another in its place; or it was closed by mistake."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.models import Closure, Unit


@transaction.atomic
def close_unit(
    unit: Unit, *, by: Actor | None, on: date, because: str = "", at: datetime | None = None
) -> Closure:
    """Write ``on`` as the unit's last day, which may still be to come; return the closure.

    Its page stays. Raises ``Refused`` for who is not a steward, when it has ended, or while units beneath it go on;
    ``ValidationError`` for a day before it began.
    """
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    rules.may_close_unit(by, held).or_refuse()
    if held.valid_from is not None and on < held.valid_from:
        raise ValidationError({"on": pgettext("unit field", "On this day the unit had not begun yet.")})
    Unit.objects.filter(pk=held.pk).update(valid_to=on)
    closure = Closure.objects.create(unit=held, last_on=on, because=wanted.about(because))
    record("unit.closed", held, by=by, at=at, on=on.isoformat())
    unit.refresh_from_db()
    return closure


@transaction.atomic
def reopen_unit(unit: Unit, *, by: Actor | None, at: datetime | None = None) -> Unit:
    """Take a closure back and return the unit. Raises ``Refused`` for others than stewards, or if it was not closed."""
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    rules.may_reopen_unit(by, held).or_refuse()
    Closure.objects.filter(unit=held).delete()
    Unit.objects.filter(pk=held.pk).update(valid_to=None)
    record("unit.reopened", held, by=by, at=at)
    unit.refresh_from_db()
    return unit
