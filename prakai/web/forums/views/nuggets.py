"""Marking nuggets in a story, saying them in other words, taking a mark away."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_POST

from prakai.forums import actions
from prakai.forums.models import Nugget
from prakai.people.models import Person
from prakai.web.forums.views.stories import story_answer, story_at
from prakai.web.requests import member


def nugget_at(pk: int, number: int, reader: Person | None) -> Nugget:
    """Return the nugget with its story if ``reader`` may see it, else 404."""
    rows = Nugget.objects.visible_to(reader).filter(story__forum=pk, pk=number)
    found = rows.select_related("story__forum").first()
    if found is None:
        raise Http404
    return found


@require_POST
def mark(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Mark the chosen sentences, each by itself or together as one."""
    person = member(request)
    story = story_at(pk, number, person)
    version = request.POST.get("version", "")
    try:
        marked = actions.mark_nuggets(
            story,
            [place for place in map(_place, request.POST.getlist("place")) if place],
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            by=person,
            together=request.POST.get("how") == "together",
        )
    except ValidationError as trouble:
        return story_answer(request, story, person, trouble=" ".join(trouble.messages), status=400)
    words = npgettext("stories", "%(n)d nugget is marked.", "%(n)d nuggets are marked.", len(marked))
    messages.success(request, words % {"n": len(marked)})
    return redirect(f"{story.get_absolute_url()}#nugget-{marked[0].pk}")


@require_POST
def word(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Keep other words for a nugget."""
    person = member(request)
    nugget = nugget_at(pk, number, person)
    try:
        actions.word_nugget(nugget, request.POST.get("paraphrase", ""), by=person)
    except ValidationError as trouble:
        return story_answer(request, nugget.story, person, trouble=" ".join(trouble.messages), status=400)
    messages.success(request, pgettext("stories", "The other words are kept beside it."))
    return redirect(f"{nugget.story.get_absolute_url()}#nugget-{nugget.pk}")


@require_POST
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a mark away."""
    person = member(request)
    nugget = nugget_at(pk, number, person)
    address = nugget.story.get_absolute_url()
    actions.drop_nugget(nugget, by=person)
    messages.success(request, pgettext("stories", "The mark is gone; the sentence stays in its story."))
    return redirect(f"{address}#nuggets")


def _place(value: str) -> tuple[str, int, int] | None:
    """Return part, start and end of ``what_we_did:12:40``, or ``None``."""
    part, _, rest = value[:60].partition(":")
    start, _, end = rest.partition(":")
    if not (start.isdecimal() and end.isdecimal() and max(len(start), len(end)) < 8):
        return None
    return part, int(start), int(end)
