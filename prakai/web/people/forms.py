"""Forms of the area people: looking somebody up, inviting, letting in."""

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

from prakai.web.accounts.unit_field import UnitByName
from prakai.web.base.forms import Gentle
from prakai.web.units.fields import DayField


class FindForm(Gentle, forms.Form):
    """Whom one looks for; what is not understood is left out, never refused."""

    q = forms.CharField(
        label=pgettext_lazy("people form", "Name, nickname, or what somebody knows"),
        required=False,
        max_length=200,
    )
    knows = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    unit = UnitByName(label=pgettext_lazy("people form", "Unit"), required=False)


class InvitationForm(Gentle, forms.Form):
    """For whom a link is, and how long it holds."""

    note = forms.CharField(
        label=pgettext_lazy("invitation form", "A word of welcome"),
        required=False,
        max_length=200,
        help_text=pgettext_lazy("invitation form", "Those who open the link read it."),
    )
    unit = UnitByName(
        label=pgettext_lazy("invitation form", "Unit"),
        required=False,
        help_text=pgettext_lazy(
            "invitation form",
            "Whoever joins by this link belongs to it at once and reads what it keeps for itself.",
        ),
    )
    most_uses = forms.IntegerField(
        label=pgettext_lazy("invitation form", "For how many people"), initial=1, min_value=1, max_value=500
    )
    expires_at = DayField(
        label=pgettext_lazy("invitation form", "Holds until"),
        required=False,
        help_text=pgettext_lazy(
            "invitation form", "The last day, such as 1 ต.ค. 2570. Empty: until it is used up."
        ),
    )


class DomainForm(Gentle, forms.Form):
    """An e-mail domain."""

    domain = forms.CharField(
        label=pgettext_lazy("domain form", "E-mail domain"),
        max_length=200,
        help_text=pgettext_lazy("domain form", "moph.go.th also covers hospital.moph.go.th."),
    )
    unit = UnitByName(
        label=pgettext_lazy("domain form", "Unit that such an address belongs to"), required=False
    )


class DeclineForm(Gentle, forms.Form):
    """Why somebody is not let in."""

    because = forms.CharField(
        label=pgettext_lazy("decline form", "What shall we write back?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
