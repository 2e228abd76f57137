"""Forms of the sparks wall: only shape is checked here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.functional import lazy
from django.utils.translation import pgettext, pgettext_lazy

from prakai.forums.spark_rules import MOST_LETTERS, MOST_OF_A_NAME
from prakai.kernel.pictures import CleanPicture, clean_picture
from prakai.web.base.forms import Gentle

PICTURE_SIDE = 1600
PICTURE_BYTES = 12 * 1024 * 1024


class Taking(Gentle, forms.Form):
    """A form that shows what an action found wrong."""

    def take(self, trouble: ValidationError, field: str | None = None) -> None:
        """Show the trouble beside the field that it names, or beside ``field``, or at the head of the form."""
        if hasattr(trouble, "error_dict"):
            for name, found in trouble.error_dict.items():
                self.add_error(name if name in self.fields else None, found)
        else:
            self.add_error(field, trouble)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in the order of the fields."""
        names = [NON_FIELD_ERRORS, *self.fields]
        return [str(one) for name in names for one in self.errors.get(name, [])]


class Typed(forms.CharField):
    """Words as they were typed, without the characters that no keyboard makes; the room cleans the rest."""

    def to_python(self, value: Any) -> str:
        """Return the text without null characters."""
        return str(super().to_python(value) or "").replace("\x00", "")


class SparkForm(Taking):
    """A spark: a few words, a picture, a name or none."""

    words = Typed(
        required=False,
        strip=False,
        label=pgettext_lazy("spark form", "What struck you? One thought"),
        help_text=lazy(
            lambda: pgettext("spark form", "At most %(most)d letters.") % {"most": MOST_LETTERS}, str
        )(),
        widget=forms.Textarea(attrs={"rows": 4, "data-most": MOST_LETTERS}),
    )
    picture = forms.FileField(
        required=False,
        label=pgettext_lazy("spark form", "A picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/*"}),
    )
    name = Typed(
        required=False,
        max_length=MOST_OF_A_NAME,
        label=pgettext_lazy("spark form", "Your name"),
        help_text=pgettext_lazy("spark form", "Leave it empty, and nobody learns who said it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    client_id = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    builds_on = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)

    def clean_picture(self) -> CleanPicture | None:
        """Take the picture in, written anew; ``None`` when there is none."""
        given = self.cleaned_data.get("picture")
        return clean_picture(given, most_side=PICTURE_SIDE, most_bytes=PICTURE_BYTES) if given else None


class WallForm(Taking):
    """What the wall asks, and whether each spark waits for a look."""

    question = Typed(
        required=False,
        label=pgettext_lazy("wall form", "The question on the wall"),
        help_text=pgettext_lazy("wall form", "One question, as you would ask it aloud."),
        widget=forms.TextInput,
    )
    is_held = forms.BooleanField(
        required=False, label=pgettext_lazy("wall form", "I look at each spark before it is shown")
    )


class GroupForm(Taking):
    """What chosen sparks say together."""

    title = Typed(
        required=False,
        label=pgettext_lazy("wall form", "Put the chosen ones together as"),
        widget=forms.TextInput(attrs={"list": "group-titles", "autocomplete": "off"}),
    )


class HideForm(Taking):
    """Why a spark goes from the wall."""

    because = Typed(
        label=pgettext_lazy("wall form", "Why?"),
        help_text=pgettext_lazy("wall form", "Its author reads this on the phone; nobody else does."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
