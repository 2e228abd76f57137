"""Where a day that was held elsewhere has come home: what here and there do not agree on, and deciding it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prakai.exchange.forum_days import decide_difference, differences_of
from prakai.forums import rules
from prakai.forums.models import Difference, Parcel
from prakai.web.forums.difference_words import COLUMN_WORDS, KIND_WORDS
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member


@require_safe
@never_cache
def homecoming(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which files came, and what is undecided, to those who prepare the forum."""
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_prepare(person, forum).or_refuse()
    context = frame_of(forum, person, "homecoming") | {
        "parcels": Parcel.objects.filter(passage__forum=forum).defer("state").order_by("-at"),
        "differences": [
            (
                one,
                KIND_WORDS.get(one.difference.kind, one.difference.kind),
                COLUMN_WORDS.get(one.difference.column, one.difference.column),
            )
            for one in differences_of(forum)
        ],
    }
    return render(request, "forums/homecoming.html", context)


@require_POST
def decide(request: HttpRequest, pk: int, difference: int) -> HttpResponse:
    """Keep what is here, or take what came."""
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_prepare(person, forum).or_refuse()
    found = Difference.objects.filter(pk=difference, parcel__passage__forum=forum).first()
    choice = request.POST.get("choice")
    if choice not in ("ours", "theirs"):
        raise Http404
    if found is not None:
        decide_difference(found, by=person, takes=choice == "theirs")
        messages.success(request, pgettext("difference", "It is decided."))
    return redirect(f"/forums/{forum.pk}/homecoming")
