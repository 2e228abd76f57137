"""One unit goes into another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.actions.move import held_rows, place_under
from prakai.units.models import Succession, SuccessionKind, Unit


@transaction.atomic
def merge_units(
    earlier: Unit, later: Unit, *, by: Actor | None, on: date, because: str = "", at: datetime | None = None
) -> Succession:
    """Let ``earlier`` end in ``later`` from the day ``on`` (its last day is the day before); return the succession.

    Its address, its names and its stories stay and say what became of it. Units beneath it that go on move under
    ``later``, for they go on working there; those that had ended stay where they were. Raises ``Refused`` for who is
    not a steward or when one of the two has ended, ``ValidationError`` by field.
    """
    held = held_rows(earlier, later)
    ending, taking = held[earlier.pk], held[later.pk]
    rules.may_change_unit(by, ending).or_refuse()
    rules.may_change_unit(by, taking).or_refuse()
    if ending.pk == taking.pk:
        raise ValidationError({"later": pgettext("unit field", "A unit cannot go into itself.")})
    if ending.pk in taking.ancestor_ids():
        words = pgettext("unit field", "%(later)s lies beneath %(earlier)s. Move it out first.")
        raise ValidationError({"later": words % {"later": taking.name, "earlier": ending.name}})
    wanted.past_day(on, ending, today=timezone.localdate(at) if at else None)
    moving = list(ending.children.select_for_update().filter(valid_to__isnull=True).order_by("pk"))
    for child in moving:
        place_under(child, taking)
    Unit.objects.filter(pk=ending.pk).update(valid_to=on - timedelta(days=1))
    succession = Succession.objects.create(
        earlier=ending,
        later=taking,
        kind=SuccessionKind.MERGED,
        happened_on=on,
        because=wanted.about(because),
    )
    facts = {"into": taking.pk, "on": on.isoformat(), "moved": [child.pk for child in moving]}
    record("unit.merged", ending, by=by, at=at, **facts)
    earlier.refresh_from_db()
    return succession
