"""What was written about a unit is put right: a slip in its name, its kind, its province, its days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.models import Unit


@transaction.atomic
def correct_unit(
    unit: Unit,
    *,
    by: Actor | None,
    name_th: str,
    name_en: str = "",
    abbreviations: Iterable[str] = (),
    kind: str,
    province: str = "",
    valid_from: date | None = None,
    about: str = "",
    at: datetime | None = None,
) -> Unit:
    """Write the unit's fields anew and return it. No former name is kept: the unit was never called what was a slip.

    Nothing is recorded when nothing is different. Raises ``Refused`` for who is not a steward, ``ValidationError``.
    """
    rules.may_change_units(by).or_refuse()
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    thai, english = wanted.names(name_th, name_en)
    wanted.span(valid_from, held.valid_to)
    fresh: dict[str, Any] = {
        "name_th": thai,
        "name_en": english,
        "abbreviations": wanted.abbreviations(abbreviations),
        "kind": wanted.kind(kind),
        "province": wanted.province_code(province),
        "valid_from": valid_from,
        "about": wanted.about(about),
        "slug": wanted.address_words(thai),
    }
    changed = sorted(field for field, value in fresh.items() if getattr(held, field) != value)
    if changed:
        for field in changed:
            setattr(held, field, fresh[field])
        held.save()
        record("unit.corrected", held, by=by, at=at, fields=changed)
    unit.refresh_from_db()
    return unit
