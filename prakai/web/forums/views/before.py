"""The page before the day (BAR): five questions of the team that prepares a forum, and the series' earlier days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.http import require_http_methods

from prakai.forums import actions, rules
from prakai.forums.models import BeforeReview
from prakai.forums.queries.before import before_page
from prakai.web.base.forms import Told
from prakai.web.base.keeping import confirm, form_for, keeps_words, writer
from prakai.web.forums.loading import forum_at, frame_of

ANSWERS = ("tasks", "taught", "risks", "watched")


def _answer(label: Any, hint: Any) -> forms.CharField:
    return forms.CharField(
        required=False,
        max_length=40_000,
        label=label,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class BeforeForm(Told):
    """The questions that are answered in words; the goal is the forum's purpose."""

    tasks = _answer(
        pgettext_lazy("before form", "Who does what?"),
        pgettext_lazy(
            "before form", "A name for each thing: the door, the circles, writing down, lunch, the clock."
        ),
    )
    taught = _answer(
        pgettext_lazy("before form", "What did the last forum teach us?"),
        pgettext_lazy("before form", "What we do again, what we do differently this time."),
    )
    risks = _answer(
        pgettext_lazy("before form", "What may go wrong?"),
        pgettext_lazy(
            "before form", "And what we do then: no Internet, half of them come, somebody speaks on and on."
        ),
    )
    watched = _answer(
        pgettext_lazy("before form", "What will we watch on the day?"),
        pgettext_lazy("before form", "By which signs do we see that people speak freely?"),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @staticmethod
    def values_of(review: BeforeReview) -> dict[str, Any]:
        """Return what stands there now."""
        return {name: getattr(review, name) for name in ANSWERS} | {"seen": review.version}


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def before(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the five questions, and keep the answers."""
    person = writer(request)
    forum = forum_at(pk, person)
    rules.may_prepare(person, forum).or_refuse()
    page = before_page(forum, person)
    form = form_for(request, BeforeForm, BeforeForm.values_of(page.review))
    theirs: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_before_review(forum, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
            if getattr(trouble, "code", "") == "conflict":
                form.data = {**form.data, "seen": str(page.review.version)}
                theirs = [
                    (str(form.fields[name].label), getattr(page.review, name))
                    for name in ANSWERS
                    if getattr(page.review, name) != form.cleaned_data[name]
                ]
        else:
            messages.success(request, pgettext("forum", "What you changed is kept."))
            return confirm(request, redirect(f"/forums/{forum.pk}/bar"), "")
    context = frame_of(forum, person, "bar") | {"page": page, "form": form, "theirs": theirs}
    return render(request, "forums/bar.html", context)
