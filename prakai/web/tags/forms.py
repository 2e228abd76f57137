"""The stewards' form that makes two tags one."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import pgettext, pgettext_lazy

from prakai.notes.models import Tag
from prakai.thai.tags import tag_key
from prakai.web.base.forms import Gentle


class MergeForm(Gentle, forms.Form):
    """Which tag stays."""

    into = forms.CharField(
        label=pgettext_lazy("tag merge", "Make it another name of"),
        help_text=pgettext_lazy("tag merge", "Write the tag that stays, just as it is shown."),
        max_length=200,
    )

    def clean_into(self) -> Tag:
        """Return the tag of these words."""
        found = Tag.objects.filter(key=tag_key(self.cleaned_data["into"])).select_related("same_as").first()
        if found is None:
            raise ValidationError(pgettext("tag merge", "There is no such tag yet."))
        return found.same_as or found
