"""Forms of networks: only shape is checked here; who may and what is right decide the room's actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from prakai.networks.models import Care
from prakai.units.models import Unit
from prakai.web.accounts.unit_field import UnitByName
from prakai.web.base.forms import Told

_LONGEST = 40_000


class NameForm(Told):
    """What a network is called."""

    name_th = forms.CharField(
        max_length=2000,
        label=pgettext_lazy("network form", "Name in Thai"),
        help_text=pgettext_lazy(
            "network form", "Short, and so that somebody who does this work knows at once that it is hers."
        ),
    )
    name_en = forms.CharField(
        max_length=2000, required=False, label=pgettext_lazy("network form", "Name in English")
    )


class Agreed(Told):
    """What members agree on."""

    purpose = forms.CharField(
        max_length=_LONGEST,
        label=pgettext_lazy("network form", "Which work shall become better?"),
        help_text=pgettext_lazy("network form", "One sentence, in the words of those who do the work."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    promises = forms.CharField(
        max_length=_LONGEST,
        required=False,
        label=pgettext_lazy("network form", "What do we do together for it?"),
        help_text=pgettext_lazy(
            "network form",
            "Such as: we meet every three months, and each unit tells one thing that it tried.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    manners = forms.CharField(
        max_length=_LONGEST,
        required=False,
        label=pgettext_lazy("network form", "How do we treat what is told here?"),
        help_text=pgettext_lazy(
            "network form", "Such as: what went wrong is told to learn from; nobody carries it outside."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class FoundForm(NameForm, Agreed):
    """A new network with its first charter."""

    field_order = ("name_th", "name_en", "purpose", "promises", "manners")


class CharterForm(Agreed):
    """The charter; ``seen`` is the number of the one that the writer had before her."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)


class JoinForm(Told):
    """Which unit would like to belong: one in which she works, or another for which she speaks.

    ``initial["own_units"]`` are those in which she works.
    """

    own = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("network form", "Your unit"),
        widget=forms.RadioSelect,
    )
    unit = UnitByName(required=False, label=pgettext_lazy("network form", "Unit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units: dict[str, Unit] = {str(one.pk): one for one in self.initial.get("own_units", [])}
        own = self.fields["own"]
        assert isinstance(own, forms.ChoiceField)
        own.choices = [(key, unit.name) for key, unit in self.units.items()]
        if len(self.units) == 1:
            own.initial = next(iter(self.units))
        self.fields["unit"].required = not self.units
        if self.units:
            self.fields["unit"].label = pgettext("network form", "Or another unit that you speak for")

    def clean(self) -> dict[str, Any]:
        """Let ``unit`` be the one that was written, else the one that was chosen."""
        given = super().clean() or self.cleaned_data
        if not self.errors and given.get("unit") is None:
            given["unit"] = self.units.get(given.get("own", ""))
            if given["unit"] is None:
                raise ValidationError(
                    {"unit": pgettext("network form", "For which unit? Choose one, or write its name.")}
                )
        return given


class InviteUnitForm(Told):
    """A unit that the network would like to have with it."""

    unit = UnitByName(label=pgettext_lazy("network form", "Unit"))


class WhoForm(Told):
    """Somebody, by the whole name or the e-mail address."""

    name = forms.CharField(
        max_length=400,
        label=pgettext_lazy("network form", "Name or e-mail address"),
        help_text=pgettext_lazy("network form", "The whole name of somebody who is a member here."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CareForm(WhoForm):
    """Who shall look after the network, and in which way."""

    care = forms.ChoiceField(
        label=pgettext_lazy("network form", "In which way"),
        choices=Care.choices,
        initial=Care.COORDINATOR,
        widget=forms.RadioSelect,
    )


class BecauseForm(Told):
    """A reason, if she likes."""

    because = forms.CharField(
        required=False,
        max_length=2000,
        label=pgettext_lazy("network form", "Why"),
        help_text=pgettext_lazy("network form", "One line. Those whom it concerns read it."),
    )


class RestForm(Told):
    """Why a network rests: it stands on its page."""

    because = forms.CharField(
        required=False,
        max_length=2000,
        label=pgettext_lazy("network form", "Why"),
        help_text=pgettext_lazy("network form", "One line. It stands on the page of the network."),
    )
