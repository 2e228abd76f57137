"""Forms of circles. They check the shape; what may be is decided by actions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from prakai.forums.allocation import LEAST, MOST, WISHED
from prakai.forums.models import Forum, Participant, Role, WishKind
from prakai.people.models import Person
from prakai.thai.digits import to_arabic
from prakai.thai.folding import fold
from prakai.web.base.forms import Told

SIZES: Final = [(str(size), str(size)) for size in range(LEAST, MOST + 1)]


class AgainForm(Told):
    """How a round is worked out once more."""

    wished = forms.TypedChoiceField(
        choices=SIZES,
        coerce=int,
        initial=str(WISHED),
        label=pgettext_lazy("circle form", "People in a circle, about"),
    )
    only_arrived = forms.BooleanField(
        required=False, label=pgettext_lazy("circle form", "Only who has arrived at the forum")
    )
    only_newcomers = forms.BooleanField(
        required=False,
        label=pgettext_lazy(
            "circle form", "Only find places for newcomers; everybody else stays where she is"
        ),
    )


class LayForm(Told):
    """A new round."""

    wished = forms.TypedChoiceField(
        choices=SIZES,
        coerce=int,
        initial=str(WISHED),
        label=pgettext_lazy("circle form", "People in a circle, about"),
    )
    question = forms.CharField(
        required=False,
        max_length=3000,
        label=pgettext_lazy("circle form", "What the circles talk about"),
        help_text=pgettext_lazy(
            "circle form",
            "One question that begins with “tell us of a time when …”. It stands on the page of each circle.",
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    easy = forms.CharField(
        required=False,
        max_length=200,
        label=pgettext_lazy("circle form", "Circles that are easy to reach"),
        help_text=pgettext_lazy(
            "circle form", "Their numbers, such as 1, 2 or 1-3: no stairs, near the door, a quiet corner."
        ),
    )
    only_arrived = forms.BooleanField(
        required=False, label=pgettext_lazy("circle form", "Only who has arrived at the forum")
    )

    def clean_easy(self) -> set[int]:
        """Return the numbers, in Arabic or Thai digits, alone or from–to."""
        text = to_arabic(self.cleaned_data["easy"]).replace("–", "-")
        if re.sub(r"[\d\s,;-]|และ|วง|ที่", "", text):
            raise ValidationError(pgettext("circle form", "Numbers of circles, please, such as 1, 2 or 1-3."))
        found: set[int] = set()
        for first, last in re.findall(r"(\d{1,4})(?:\s*-\s*(\d{1,4}))?", text):
            found.update(range(int(first), min(int(last or first), int(first) + 500) + 1))
        return found


class KeepersForm(Told):
    """Who keeps a circle, who writes, and where it sits."""

    room = forms.CharField(
        required=False,
        max_length=1000,
        label=pgettext_lazy("circle form", "Room or corner"),
        help_text=pgettext_lazy(
            "circle form", "As people will look for it: by the window, room 2, under the tamarind."
        ),
    )
    facilitator = forms.ChoiceField(required=False, label=pgettext_lazy("circle form", "Facilitator"))
    recorder = forms.ChoiceField(required=False, label=pgettext_lazy("circle form", "Recorder"))
    is_easy = forms.BooleanField(
        required=False, label=pgettext_lazy("circle form", "Easy to reach: no stairs, near the door")
    )

    def __init__(self, *args: Any, forum: Forum, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Role.objects.filter(forum=forum, ended_at__isnull=True).select_related("person")
        self.people: dict[str, Person] = {str(role.person_id): role.person for role in held}
        choices = [("", pgettext("circle form", "nobody yet"))]
        choices += sorted(((key, str(one)) for key, one in self.people.items()), key=lambda row: row[1])
        for name in ("facilitator", "recorder"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, people as people."""
        given = dict(self.cleaned_data)
        return given | {name: self.people.get(given[name]) for name in ("facilitator", "recorder")}


class NeedForm(Told):
    """What somebody needs of her circle."""

    who = forms.CharField(max_length=1000, label=pgettext_lazy("circle form", "Who"))
    kind = forms.ChoiceField(
        choices=WishKind.choices, widget=forms.RadioSelect, label=pgettext_lazy("circle form", "needs")
    )
    other = forms.CharField(
        required=False,
        max_length=1000,
        label=pgettext_lazy("circle form", "With whom"),
        help_text=pgettext_lazy(
            "circle form", "Only where it is about somebody: a companion, or who had better sit apart."
        ),
    )

    def __init__(self, *args: Any, people: Iterable[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.participants = list(people)
        for name in ("who", "other"):
            self.fields[name].widget.attrs |= {"list": "circle-people", "autocomplete": "off"}

    def clean_who(self) -> Participant:
        """Return the participant who is meant."""
        return self._meant(self.cleaned_data["who"])

    def clean_other(self) -> Participant | None:
        """Return the other who is meant, if any."""
        text = self.cleaned_data["other"]
        return self._meant(text) if text.strip() else None

    def _meant(self, text: str) -> Participant:
        wanted = fold(text)
        found = [one for one in self.participants if fold(one.name) == wanted]
        found = found or [one for one in self.participants if wanted and wanted in one.folded]
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(pgettext("circle form", "Nobody of this name has a seat at this forum."))
        names = ", ".join(one.name for one in found[:6])
        words = pgettext("circle form", "Several could be meant: %(names)s. Please write the whole name.")
        raise ValidationError(words % {"names": names})
