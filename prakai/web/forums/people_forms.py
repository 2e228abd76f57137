"""Forms of who comes: only shape is checked here; who may and what is right decide the room's actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models import Experience, Participant, RoleKind
from prakai.people.models import Person
from prakai.web.base.forms import Told
from prakai.web.talk.forms import Typed
from prakai.web.units.fields import unit_in_words


class RegisterForm(Told):
    """What a participant says of herself: three fields, and what she likes to add."""

    name = Typed(
        max_length=400,
        label=pgettext_lazy("registration form", "Name on the card"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    unit_words = Typed(
        required=False,
        max_length=400,
        label=pgettext_lazy("registration form", "Unit or group"),
        help_text=pgettext_lazy("registration form", "As it is called, or its abbreviation."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    needs = Typed(
        required=False,
        strip=False,
        max_length=4000,
        label=pgettext_lazy("registration form", "What can we look after for you?"),
        help_text=pgettext_lazy(
            "registration form",
            "Food, stairs, hearing, a child along. Only those who prepare the day read it.",
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    nickname = Typed(
        required=False, max_length=200, label=pgettext_lazy("registration form", "What people call you")
    )
    position = Typed(
        required=False, max_length=400, label=pgettext_lazy("registration form", "What you do there")
    )
    phone = Typed(
        required=False,
        max_length=100,
        label=pgettext_lazy("registration form", "Telephone"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    experience = forms.ChoiceField(
        required=False,
        label=pgettext_lazy("registration form", "How long have you done this work?"),
        help_text=pgettext_lazy(
            "registration form", "So that old hands and new ones sit together. Shown to nobody else."
        ),
    )
    is_listed = forms.BooleanField(
        required=False,
        label=pgettext_lazy("registration form", "Those who read about this forum may see that I come"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["experience"]
        assert isinstance(field, forms.ChoiceField)
        empty = pgettext_lazy("registration form", "rather not say")
        field.choices = [("", empty), *Experience.choices]


class VisitorForm(RegisterForm):
    """The same for somebody without an account, with a field that only programs fill in."""

    email = forms.EmailField(
        required=False,
        max_length=254,
        label=pgettext_lazy("registration form", "E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(
        required=False, max_length=200, label=pgettext_lazy("registration form", "Leave this empty")
    )

    def clean_website(self) -> str:
        """Ask to look again when the trap is filled."""
        if self.cleaned_data["website"]:
            words = pgettext_lazy("registration form", "This field is a trap for programs: please empty it.")
            raise ValidationError(words)
        return ""


class EntryForm(RegisterForm):
    """What is entered of somebody by those who prepare the day."""

    team = Typed(
        required=False,
        max_length=200,
        label=pgettext_lazy("registration form", "Team"),
        help_text=pgettext_lazy("registration form", "Only when she comes with others than her own unit."),
    )
    email = forms.EmailField(
        required=False, max_length=254, label=pgettext_lazy("registration form", "E-mail")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nickname"].label = pgettext_lazy("registration form", "Nickname")
        self.fields["position"].label = pgettext_lazy("registration form", "Position")
        self.fields["experience"].label = pgettext_lazy("registration form", "Experience of this work")
        self.fields["needs"].label = pgettext_lazy("registration form", "What to look after")
        listed = pgettext_lazy("registration form", "She agreed that readers may see that she comes")
        self.fields["is_listed"].label = listed


class WalkInForm(Told):
    """Somebody who stands at the door: her name is enough."""

    name = Typed(max_length=400, label=pgettext_lazy("registration form", "Name on the card"))
    unit_words = Typed(
        required=False, max_length=400, label=pgettext_lazy("registration form", "Unit or group")
    )


class ListForm(Told):
    """Many names at once."""

    lines = Typed(
        strip=False,
        max_length=100_000,
        label=pgettext_lazy("registration form", "One person a line"),
        help_text=pgettext_lazy(
            "registration form",
            "Name, unit, position, parted by commas or pasted from a table. A name alone is enough.",
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )


class RoleForm(Told):
    """Who does what."""

    name = Typed(
        max_length=300,
        label=pgettext_lazy("role form", "Who"),
        help_text=pgettext_lazy("role form", "Name or e-mail address of a member."),
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("role form", "Role"), choices=RoleKind.choices, initial=RoleKind.FACILITATOR
    )


def told_of(participant: Participant) -> dict[str, Any]:
    """Return what a form shows of a participant."""
    names = ("name", "nickname", "position", "phone", "email", "experience", "needs", "team", "is_listed")
    unit = participant.unit
    words = unit_in_words(unit) if unit is not None else participant.unit_words
    return {**{name: getattr(participant, name) for name in names}, "unit_words": words}


def told_before(person: Person) -> dict[str, Any]:
    """Return what a member need not type again: her name, nickname, unit and position of today."""
    held = person.appointments.select_related("unit").holding(timezone.localdate()).newest_first().first()
    told = {"name": person.display_name, "nickname": person.nickname_th}
    if held is not None:
        told |= {"unit_words": unit_in_words(held.unit), "position": held.position}
    return told
