"""Forms with which stewards look after the list of units. They check the shape; what may be is decided by actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext, pgettext_lazy

from prakai.units.models import Unit, UnitKind
from prakai.units.provinces import provinces
from prakai.web.base.forms import Gentle
from prakai.web.units.fields import DayField, UnitField, numbered_unit

DAY_HINT = pgettext_lazy("unit form", "Such as 1 ต.ค. 2545 or 1/10/2545.")
UNIT_HINT = pgettext_lazy(
    "unit form", "Its name or abbreviation, such as รพ.สต.บ้านนา; or its number, such as #12."
)


def kind_choices() -> list[tuple[str, str]]:
    """Return all kinds, with an empty first choice."""
    return [("", pgettext("unit form", "all kinds")), *((kind.value, str(kind.label)) for kind in UnitKind)]


def province_choices(empty: str) -> list[tuple[str, str]]:
    """Return all provinces in the order of the language, with an empty first choice of these words."""
    rows = list(provinces())
    if (get_language() or "th").startswith("en"):
        rows.sort(key=lambda row: row.name_en)
    return [("", empty), *((row.code, row.name) for row in rows)]


class FindForm(Gentle, forms.Form):
    """What is looked for in the list of units; anything not understood is left out, never refused."""

    q = forms.CharField(
        required=False, max_length=200, label=pgettext_lazy("unit form", "Name or abbreviation")
    )
    kind = forms.ChoiceField(required=False, label=pgettext_lazy("unit form", "Kind"))
    province = forms.ChoiceField(required=False, label=pgettext_lazy("unit form", "Province"))
    ended = forms.BooleanField(
        required=False, label=pgettext_lazy("unit form", "Also units that are no longer there")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices()  # type: ignore[attr-defined]
        whole = pgettext("unit form", "the whole country")
        self.fields["province"].choices = province_choices(whole)  # type: ignore[attr-defined]


class NamesForm(Gentle, forms.Form):
    """The names of a unit."""

    name_th = forms.CharField(max_length=250, label=pgettext_lazy("unit form", "Name in Thai"))
    name_en = forms.CharField(
        required=False, max_length=250, label=pgettext_lazy("unit form", "Name in English")
    )
    abbreviations = forms.CharField(
        required=False,
        max_length=800,
        label=pgettext_lazy("unit form", "Abbreviations"),
        help_text=pgettext_lazy("unit form", "Several are parted by a semicolon: สสจ.น่าน; สนง.สสจ.น่าน"),
    )

    def clean_abbreviations(self) -> list[str]:
        """Return the abbreviations one by one."""
        return [short.strip() for short in self.cleaned_data["abbreviations"].split(";") if short.strip()]


class UnitForm(NamesForm):
    """All that is told of a unit when it is corrected."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("unit form", "Kind"), choices=UnitKind.choices, initial=UnitKind.OFFICE
    )
    province = forms.ChoiceField(required=False, label=pgettext_lazy("unit form", "Province"))
    valid_from = DayField(required=False, label=pgettext_lazy("unit form", "First day"), help_text=DAY_HINT)
    about = forms.CharField(
        required=False,
        max_length=4000,
        label=pgettext_lazy("unit form", "What this unit does"),
        help_text=pgettext_lazy("unit form", "Two or three sentences for somebody who has never been there."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = pgettext("unit form", "not of one province")
        self.fields["province"].choices = province_choices(none)  # type: ignore[attr-defined]


class FoundForm(UnitForm):
    """A new unit."""

    parent = UnitField(required=False, label=pgettext_lazy("unit form", "Stands under"), help_text=UNIT_HINT)
    field_order = ("name_th", "name_en", "abbreviations", "kind", "parent", "province", "valid_from", "about")


class RenameForm(NamesForm):
    """A new name, and since when."""

    on = DayField(label=pgettext_lazy("unit form", "First day of the new name"), help_text=DAY_HINT)


class MoveForm(Gentle, forms.Form):
    """A new place in the tree."""

    parent = UnitField(
        required=False,
        label=pgettext_lazy("unit form", "Stands under"),
        help_text=pgettext_lazy(
            "unit form", "Its name, abbreviation or number. Leave empty for the top of the tree."
        ),
    )


class BecauseForm(Gentle, forms.Form):
    """When something happened to a unit, and by which order or law."""

    on = DayField(label=pgettext_lazy("unit form", "From which day"), help_text=DAY_HINT)
    because = forms.CharField(
        required=False,
        max_length=2000,
        label=pgettext_lazy("unit form", "Because of"),
        help_text=pgettext_lazy(
            "unit form", "The law, announcement or order, as it will be read on the unit's page."
        ),
    )


class MergeForm(BecauseForm):
    """The unit into which another goes."""

    later = UnitField(label=pgettext_lazy("unit form", "Goes into"), help_text=UNIT_HINT)
    field_order = ("later", "on", "because")


class SplitForm(BecauseForm):
    """The units that come out of one."""

    into = forms.CharField(
        max_length=4000,
        label=pgettext_lazy("unit form", "Units that come out of it"),
        help_text=pgettext_lazy(
            "unit form",
            "One a line. A name founds a new unit; #12 means the unit with this number, which is here already.",
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    goes_on = forms.BooleanField(
        required=False,
        label=pgettext_lazy("unit form", "The unit itself goes on; only a part came out of it"),
    )
    field_order = ("into", "goes_on", "on", "because")

    def clean_into(self) -> list[Unit | str]:
        """Return units that are here, and names of new ones, in the order of the lines."""
        pieces: list[Unit | str] = []
        for line in filter(None, map(str.strip, self.cleaned_data["into"].splitlines())):
            unit = numbered_unit(line)
            if unit is None and (line.startswith("#") or "/units/" in line):
                words = pgettext("unit form", "There is no unit with the number in “%(line)s”.")
                raise ValidationError(words % {"line": line[:80]})
            pieces.append(unit or line)
        return pieces


class CloseForm(BecauseForm):
    """The last day of a unit that ends without another in its place."""

    on = DayField(label=pgettext_lazy("unit form", "Last day"), help_text=DAY_HINT)


class ReopenForm(Gentle, forms.Form):
    """Nothing to fill in: only the button."""


class TableForm(Gentle, forms.Form):
    """A file with a table of units."""

    table = forms.FileField(
        allow_empty_file=True,
        label=pgettext_lazy("unit form", "CSV file"),
        help_text=pgettext_lazy(
            "unit form", "At most 1 MB and 5,000 lines. Nothing comes in before you have seen what it does."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
