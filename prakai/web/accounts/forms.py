"""Forms of the settings: the shape of what is sent. What is right is decided by the actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext_lazy

from prakai.kernel.pictures import CleanPicture, clean_picture
from prakai.people.models import Person
from prakai.web.accounts.unit_field import UnitByName
from prakai.web.base.forms import Gentle
from prakai.web.units.fields import DayField

PORTRAIT_SIDE = 480


def done(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Call the action; when it says what is not right, say so beside the fields and return false."""
    try:
        act()
    except ValidationError as trouble:
        form.add_error(None, trouble)
        return False
    return True


class ProfileForm(Gentle, forms.Form):
    """Names, words about oneself, and what one knows."""

    title_th = forms.CharField(label=pgettext_lazy("profile form", "Title"), required=False, max_length=40)
    given_th = forms.CharField(
        label=pgettext_lazy("profile form", "Given name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_th = forms.CharField(
        label=pgettext_lazy("profile form", "Family name"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    nickname_th = forms.CharField(
        label=pgettext_lazy("profile form", "Nickname"),
        required=False,
        max_length=60,
        help_text=pgettext_lazy("profile form", "What friends at work call you; others find you by it."),
    )
    given_en = forms.CharField(
        label=pgettext_lazy("profile form", "Given name in English"), required=False, max_length=60
    )
    family_en = forms.CharField(
        label=pgettext_lazy("profile form", "Family name in English"), required=False, max_length=60
    )
    about = forms.CharField(
        label=pgettext_lazy("profile form", "About me"),
        required=False,
        max_length=4000,
        help_text=pgettext_lazy("profile form", "Two or three sentences: what you do, what you enjoy in it."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    knows = forms.CharField(
        label=pgettext_lazy("profile form", "What people may ask me about"),
        required=False,
        max_length=4000,
        help_text=pgettext_lazy(
            "profile form", "Separate with commas, such as: home visits, diabetes, queues"
        ),
    )

    @classmethod
    def of(cls, person: Person) -> ProfileForm:
        """Return the form filled with what is kept."""
        kept = {name: getattr(person, name) for name in cls.base_fields if name != "knows"}
        return cls(initial={**kept, "knows": ", ".join(person.knows)})

    def clean_knows(self) -> list[str]:
        """Return the tags, one by one."""
        words: str = self.cleaned_data["knows"]
        return [part for part in words.replace("\n", ",").replace("#", ",").split(",") if part.strip()]


class PortraitForm(Gentle, forms.Form):
    """A picture of oneself."""

    picture = forms.FileField(
        label=pgettext_lazy("portrait form", "A picture of you"),
        help_text=pgettext_lazy(
            "portrait form", "JPEG, PNG or WebP. We cut a square, and remove where and when it was taken."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def clean_picture(self) -> CleanPicture:
        """Return the picture, square and without metadata; what is no picture is said beside the field."""
        return clean_picture(self.cleaned_data["picture"], most_side=PORTRAIT_SIDE, square=True)


class PreferencesForm(Gentle, forms.Form):
    """How one likes to read, and who may see one's page."""

    language = forms.ChoiceField(
        label=pgettext_lazy("preferences form", "Language of the pages"),
        choices=[("th", "ไทย"), ("en", "English")],
        widget=forms.RadioSelect,
    )
    era = forms.ChoiceField(
        label=pgettext_lazy("preferences form", "Years"),
        choices=[
            ("be", pgettext_lazy("preferences form", "Buddhist era (2569)")),
            ("ce", pgettext_lazy("preferences form", "Common era (2026)")),
        ],
        widget=forms.RadioSelect,
    )
    digits = forms.ChoiceField(
        label=pgettext_lazy("preferences form", "Digits"),
        choices=[("arabic", "1 2 3"), ("thai", "๑ ๒ ๓")],
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=pgettext_lazy("preferences form", "Light"),
        choices=[
            ("auto", pgettext_lazy("preferences form", "As my device")),
            ("light", pgettext_lazy("preferences form", "Always light")),
            ("dark", pgettext_lazy("preferences form", "Always dark")),
        ],
        widget=forms.RadioSelect,
    )
    single_keys = forms.BooleanField(
        label=pgettext_lazy(
            "preferences form", "Single keys move me about (press ? on any page to see them)"
        ),
        required=False,
    )
    is_listed = forms.BooleanField(
        label=pgettext_lazy("preferences form", "My page may be seen by people who are not signed in"),
        help_text=pgettext_lazy("preferences form", "Your name always stands beside what you publish."),
        required=False,
    )

    @classmethod
    def of(cls, person: Person) -> PreferencesForm:
        """Return the form filled with what is kept."""
        return cls(initial={name: getattr(person, name) for name in cls.base_fields})


class AppointmentForm(Gentle, forms.Form):
    """A position in a unit, from when to when."""

    unit = UnitByName()
    position_th = forms.CharField(
        label=pgettext_lazy("appointment form", "Position"), required=False, max_length=160
    )
    position_en = forms.CharField(
        label=pgettext_lazy("appointment form", "Position in English"), required=False, max_length=160
    )
    from_on = DayField(
        label=pgettext_lazy("appointment form", "Since"),
        required=False,
        help_text=pgettext_lazy("appointment form", "For example 1 ต.ค. 2563. Leave it empty if you forgot."),
    )
    until_on = DayField(
        label=pgettext_lazy("appointment form", "Until"),
        required=False,
        help_text=pgettext_lazy("appointment form", "The last day. Leave it empty while it lasts."),
    )


class LeavingForm(Gentle, forms.Form):
    """What becomes of one's words, and the word that shows that it is meant."""

    content = forms.ChoiceField(
        label=pgettext_lazy("leaving form", "What you have written"),
        choices=[
            ("keep", pgettext_lazy("leaving form", "stays, with my name beside it")),
            ("anonymise", pgettext_lazy("leaving form", "stays without my name: “former member”")),
            ("empty", pgettext_lazy("leaving form", "is taken away, too; conversations keep an empty place")),
        ],
        widget=forms.RadioSelect,
    )
    word = forms.CharField(max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, asked_word: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked_word = asked_word
        self.fields["word"].label = pgettext_lazy("leaving form", "To be sure, please type: %(word)s") % {
            "word": asked_word
        }

    def clean_word(self) -> str:
        """Refuse every other word."""
        word: str = self.cleaned_data["word"].strip()
        if word.casefold() != self.asked_word.casefold():
            raise ValidationError(pgettext_lazy("leaving form", "This is another word. Nothing was deleted."))
        return word
