"""Forms of the review. They check the shape; what may be is decided by actions."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from prakai.forums.asking import LEAST, MOST
from prakai.forums.queries.learning import SPANS
from prakai.thai.times import read_time
from prakai.web.base.forms import Gentle
from prakai.web.units.fields import DayField


def new_key() -> str:
    """Return a fresh key for one form, by which what it sends is known again."""
    return secrets.token_urlsafe(18)


class ReviewForm(Gentle, forms.Form):
    """A form that shows what an action did not accept beside its field."""

    def take(self, trouble: ValidationError) -> None:
        """Write the problems of ``trouble`` beside their fields, or above the form."""
        told = trouble.message_dict if hasattr(trouble, "error_dict") else {"": trouble.messages}
        for name, texts in told.items():
            for text in texts:
                self.add_error(name if name in self.fields else None, text)


class OpenForm(ReviewForm):
    """How long the review shall be."""

    minutes = forms.IntegerField(
        min_value=LEAST,
        max_value=MOST,
        initial=150,
        label=pgettext_lazy("review form", "Minutes for the review"),
        help_text=pgettext_lazy("review form", "Two to three hours let everybody speak: 120 to 180 minutes."),
    )


class PhaseForm(ReviewForm):
    """Minutes of a phase, and whether it is without names."""

    minutes = forms.IntegerField(min_value=1, max_value=MOST, label=pgettext_lazy("review form", "Minutes"))
    is_anonymous = forms.BooleanField(
        required=False, label=pgettext_lazy("review form", "What is written now bears no names")
    )


class QuestionForm(ReviewForm):
    """The words of a question."""

    words = forms.CharField(
        required=False,
        max_length=3000,
        label=pgettext_lazy("review form", "Question"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class UntilForm(ReviewForm):
    """Until when answers are taken in."""

    on = DayField(
        required=False,
        label=pgettext_lazy("review form", "Take answers until the day"),
        help_text=pgettext_lazy("review form", "Such as 1 Dec 2026. Empty: until the harvest is in."),
    )
    time = forms.CharField(
        required=False,
        max_length=20,
        label=pgettext_lazy("review form", "At"),
        help_text=pgettext_lazy("review form", "Such as 18:00. Empty: until the day ends."),
    )

    def moment(self) -> datetime | None:
        """Return the moment that was meant; the end of that day when no time was written."""
        day, words = self.cleaned_data["on"], self.cleaned_data["time"]
        if day is None:
            return None
        clock = read_time(words) if words else None
        end = datetime.combine(day, clock or datetime.max.time().replace(microsecond=0))
        return timezone.make_aware(end)

    def clean_time(self) -> str:
        """Return the time as it was written, if it can be read."""
        words = str(self.cleaned_data["time"]).strip()
        if words and read_time(words) is None:
            raise ValidationError(pgettext_lazy("review form", "Please write the time such as 18:00."))
        return words


class JoinForm(ReviewForm):
    """Coming in with the code that stands in the hall."""

    code = forms.CharField(
        max_length=40,
        label=pgettext_lazy("review form", "Code of the forum"),
        help_text=pgettext_lazy(
            "review form", "Five letters and digits; they stand on the wall of the hall."
        ),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(
        required=False,
        max_length=400,
        label=pgettext_lazy("review form", "What shall we call you?"),
        help_text=pgettext_lazy(
            "review form",
            "For the list of turns. What you write bears your name only if you say so each time.",
        ),
    )

    def __init__(self, *args: Any, needs_code: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_code:
            del self.fields["code"]


class AnswerForm(ReviewForm):
    """One point in answer to a question."""

    words = forms.CharField(
        max_length=20000,
        label=pgettext_lazy("review form", "One point, in your own words"),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    named = forms.BooleanField(required=False, label=pgettext_lazy("review form", "Put my name to it"))
    client_id = forms.CharField(max_length=48, widget=forms.HiddenInput)

    def __init__(self, *args: Any, may_name: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_name:
            del self.fields["named"]


class PromiseForm(ReviewForm):
    """A promise to oneself."""

    words = forms.CharField(
        max_length=20000,
        label=pgettext_lazy("review form", "I will"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    first_step = forms.CharField(
        required=False,
        max_length=4000,
        label=pgettext_lazy("review form", "The first small step"),
        help_text=pgettext_lazy("review form", "So small that it can be done this week."),
    )
    due_on = DayField(
        required=False,
        label=pgettext_lazy("review form", "When"),
        help_text=pgettext_lazy("review form", "Such as 15 Dec 2026."),
    )
    helper = forms.CharField(
        required=False, max_length=2000, label=pgettext_lazy("review form", "Who may help me")
    )
    reminds = forms.BooleanField(
        required=False,
        label=pgettext_lazy("review form", "Ask me gently by e-mail after 30, 90 and 180 days"),
    )
    email = forms.EmailField(
        required=False,
        label=pgettext_lazy("review form", "E-mail"),
        help_text=pgettext_lazy("review form", "Used for these questions alone, and seen by nobody."),
    )
    tells_next = forms.BooleanField(
        required=False,
        label=pgettext_lazy("review form", "The next forum of this series may open with my promise"),
    )
    is_named = forms.BooleanField(
        required=False, label=pgettext_lazy("review form", "and it may tell my name with it")
    )
    client_id = forms.CharField(max_length=48, required=False, widget=forms.HiddenInput)


class PatternForm(ReviewForm):
    """What answers have in common, in a few words."""

    title = forms.CharField(
        required=False, max_length=2000, label=pgettext_lazy("review form", "In a few words")
    )


class KeyingForm(ReviewForm):
    """One paper form: its code, a name if there is one, and an answer to each question."""

    code = forms.CharField(
        required=False,
        max_length=40,
        label=pgettext_lazy("review form", "Code of the paper"),
        help_text=pgettext_lazy("review form", "Empty for a sheet without a code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "autofocus": True}),
    )
    name = forms.CharField(required=False, max_length=400, label=pgettext_lazy("review form", "Name"))
    key = forms.CharField(max_length=48, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, words in questions:
            self.fields[f"q{number}"] = forms.CharField(
                required=False, max_length=20000, label=words, widget=forms.Textarea(attrs={"rows": 2})
            )

    def words(self) -> dict[int, str]:
        """Return the answers by the id of their question."""
        return {int(name[1:]): text for name, text in self.cleaned_data.items() if name[1:].isdecimal()}


class SlipsForm(ReviewForm):
    """How many paper forms to make."""

    count = forms.IntegerField(
        min_value=1, max_value=500, initial=30, label=pgettext_lazy("review form", "How many new forms")
    )


class SheetsForm(ReviewForm):
    """A file with answers."""

    table = forms.FileField(
        label=pgettext_lazy("review form", "Excel file"),
        help_text=pgettext_lazy(
            "review form", "At most 5 MB and 2,000 rows. Nothing comes in before you have seen what it does."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )


class SettlingForm(ReviewForm):
    """By what something is dealt with."""

    because = forms.CharField(
        max_length=4000,
        label=pgettext_lazy("learning form", "What was done about it"),
        help_text=pgettext_lazy("learning form", "Such as: circles have eight people now."),
    )


class LearningForm(Gentle, forms.Form):
    """By what the learning of many reviews is narrowed; only shown, never refused. No networks, no question for one."""

    series = forms.ChoiceField(required=False, label=pgettext_lazy("learning form", "Series"))
    unit = forms.ChoiceField(required=False, label=pgettext_lazy("learning form", "Unit"))
    network = forms.ChoiceField(required=False, label=pgettext_lazy("learning form", "Network"))
    months = forms.ChoiceField(required=False, label=pgettext_lazy("learning form", "How far back"))
    theme = forms.CharField(required=False, label=pgettext_lazy("learning form", "About"))

    def __init__(
        self,
        *args: Any,
        series: list[tuple[int, str]],
        units: list[tuple[int, str]],
        networks: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        spans = [(count, pgettext("learning form", "%(n)d months") % {"n": count}) for count in SPANS]
        every, whole = pgettext("learning form", "all series"), pgettext("learning form", "all units")
        self.fields["series"].choices = [("", every), *series]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", whole), *units]  # type: ignore[attr-defined]
        self.fields["months"].choices = spans  # type: ignore[attr-defined]
        if networks:
            all_of_them = pgettext("learning form", "all networks")
            self.fields["network"].choices = [("", all_of_them), *networks]  # type: ignore[attr-defined]
        else:
            del self.fields["network"]
