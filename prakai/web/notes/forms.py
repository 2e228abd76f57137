"""Forms of notes and notebooks: they check the shape of what was typed; the actions decide."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import pgettext, pgettext_lazy

from prakai.notes.actions.writing import Writing
from prakai.notes.models import Licence, Notebook, NoteKind
from prakai.people.models import Audience, Person
from prakai.thai.tags import tag_key
from prakai.units.models import Unit
from prakai.web.base.forms import Gentle
from prakai.web.notes.named import Candidate, member_named, people_named

KINDS = (NoteKind.HOW, NoteKind.JOURNAL, NoteKind.ARTICLE)
AUDIENCES = (Audience.PUBLIC, Audience.MEMBERS, Audience.UNIT)
LICENCES = [
    (one.value, format_lazy("{} ({})", one.label, one.short) if one.short else one.label) for one in Licence
]
LANGUAGES = [("th", "ไทย"), ("en", "English")]
_TAGS = re.compile(r"[,;\n]+|\s*#\s*")


def tags_in(text: str) -> list[str]:
    """Return the tags of a field typed with commas, lines or #: words with spaces between stay one tag."""
    parts = [" ".join(part.split()) for part in _TAGS.split(text)]
    return list({tag_key(part): part for part in reversed(parts) if part}.values())[::-1]


class ManyFiles(forms.FileField):
    """Several files at once; an empty list when there are none."""

    def clean(self, value: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Return every file, each checked to be one."""
        given = value if isinstance(value, list) else [value] if value else []
        single = super().clean
        return [single(one, initial) for one in given]


class FilesInput(forms.ClearableFileInput):
    """A plain file field for several files, with the camera on phones."""

    allow_multiple_selected = True


class WritingForm(Gentle, forms.Form):
    """The one form of writing: a new note of some kind, or a note that stands."""

    title = forms.CharField(label=pgettext_lazy("writing", "Title"), required=False)
    body = forms.CharField(
        label=pgettext_lazy("writing", "Your story"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 16, "data-editor": ""}),
    )
    highlight = forms.CharField(
        label=pgettext_lazy("writing", "The spark"),
        help_text=pgettext_lazy(
            "writing", "One sentence that you would say first to a friend in the corridor."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )
    tags = forms.CharField(
        label=pgettext_lazy("writing", "Tags"),
        help_text=pgettext_lazy("writing", "Short words by which others find it, parted by commas or #."),
        required=False,
        widget=forms.TextInput(attrs={"list": "known-tags", "autocomplete": "off"}),
    )
    notebook = forms.ModelChoiceField(
        label=pgettext_lazy("writing", "In which notebook"),
        queryset=Notebook.objects.none(),
        required=False,
        empty_label=None,
    )
    audience = forms.ChoiceField(
        label=pgettext_lazy("writing", "Who may read it"),
        choices=[(a.value, a.label) for a in AUDIENCES],
        widget=forms.RadioSelect,
        required=False,
    )
    licence = forms.ChoiceField(
        label=pgettext_lazy("writing", "What others may do with it"), choices=LICENCES, required=False
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("writing", "Written in"), choices=LANGUAGES, required=False
    )
    series = forms.CharField(
        label=pgettext_lazy("writing", "Series"),
        help_text=pgettext_lazy("writing", "The same words in each part bind the parts together."),
        required=False,
        widget=forms.TextInput(attrs={"list": "known-series", "autocomplete": "off"}),
    )
    coauthors = forms.CharField(
        label=pgettext_lazy("writing", "Written together with"),
        help_text=pgettext_lazy("writing", "Names or e-mail addresses of members, parted by commas."),
        required=False,
    )
    teller = forms.CharField(
        label=pgettext_lazy("writing", "Written for somebody else"),
        help_text=pgettext_lazy(
            "writing", "Whose experience is it? Her name stands first. She need not be a member."
        ),
        required=False,
    )
    uploads = ManyFiles(
        label=pgettext_lazy("writing", "Pictures and files"),
        help_text=pgettext_lazy(
            "writing",
            "Paste, drop or choose them, several at once. The place where a picture was taken is removed.",
        ),
        required=False,
        widget=FilesInput,
    )
    kind = forms.ChoiceField(
        choices=[(k.value, k.label) for k in NoteKind], required=False, widget=forms.HiddenInput
    )
    window = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    base_version = forms.IntegerField(min_value=0, max_value=10**9, required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, by: Person, notebooks: list[Notebook], picked: Collection[str] = (), **kwargs: Any
    ) -> None:
        """``notebooks`` are those that ``by`` may write in; ``picked`` the people chosen where a name was unsure."""
        super().__init__(*args, **kwargs)
        self.by = by
        self.picked = picked
        self.unsure: dict[str, list[Candidate]] = {}
        self.plain: set[str] = set()
        field = self.fields["notebook"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Notebook.objects.filter(pk__in=[book.pk for book in notebooks])
        if len(notebooks) < 2:
            field.widget = forms.HiddenInput()
        if self["kind"].value() == NoteKind.JOURNAL:
            self.fields["body"].widget.attrs["rows"] = 6
        self.fields["body"].widget.attrs["lang"] = self["language"].value() or "th"

    def clean_coauthors(self) -> list[Person]:
        """Return the members named; ask where a name is unsure."""
        named = people_named(self.cleaned_data["coauthors"], self.by, picked=self.picked)
        self.unsure |= named.unsure
        if named.unsure:
            raise ValidationError(pgettext("writing", "Several people have this name. Please choose below."))
        if named.unknown:
            names = ", ".join(named.unknown)
            raise ValidationError(
                pgettext("writing", "We know no member called %(names)s. Try the e-mail address.")
                % {"names": names}
            )
        return named.people

    def clean_teller(self) -> Person | str:
        """Return the member who is meant, or the name as it is typed."""
        name = " ".join(self.cleaned_data["teller"].split())
        if not name:
            return ""
        if "plain" in self.picked:
            return name
        named = member_named(name, self.by, picked=self.picked)
        self.unsure |= named.unsure
        self.plain |= named.unsure.keys()
        if named.unsure:
            raise ValidationError(pgettext("writing", "Several people have this name. Please choose below."))
        return named.people[0] if named.people else name

    def writing(self) -> Writing:
        """Return what was written, for the action. Fields that the page did not send stay as they are."""
        told = self.cleaned_data
        given = {name for name in self.fields if self.add_prefix(name) in self.data}
        writing = Writing(
            **{
                name: told[name]
                for name in (
                    "title",
                    "body",
                    "highlight",
                    "series",
                    "licence",
                    "audience",
                    "language",
                    "kind",
                )
                if name in given and (told[name] or name in ("title", "body", "highlight", "series"))
            },
            notebook=told["notebook"],
        )
        if "tags" in given:
            writing.tags = tags_in(told["tags"])
        if "coauthors" in given:
            writing.coauthors = told["coauthors"]
        if "teller" in given:
            is_member = isinstance(told["teller"], Person)
            writing.teller = told["teller"] if is_member else None
            writing.teller_name = "" if is_member else told["teller"]
        return writing


class NotebookForm(Gentle, forms.Form):
    """A notebook: its name and what new notes in it start from."""

    title = forms.CharField(label=pgettext_lazy("notebook form", "Name of the notebook"), max_length=200)
    about = forms.CharField(
        label=pgettext_lazy("notebook form", "What it is about"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "low"}),
    )
    unit = forms.ModelChoiceField(
        label=pgettext_lazy("notebook form", "Whose notebook"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=pgettext_lazy("notebook form", "My own"),
        help_text=pgettext_lazy("notebook form", "In a unit's notebook all its members write."),
    )
    audience = forms.ChoiceField(
        label=pgettext_lazy("notebook form", "New notes start with this audience"),
        choices=[(a.value, a.label) for a in AUDIENCES],
        widget=forms.RadioSelect,
    )
    licence = forms.ChoiceField(
        label=pgettext_lazy("notebook form", "New notes start with this licence"), choices=LICENCES
    )
    allows_anonymous = forms.BooleanField(
        label=pgettext_lazy("notebook form", "Visitors may comment without an account"),
        help_text=pgettext_lazy("notebook form", "What they write waits until you have read it."),
        required=False,
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        """``units`` are those for which she may open a notebook; without any the question is not asked."""
        super().__init__(*args, **kwargs)
        if units:
            field = self.fields["unit"]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        else:
            del self.fields["unit"]


class WithdrawForm(Gentle, forms.Form):
    """Why a note is withdrawn."""

    because = forms.CharField(
        label=pgettext_lazy("withdraw form", "Why"),
        help_text=pgettext_lazy("withdraw form", "Readers who come by the old link see these words."),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "class": "low"}),
    )
