"""Forms of the agenda: a day, a block, who does what in it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import pgettext_lazy

from prakai.forums.models import Block, BlockKind, Day, RoleKind
from prakai.web.base.forms import Told
from prakai.web.forums.forms import DAY_HINT, ClockField, NumberField
from prakai.web.units.fields import DayField


class DayForm(Told):
    """A date, and when the first block of it begins."""

    on = DayField(label=pgettext_lazy("agenda form", "Date"), help_text=DAY_HINT)
    begins_at = ClockField(label=pgettext_lazy("agenda form", "Begins at"), initial="8.30")

    @staticmethod
    def values_of(day: Day) -> dict[str, Any]:
        """Return what ``day`` says now."""
        return {"on": day.on, "begins_at": day.begins_at}


class MinutesForm(Told):
    """How long a block takes."""

    minutes = NumberField(most=720, label=pgettext_lazy("agenda form", "Minutes"))


class NewBlockForm(MinutesForm):
    """A block as it is added at the end of a day."""

    kind = forms.ChoiceField(
        choices=BlockKind.choices,
        initial=BlockKind.CIRCLE,
        label=pgettext_lazy("agenda form", "What this time is for"),
    )
    title = forms.CharField(
        max_length=2000, required=False, label=pgettext_lazy("agenda form", "What happens")
    )
    field_order: tuple[str, ...] = ("kind", "title", "minutes")


class BlockForm(NewBlockForm):
    """All that a block says of itself."""

    about = forms.CharField(
        max_length=4000,
        required=False,
        label=pgettext_lazy("agenda form", "For those who run it"),
        help_text=pgettext_lazy("agenda form", "A line on how it is done; it stands in the agenda."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    room = forms.CharField(max_length=2000, required=False, label=pgettext_lazy("agenda form", "Room"))
    beside = forms.BooleanField(
        required=False,
        label=pgettext_lazy("agenda form", "At the same time as the block before it, in another room"),
    )
    field_order = ("kind", "title", "minutes", "room", "beside", "about")

    @staticmethod
    def values_of(block: Block) -> dict[str, Any]:
        """Return what ``block`` says now."""
        return {name: getattr(block, name) for name in BlockForm.base_fields}


class BlockRoleForm(Told):
    """Somebody does something in a block."""

    kind = forms.ChoiceField(
        choices=RoleKind.choices, initial=RoleKind.FACILITATOR, label=pgettext_lazy("agenda form", "Role")
    )
    name = forms.CharField(
        max_length=2000,
        label=pgettext_lazy("agenda form", "Who"),
        help_text=pgettext_lazy(
            "agenda form",
            "The whole name of a member, or of a guest; somebody without an account is welcome.",
        ),
    )
