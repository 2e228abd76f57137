"""Units come out of one unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.actions import wanted
from prakai.units.actions.found import found_unit
from prakai.units.models import Succession, SuccessionKind, Unit
from prakai.units.wordings import name_key


@transaction.atomic
def split_unit(
    unit: Unit,
    *,
    into: Sequence[Unit | str],
    by: Actor | None,
    on: date,
    because: str = "",
    goes_on: bool = False,
    at: datetime | None = None,
) -> list[Succession]:
    """Let ``unit`` split into other units from the day ``on``; return the successions in the order of ``into``.

    Each of ``into`` is a unit, or the Thai name of a new one, founded beside ``unit`` with its kind and province.
    The unit ends the day before, unless it ``goes_on`` (a part was carved out). Units beneath it stay until a
    steward moves each to where it belongs: nobody but she knows which. Raises ``Refused`` for who is not a
    steward or when the unit has ended, ``ValidationError`` by field.
    """
    held = Unit.objects.select_for_update().get(pk=unit.pk)
    rules.may_change_unit(by, held).or_refuse()
    wanted.past_day(on, held, today=timezone.localdate(at) if at else None)
    _check_parts(held, into, goes_on)
    pieces = [part if isinstance(part, Unit) else _new_piece(held, part, by, on, at) for part in into]
    if not goes_on:
        Unit.objects.filter(pk=held.pk).update(valid_to=on - timedelta(days=1))
    why = wanted.about(because)
    successions = [
        Succession.objects.create(
            earlier=held, later=piece, kind=SuccessionKind.SPLIT, happened_on=on, because=why
        )
        for piece in pieces
    ]
    facts = {"into": [piece.pk for piece in pieces], "on": on.isoformat(), "goes_on": goes_on}
    record("unit.split", held, by=by, at=at, **facts)
    unit.refresh_from_db()
    return successions


def _check_parts(unit: Unit, into: Sequence[Unit | str], goes_on: bool) -> None:
    """Refuse too few parts, one part twice, the unit itself, and what came out of it before."""
    fewest = 1 if goes_on else 2
    if len(into) < fewest:
        words = pgettext(
            "unit field", "A unit that ends splits into two or more. Into one it merges or is renamed."
        )
        if goes_on:
            words = pgettext("unit field", "Please name at least one unit that came out of it.")
        raise ValidationError({"into": words})
    given = [part.pk if isinstance(part, Unit) else name_key(part) for part in into]
    if len(set(given)) != len(given):
        raise ValidationError({"into": pgettext("unit field", "One unit is named twice.")})
    if unit.pk in given:
        raise ValidationError({"into": pgettext("unit field", "A unit cannot come out of itself.")})
    if Succession.objects.filter(
        earlier=unit, kind=SuccessionKind.SPLIT, later__in=[part for part in given if isinstance(part, int)]
    ).exists():
        raise ValidationError(
            {"into": pgettext("unit field", "It is written already that one of them came out of it.")}
        )


def _new_piece(unit: Unit, name_th: str, by: Actor | None, on: date, at: datetime | None) -> Unit:
    return found_unit(
        name_th=name_th,
        by=by,
        kind=unit.kind,
        parent=unit.parent,
        province=unit.province,
        valid_from=on,
        is_demo=unit.is_demo,
        at=at,
    )
