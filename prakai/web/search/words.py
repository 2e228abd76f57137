"""The stewards' list of words that mean the same: read it through, add a line, strike one out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from prakai.search import actions, rules
from prakai.search.models import Equivalents
from prakai.search.queries.equivalents import headed, written_lines
from prakai.web.requests import member, reader_of
from prakai.web.search.forms import WordsForm
from prakai.web.talk.tabs import moderation_tabs, sign_in_first

_ENGLISH = re.compile(r"[A-Za-z](?:[^|ก-๛]*[A-Za-z0-9.])?(?: \| [A-Za-z](?:[^|ก-๛]*[A-Za-z0-9.])?)*")
Parts = list[tuple[str, str]]
"""Words of one line as (language, words), so that a voice reads each as it is spoken."""


def spoken_parts(forms: Sequence[str]) -> Parts:
    """Return a line of forms with bars between them in parts of one language each."""
    words = " | ".join(forms)
    parts, past = [], 0
    for found in _ENGLISH.finditer(words):
        parts += [("th", words[past : found.start()]), ("en", found[0])]
        past = found.end()
    return [(language, part) for language, part in [*parts, ("th", words[past:])] if part]


@lru_cache(maxsize=1)
def _built_in() -> list[tuple[str, list[Parts]]]:
    return [(heading, [spoken_parts(line) for line in lines]) for heading, lines in headed()]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest) -> HttpResponse:
    """Show the whole list, and take a new line."""
    steward = reader_of(request)
    if steward is None:
        return sign_in_first(request)
    rules.may_look_after_words(steward).or_refuse()
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.add_equivalents(form.cleaned_data["forms"].splitlines(), by=steward)
        except ValidationError as trouble:
            form.add_error("forms", trouble.messages)
        else:
            messages.success(request, pgettext("equivalents", "From now on they find one another."))
            return redirect("equivalents")
    standing, struck = written_lines()
    context = {
        "tabs": moderation_tabs(request.path),
        "form": form,
        "standing": [(line, spoken_parts(line.forms)) for line in standing],
        "struck": [(line, spoken_parts(line.forms)) for line in struck],
        "built_in": _built_in(),
    }
    return render(request, "search/words.html", context, status=400 if form.errors else 200)


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike a line out."""
    steward = member(request)
    rules.may_look_after_words(steward).or_refuse()
    line = get_object_or_404(Equivalents, pk=pk)
    actions.strike_equivalents(line, by=steward)
    messages.success(request, pgettext("equivalents", "Struck out: these words no longer find one another."))
    return redirect("equivalents")
