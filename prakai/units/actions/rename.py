"""A unit takes a new name and keeps its address."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.models import FormerName, Unit


@transaction.atomic
def rename_unit(
    unit: Unit,
    *,
    name_th: str,
    by: Actor | None,
    on: date,
    name_en: str = "",
    abbreviations: Iterable[str] | None = None,
    at: datetime | None = None,
) -> FormerName:
    """Give ``unit`` a new name from the day ``on``; return the old one, kept with its last day, the day before.

    The id decides an address, so every old address goes on. ``abbreviations`` of ``None`` keeps those it has. Raises
    ``Refused`` for who is not a steward or when the unit has ended, ``ValidationError`` by field.
    """
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    rules.may_change_unit(by, held).or_refuse()
    thai, english = wanted.names(name_th, name_en)
    shorts = held.abbreviations if abbreviations is None else wanted.abbreviations(abbreviations)
    if (thai, english, shorts) == (held.name_th, held.name_en, held.abbreviations):
        raise ValidationError({"name_th": pgettext("unit field", "This is its name already.")})
    wanted.past_day(on, held, today=timezone.localdate(at) if at else None)
    former = FormerName.objects.create(
        unit=held,
        name_th=held.name_th,
        name_en=held.name_en,
        abbreviations=held.abbreviations,
        slug=held.slug,
        until_on=on - timedelta(days=1),
    )
    held.name_th, held.name_en, held.abbreviations = thai, english, shorts
    held.slug = wanted.address_words(thai)
    held.save()
    record("unit.renamed", held, by=by, at=at, former=former.name_th, on=on.isoformat())
    unit.refresh_from_db()
    return former
