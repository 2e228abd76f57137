"""The manner of every form: kind words where Django's own are stiff. Fields are shown with ``parts/field.html``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import pgettext_lazy

REQUIRED = pgettext_lazy("form", "Please fill this in.")
EMAIL = pgettext_lazy("form", "Please write an e-mail address, such as malee@example.go.th.")
CHOICE = pgettext_lazy("form", "Please choose one of the answers.")


def soften(field: forms.Field) -> None:
    """Give ``field`` our words for what is missing or not right; words that the field brings itself are kept."""
    messages = field.error_messages
    if messages["required"] == forms.Field.default_error_messages["required"]:
        messages["required"] = CHOICE if isinstance(field, forms.ChoiceField) else REQUIRED
    if isinstance(field, forms.EmailField):
        messages.setdefault("invalid", EMAIL)
    if messages.get("invalid_choice") == forms.ChoiceField.default_error_messages["invalid_choice"]:
        messages["invalid_choice"] = CHOICE


class Gentle:
    """Put before a form class: ``class NoteForm(Gentle, forms.ModelForm)``. Every field then asks kindly."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            soften(field)


class Told(Gentle, forms.Form):
    """A form that takes what an action found wrong."""

    def take(self, trouble: ValidationError) -> None:
        """Show what an action found wrong beside the field that it names, or at the head of the form."""
        if hasattr(trouble, "error_dict"):
            for field, found in trouble.error_dict.items():
                self.add_error(field if field in self.fields else None, found)
        else:
            self.add_error(None, trouble)

    def say(self, problem: str) -> None:
        """Show a problem at the head of the form."""
        self.add_error(NON_FIELD_ERRORS, ValidationError(problem))
