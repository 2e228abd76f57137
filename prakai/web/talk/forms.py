"""Forms of talk: only shape is checked here; what may be said is decided by the room's actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import pgettext_lazy

from prakai.talk.models import DecisionKind, ReportReason
from prakai.web.base.forms import Gentle

QUICKEST = 3
"""Seconds that a person needs at least to write something; a program needs none."""
_SALT = "prakai.talk.started"
_LONGEST = 60 * 60 * 24 * 7


class Words(Gentle, forms.Form):
    """A form that comes with a key of its own, by which a double tap is one."""

    client_key = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def take(self, trouble: ValidationError) -> None:
        """Show what an action found wrong beside the field that it names, or at the head of the form."""
        if hasattr(trouble, "error_dict"):
            for field, found in trouble.error_dict.items():
                self.add_error(field if field in self.fields else None, found)
        else:
            self.add_error("body" if "body" in self.fields else None, trouble)

    def say(self, problem: str) -> None:
        """Show a problem at the head of the form."""
        self.add_error(None, ValidationError(problem))

    @property
    def problems(self) -> list[str]:
        """What stands at the head of the form."""
        return [str(one) for one in self.errors.get(NON_FIELD_ERRORS, [])] if self.is_bound else []


class Typed(forms.CharField):
    """Words as they were typed, without the characters that no keyboard makes; the room cleans the rest."""

    def to_python(self, value: Any) -> str:
        """Return the text without null characters."""
        return str(super().to_python(value) or "").replace("\x00", "")


class CommentForm(Words):
    """A comment or a reply of a member."""

    body = Typed(
        strip=False,
        label=pgettext_lazy("comment form", "Your words"),
        error_messages={"required": pgettext_lazy("comment form", "Please write something first.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    builds_on = forms.BooleanField(
        required=False,
        label=pgettext_lazy("comment form", "This builds on the story: it adds what I did or know"),
    )


class VisitorCommentForm(CommentForm):
    """A comment of somebody without a name, with two quiet questions that only programs get wrong."""

    name = Typed(
        required=False,
        max_length=120,
        label=pgettext_lazy("comment form", "Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    website = forms.CharField(required=False, label=pgettext_lazy("comment form", "Leave this empty"))
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Ask to look again when the trap is filled, or when the form came back faster than anybody writes."""
        given = super().clean() or self.cleaned_data
        if given.get("website"):
            self.add_error(
                "website",
                pgettext_lazy("comment form", "This field is a trap for programs: please empty it."),
            )
        if not _has_taken_time(given.get("started", "")):
            self.say(
                str(pgettext_lazy("comment form", "That was very quick. Please press the button once more."))
            )
        return given


def mark_for(mark: str) -> str:
    """Return ``mark`` if we signed it, else a signed mark of this moment: a form that comes back is not new."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(mark, max_age=_LONGEST)
    except signing.BadSignature:
        return signer.sign("talk")
    return mark


def _has_taken_time(mark: str) -> bool:
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(mark, max_age=_LONGEST)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(mark, max_age=QUICKEST)
    except signing.SignatureExpired:
        return True
    return False


class AppreciateForm(Words):
    """What I saw, what it did, whether I want to learn it."""

    saw = Typed(
        strip=False,
        label=pgettext_lazy("appreciation form", "What did I see?"),
        help_text=pgettext_lazy(
            "appreciation form", "One thing that was really done. The smaller, the clearer."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    effect = Typed(
        required=False,
        strip=False,
        label=pgettext_lazy("appreciation form", "What did it do, for whom?"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    wants_to_learn = forms.BooleanField(
        required=False, label=pgettext_lazy("appreciation form", "I want to learn this")
    )
    is_private = forms.BooleanField(
        required=False, label=pgettext_lazy("appreciation form", "Only for the one who receives it")
    )


REASONS = [(kind.value, kind.label) for kind in ReportReason if kind != ReportReason.APPEAL]


class ReportForm(Words):
    """Why somebody should look at this."""

    reason = forms.ChoiceField(
        choices=REASONS, label=pgettext_lazy("report form", "What is the matter?"), widget=forms.RadioSelect
    )
    words = Typed(
        required=False,
        strip=False,
        label=pgettext_lazy("report form", "What should the stewards know?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealForm(Words):
    """Why a hidden comment should be looked at again."""

    words = Typed(
        strip=False,
        label=pgettext_lazy("report form", "Why should it be seen again?"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class HideForm(Words):
    """Why a comment is hidden."""

    because = Typed(
        strip=False,
        label=pgettext_lazy("moderation form", "Why? Its author will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DecisionForm(Words):
    """What a steward decides on a report."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("moderation form", "What do you decide?"), widget=forms.RadioSelect
    )
    because = Typed(
        strip=False,
        label=pgettext_lazy("moderation form", "Why? Those concerned will read this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, DecisionKind(kind).label) for kind in kinds]
