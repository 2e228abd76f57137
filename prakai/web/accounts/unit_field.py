"""A unit by its name, with names to choose from while typing; works without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from prakai.units.models import Unit
from prakai.web.units.fields import UnitField

MOST_NAMES = 400


class NamesWidget(forms.TextInput):
    """A text input with a ``datalist`` of names of units."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Add the list of names behind the input."""
        list_id = f"{(attrs or {}).get('id', name)}_names"
        existing = Unit.objects.existing().in_order().only("name_th", "name_en")[:MOST_NAMES]
        options = format_html_join("", '<option value="{}"></option>', ((unit.name,) for unit in existing))
        typed = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', typed, list_id, options)


class UnitByName(UnitField):
    """Cleans to a ``Unit``, or ``None`` when it is left empty and not required."""

    widget = NamesWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": pgettext_lazy("unit field", "Unit where you work"), **kwargs})
