"""A unit by its name, with names to choose from while typing; works without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from prakai.units.models import Unit
from prakai.web.units.fields import UnitField

MOST_NAMES = 400


class NamesWidget(forms.TextInput):
    """A text input with a ``datalist`` of names of units."""

    template_name = "accounts/names_widget.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the names and the id of their list."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        existing = Unit.objects.existing().in_order().only("name_th", "name_en")
        context["names"] = [unit.name for unit in existing[:MOST_NAMES]]
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}_names"
        return context


class UnitByName(UnitField):
    """Cleans to a ``Unit``, or ``None`` when it is left empty and not required."""

    widget = NamesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": pgettext_lazy("unit field", "Unit where you work"), **kwargs})
