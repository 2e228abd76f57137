"""A story grows into a note: somebody asks, its author answers on the story's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from prakai.forums import actions
from prakai.forums.models import Growth
from prakai.web.forums.loading import member
from prakai.web.forums.views.stories import story_at


@require_POST
def grow(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask the teller whether her story may grow into a note; the teller herself begins it."""
    person = member(request)
    story = story_at(pk, number, person)
    growth = actions.grow_into_note(story, by=person)
    if growth.note is not None and growth.author_id == person.pk:
        return redirect(f"/notes/{growth.note.number}/edit")
    messages.success(request, pgettext("stories", "The teller is asked on this page. She decides."))
    return redirect(story.get_absolute_url())


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the teller's answer: yes begins a draft of hers, no leaves the story what it is."""
    person = member(request)
    story = story_at(pk, number, person)
    growth = Growth.objects.filter(story=story, author=person).first()
    if growth is None:
        raise Http404
    if request.POST.get("answer") == "yes":
        grown = actions.accept_growth(growth, by=person)
        assert grown.note is not None  # an accepted one has its note
        messages.success(
            request,
            pgettext("stories", "A draft stands in your notebook. Nobody else sees it until you publish it."),
        )
        return redirect(f"/notes/{grown.note.number}/edit")
    actions.decline_growth(growth, by=person)
    messages.success(request, pgettext("stories", "It stays a story of this forum. Nobody will ask again."))
    return redirect(story.get_absolute_url())
