"""A unit comes to stand under another."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.kernel.actors import Actor
from prakai.units import rules
from prakai.units.models import Unit

_LONGEST_PATH: Final = 250


@transaction.atomic
def move_unit(unit: Unit, *, parent: Unit | None, by: Actor | None, at: datetime | None = None) -> Unit:
    """Let ``unit`` stand under ``parent`` (``None``: at the top), with everything beneath it; return it.

    Addresses stay as they are. Raises ``Refused`` for who is not a steward, ``ValidationError`` (field ``parent``)
    when the new place is the unit itself or lies beneath it.
    """
    rules.may_change_units(by).or_refuse()
    held = held_rows(unit, parent)
    now, above = held[unit.pk], held[parent.pk] if parent else None
    if now.parent_id == (above.pk if above else None):
        raise ValidationError({"parent": pgettext("unit field", "It stands there already.")})
    earlier_parent = now.parent_id
    place_under(now, above)
    record("unit.moved", now, by=by, at=at, from_parent=earlier_parent, to_parent=now.parent_id)
    unit.refresh_from_db()
    return unit


def held_rows(*units: Unit | None) -> dict[int, Unit]:
    """Return fresh rows of these units by id, held until the end of the transaction together with all above them.

    Two stewards who move parts of one branch at once wait for one another, so that no ring can come about.
    """
    ids = {pk for unit in units if unit is not None for pk in (*unit.ancestor_ids(), unit.pk)}
    return {row.pk: row for row in Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk")}


def place_under(unit: Unit, parent: Unit | None) -> None:
    """Put a held unit under a held parent and write the paths of its whole branch anew: two statements."""
    check_place(unit, parent)
    old, new = unit.path, f"{parent.path if parent else ''}{unit.pk}."
    beneath = Unit.objects.filter(path__startswith=old)
    longest = beneath.aggregate(longest=Max(Length("path")))["longest"] or len(old)
    if longest - len(old) + len(new) > _LONGEST_PATH:
        raise ValidationError({"parent": pgettext("unit field", "The tree would become too deep there.")})
    beneath.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    Unit.objects.filter(pk=unit.pk).update(parent=parent)
    unit.parent, unit.path = parent, new


def check_place(unit: Unit, parent: Unit | None) -> None:
    """Refuse a place that would make a ring, or a tree too deep to be written down."""
    if parent is None:
        return
    if unit.pk in parent.ancestor_ids():
        words = pgettext(
            "unit field",
            "%(parent)s lies beneath %(unit)s itself. Move it out first, or choose another place.",
        )
        if parent.pk == unit.pk:
            words = pgettext("unit field", "%(unit)s cannot stand under itself. Choose another place.")
        raise ValidationError({"parent": words % {"parent": parent.name, "unit": unit.name}})
    if len(parent.path) + len(f"{unit.pk}.") > _LONGEST_PATH:
        raise ValidationError({"parent": pgettext("unit field", "The tree would become too deep there.")})
