"""The stewards' form for words that mean the same."""

from __future__ import annotations

from django import forms
from django.utils.translation import pgettext_lazy

from prakai.web.base.forms import Gentle


class WordsForm(Gentle, forms.Form):
    """The ways to write one thing, each on a line."""

    forms = forms.CharField(
        label=pgettext_lazy("equivalents form", "Ways to write one thing, one on each line"),
        help_text=pgettext_lazy(
            "equivalents form",
            "For example an abbreviation, its full name and its English name. Dots need not be given twice."
            " Put ~ before a short form that also means other things.",
        ),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
