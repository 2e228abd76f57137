"""The review as the facilitator runs it and as those who follow it read it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.forums import review_rules as rules
from prakai.forums.models import Review
from prakai.forums.queries.promises import sums_of
from prakai.forums.queries.reviews import earlier_promises, last_taught, review_page
from prakai.web.forums.review_forms import OpenForm
from prakai.web.forums.review_loading import (
    forum_of_review,
    review_frame,
    review_to_write_in,
    voice_in,
)
from prakai.web.requests import reader_of


@require_safe
@never_cache
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the review: its clock, its turns, its questions, and what was revealed."""
    reader = reader_of(request)
    forum = forum_of_review(pk, reader)
    found = (
        Review.objects.filter(forum=forum)
        .select_related("forum__unit", "forum__network", "forum__series")
        .first()
    )
    if found is None:
        form = OpenForm() if rules.may_open(reader, forum) else None
        context = review_frame(Review(forum=forum), form=form, deeper=False)
        return render(request, "forums/review_open.html", context)
    voice = voice_in(request, found)
    if voice is None:
        rules.may_follow(reader, found).or_refuse()
    taught = last_taught(forum)
    if taught is not None and not rules.may_follow(reader, taught):
        taught = None
    context = review_frame(
        found,
        deeper=False,
        page=review_page(found, reader),
        voice=voice,
        collecting=rules.is_collecting(found),
        earlier=earlier_promises(forum),
        taught=taught,
        sums=sums_of(found),
    )
    return render(request, "forums/review.html", context)


@require_safe
@never_cache
def state(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell a page that is open which phase runs, and how many questions are revealed, so that it can say so."""
    found = review_to_write_in(request, pk)
    if voice_in(request, found) is None:
        rules.may_follow(reader_of(request), found).or_refuse()
    running = found.phases.filter(begun_at__isnull=False, ended_at__isnull=True).first()
    return JsonResponse(
        {
            "phase": running.pk if running else 0,
            "revealed": found.questions.filter(revealed_at__isnull=False).count(),
        }
    )
