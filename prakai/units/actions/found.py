"""A unit comes into the list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.actions.move import check_place
from prakai.units.models import Unit, UnitKind


@transaction.atomic
def found_unit(
    *,
    name_th: str,
    by: Actor | None,
    name_en: str = "",
    abbreviations: Iterable[str] = (),
    kind: str = UnitKind.OFFICE,
    parent: Unit | None = None,
    province: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    about: str = "",
    is_demo: bool = False,
    at: datetime | None = None,
) -> Unit:
    """Put a unit into the tree and return it. ``province`` is a code; ``valid_to`` is for one that has ended already.

    Raises ``Refused`` for who is not a steward, ``ValidationError`` by field for what cannot be so.
    """
    rules.may_change_units(by).or_refuse()
    thai, english = wanted.names(name_th, name_en)
    wanted.span(valid_from, valid_to)
    unit = Unit(
        name_th=thai,
        name_en=english,
        abbreviations=wanted.abbreviations(abbreviations),
        kind=wanted.kind(kind),
        parent=parent,
        province=wanted.province_code(province),
        slug=wanted.address_words(thai),
        about=wanted.about(about),
        valid_from=valid_from,
        valid_to=valid_to,
        is_demo=is_demo,
        created_at=at or timezone.now(),
    )
    unit.save()
    check_place(unit, parent)
    unit.path = f"{parent.path if parent else ''}{unit.pk}."
    Unit.objects.filter(pk=unit.pk).update(path=unit.path)
    record("unit.founded", unit, by=by, at=at)
    return unit
