"""What somebody who joins is asked beside e-mail and password. django-allauth builds its sign-up forms upon it."""

from __future__ import annotations

from typing import Any

from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import pgettext, pgettext_lazy

from prakai.people import rules
from prakai.people.models import EmailDomain, Joining
from prakai.web.accounts.invitations import invitation_of
from prakai.web.accounts.unit_field import UnitByName
from prakai.web.base.forms import Gentle


class Joiner(Gentle, forms.Form):
    """Names, unit, the reason where a steward decides, and consent."""

    field_order = ("given_th", "family_th", "email", "password1", "unit", "because", "is_listed", "terms")

    given_th = forms.CharField(
        label=pgettext_lazy("joining form", "Given name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_th = forms.CharField(
        label=pgettext_lazy("joining form", "Family name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    unit = UnitByName(required=False)
    because = forms.CharField(
        label=pgettext_lazy("joining form", "A word to the steward who decides"),
        help_text=pgettext_lazy("joining form", "For example what you do, or who told you of this place."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_listed = forms.BooleanField(
        label=pgettext_lazy("joining form", "My page may be seen by people who are not signed in"),
        help_text=pgettext_lazy("joining form", "You can change this at any time in your settings."),
        required=False,
    )
    terms = forms.BooleanField(
        error_messages={
            "required": pgettext_lazy("joining form", "Please read the terms and tick the box to go on.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation_of(context.request) if context.request else None
        if settings.JOINING != Joining.APPROVAL or self.invitation is not None:
            self.fields.pop("because")
        if self.invitation is not None and self.invitation.unit is not None:
            self.fields["unit"].initial = self.invitation.unit
        self.fields["terms"].label = format_html(
            pgettext("joining form", 'I agree to the <a href="{}">terms of use and the privacy notice</a>'),
            "/terms",
        )

    def clean(self) -> dict[str, Any]:
        """Say beside the e-mail when addresses of its domain cannot join."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        email = cleaned.get("email")
        if email:
            known = EmailDomain.objects.covering(email).exists()
            verdict = rules.may_join(settings.JOINING, invitation=self.invitation, is_known_domain=known)
            if not verdict:
                self.add_error("email", f"{verdict.reason} {verdict.next_step}".strip())
        return cleaned

    def signup(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Nothing more to do: the adapter has called the action (django-allauth asks for this method)."""
