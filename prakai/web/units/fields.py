"""Fields of forms that speak as officials write: a unit by its name, a day in any Thai form."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext

from prakai.thai import dates
from prakai.units.models import Unit
from prakai.units.provinces import province
from prakai.units.queries import find_units, resolve_unit

_NUMBER: Final = re.compile(r"\s*(?:#|(?:https?://[^/\s]+)?/units/)([0-9]{1,15})(?:-\S*)?\s*")


def unit_in_words(unit: Unit) -> str:
    """Return a unit so that the field reads it back without doubt: name, province, number."""
    found = province(unit.province)
    return f"{unit.name_th} ({found.name_th}) #{unit.pk}" if found else f"{unit.name_th} #{unit.pk}"


class UnitField(forms.CharField):
    """A unit written by name, abbreviation, former name, #number or address; asks back when several could be meant."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 400, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a unit in words that lead back to it."""
        return unit_in_words(value) if isinstance(value, Unit) else value

    def clean(self, value: Any) -> Any:
        """Return the ``Unit`` that is meant, or ``None`` for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        unit = numbered_unit(text)
        if unit is not None:
            return unit
        unit, candidates = resolve_unit(text, guess=False)
        if unit is not None:
            return unit
        candidates = candidates or find_units(text, 6)
        if candidates:
            listed = ", ".join(unit_in_words(candidate) for candidate in candidates)
            words = pgettext(
                "unit form", "It is not clear yet which unit is meant. Please write one of these: %(listed)s"
            )
            raise ValidationError(words % {"listed": listed})
        raise ValidationError(
            pgettext(
                "unit form",
                "No unit of this name is known here. Part of its name, or its number such as #12, helps to find it.",
            )
        )


def numbered_unit(text: str) -> Unit | None:
    """Return the unit whose number or address ``text`` is or ends with ("#12"), or ``None``."""
    found = _NUMBER.fullmatch(text) or re.search(r"#([0-9]{1,15})\s*$", text)
    return Unit.objects.filter(pk=int(found[1])).first() if found else None


class DayField(forms.CharField):
    """A day as people write it: 1 ต.ค. 2545, ๑ ตุลาคม ๒๕๔๕, 1/10/2545, 2002-10-01."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a day in the long Thai form, which says its own era."""
        return dates.write_date(value) if isinstance(value, date) else value

    def clean(self, value: Any) -> Any:
        """Return the ``date``, or ``None`` for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        day = dates.read_date(text)
        if day is None:
            raise ValidationError(
                pgettext(
                    "unit form",
                    "This day cannot be read. Please write day, month and year, such as 1 ต.ค. 2545.",
                )
            )
        return day
