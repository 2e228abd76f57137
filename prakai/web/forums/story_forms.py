"""Forms of stories: only shape is checked here; what may be said is decided by the room's actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from prakai.forums.models import Circle, Participant, Story
from prakai.thai.folding import fold
from prakai.units.queries import resolve_unit
from prakai.web.talk.forms import Typed, Words

HINTS = {
    "situation": pgettext_lazy("story form", "Where was it, who was there, what was hard?"),
    "what_we_did": pgettext_lazy("story form", "Step by step: how? Also what did not work at first."),
    "turning_point": pgettext_lazy("story form", "The moment or the word after which it went otherwise."),
    "what_changed": pgettext_lazy("story form", "What she saw with her own eyes; numbers if there are any."),
    "advice": pgettext_lazy("story form", "What she would tell a friend who tries it tomorrow."),
}


class Offered(forms.TextInput):
    """A text input with a ``datalist`` of ``offers``."""

    offers: Iterable[str] = ()

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Add the list of offers behind the input."""
        list_id = f"{(attrs or {}).get('id', name)}_offers"
        options = format_html_join("", '<option value="{}"></option>', ((one,) for one in self.offers))
        typed = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        return format_html('{}<datalist id="{}">{}</datalist>', typed, list_id, options)


def in_words(teller: Participant) -> str:
    """Return a participant as the form offers her: name and unit, so that two of one name are told apart."""
    unit = teller.unit.name if teller.unit is not None else teller.unit_words
    return f"{teller.name} · {unit}" if unit else teller.name


def _part(name: str, label: Any, rows: int) -> Typed:
    return Typed(
        required=False,
        strip=False,
        label=label,
        help_text=HINTS[name],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class StoryForm(Words):
    """What a teller told, part by part. Without ``tellers`` it asks for no teller: it is hers who corrects it."""

    base_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    teller = Typed(
        max_length=300,
        label=pgettext_lazy("story form", "Whose story is it?"),
        help_text=pgettext_lazy("story form", "Type a name and choose, or write the name of somebody else."),
        widget=Offered(attrs={"autocomplete": "off"}),
    )
    unit_words = Typed(
        required=False,
        max_length=300,
        label=pgettext_lazy("story form", "From which unit?"),
        help_text=pgettext_lazy("story form", "Needed only when it is not known from the registration."),
    )
    circle = forms.ModelChoiceField(
        queryset=Circle.objects.none(),
        required=False,
        label=pgettext_lazy("story form", "Told in which circle?"),
    )
    title = Typed(
        max_length=600,
        label=pgettext_lazy("story form", "Title"),
        help_text=pgettext_lazy("story form", "A few words of the teller are best."),
    )
    situation = _part("situation", pgettext_lazy("story part", "The situation"), 3)
    what_we_did = _part("what_we_did", pgettext_lazy("story part", "What we did"), 5)
    turning_point = _part("turning_point", pgettext_lazy("story part", "The turning point"), 3)
    what_changed = _part("what_changed", pgettext_lazy("story part", "What changed"), 3)
    advice = _part("advice", pgettext_lazy("story part", "What I would tell a friend"), 3)
    allows_quotes = forms.BooleanField(
        required=False,
        label=pgettext_lazy("story form", "I asked: the teller agrees to be quoted by name"),
        help_text=pgettext_lazy(
            "story form", "Without it the story stays among those who were at the forum."
        ),
    )

    def __init__(
        self, *args: Any, tellers: list[Participant] | None, circles: list[Circle], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.tellers = tellers or []
        if tellers is None:
            del self.fields["teller"], self.fields["unit_words"]
            self.fields["allows_quotes"].label = pgettext_lazy("story form", "I agree to be quoted by name")
        else:
            widget = self.fields["teller"].widget
            assert isinstance(widget, Offered)
            widget.offers = [in_words(teller) for teller in tellers]
        if tellers is None or not circles:
            del self.fields["circle"]
        else:
            field = self.fields["circle"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Circle.objects.filter(pk__in=[circle.pk for circle in circles])
            field.choices = [
                ("", pgettext_lazy("story form", "In no circle, or not known")),
                *((circle.pk, circle_in_words(circle)) for circle in circles),
            ]

    def words(self, standing: Story | None = None) -> dict[str, Any]:
        """Return the story's columns as they were typed; of ``standing`` only whose it is may stay as it was."""
        given = dict(self.cleaned_data)
        found = {name: given[name] for name in (*HINTS, "title", "allows_quotes")}
        if "circle" in self.fields:
            found["circle"] = given["circle"]
        if "teller" in self.fields and (standing is None or given["teller"] != teller_of(standing)):
            found |= self._teller(given["teller"])
        if "unit_words" in self.fields and (standing is None or given["unit_words"] != standing.unit_name):
            unit, _ = resolve_unit(given["unit_words"], guess=False)
            found |= {"unit": unit, "unit_words": "" if unit is not None else given["unit_words"]}
        return found

    def _teller(self, typed: str) -> dict[str, Any]:
        """Return the participant who is meant, when it is clear; else the name as it was typed."""
        key = fold(" ".join(typed.split()))
        named = [teller for teller in self.tellers if key in (fold(in_words(teller)), fold(teller.name))]
        teller = named[0] if len(named) == 1 else None
        name = teller.name if teller is not None else typed
        return {
            "participant": teller,
            "person": teller.person if teller is not None else None,
            "teller_name": name,
        }


def circle_in_words(circle: Circle) -> str:
    """Return a circle as the form names it: its round and number, and its room."""
    words = pgettext_lazy("story form", "Round %(round)d, circle %(circle)d")
    said = str(words) % {"round": circle.round.number, "circle": circle.number}
    return f"{said} · {circle.room}" if circle.room else said


def teller_of(story: Story) -> str:
    """Return a story's teller as the form shows her."""
    return in_words(story.participant) if story.participant is not None else story.teller_name


def typed_of(story: Story) -> dict[str, Any]:
    """Return what the form shows of a story that stands."""
    return {
        **{name: getattr(story, name) for name in (*HINTS, "title", "allows_quotes")},
        "base_version": story.version,
        "client_key": f"v{story.version}-{story.public_id}",
        "teller": teller_of(story),
        "unit_words": story.unit_name,
        "circle": story.circle_id,
    }


class TakeBackForm(Words):
    """Why a story is taken back."""

    because = Typed(
        required=False,
        strip=False,
        label=pgettext_lazy("story form", "Why?"),
        help_text=pgettext_lazy("story form", "Read only by whom the story concerns."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
