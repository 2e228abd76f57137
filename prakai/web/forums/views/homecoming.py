"""Where a day that was held elsewhere has come home: what here and there do not agree on, and deciding it."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prakai.exchange.forum_days import decide_difference, differences_of
from prakai.forums import rules
from prakai.forums.models import Difference, Parcel
from prakai.web.forums.loading import forum_at, frame_of, member

KINDS: Final = {
    "forum": pgettext_lazy("difference", "the forum"),
    "days": pgettext_lazy("difference", "day"),
    "blocks": pgettext_lazy("difference", "agenda"),
    "block_roles": pgettext_lazy("difference", "agenda"),
    "before": pgettext_lazy("difference", "before the day"),
    "roles": pgettext_lazy("difference", "role"),
    "participants": pgettext_lazy("difference", "who comes"),
    "circles": pgettext_lazy("difference", "circle"),
    "placements": pgettext_lazy("difference", "seat in a circle"),
    "sparks": pgettext_lazy("difference", "spark"),
    "spark_groups": pgettext_lazy("difference", "group of sparks"),
    "stories": pgettext_lazy("difference", "story"),
    "nuggets": pgettext_lazy("difference", "nugget"),
    "cores": pgettext_lazy("difference", "core"),
    "patterns": pgettext_lazy("difference", "pattern"),
    "questions": pgettext_lazy("difference", "question"),
    "answers": pgettext_lazy("difference", "answer"),
    "promises": pgettext_lazy("difference", "promise"),
    "voices": pgettext_lazy("difference", "voice of the review"),
    "wishes": pgettext_lazy("difference", "wish for a circle"),
}
COLUMNS: Final = {
    "name": pgettext_lazy("difference", "name"),
    "nickname": pgettext_lazy("difference", "nickname"),
    "phone": pgettext_lazy("difference", "phone"),
    "email": pgettext_lazy("difference", "e-mail"),
    "position": pgettext_lazy("difference", "position"),
    "unit": pgettext_lazy("difference", "unit"),
    "needs": pgettext_lazy("difference", "needs"),
    "title": pgettext_lazy("difference", "title"),
    "purpose": pgettext_lazy("difference", "purpose"),
    "place": pgettext_lazy("difference", "place"),
    "room": pgettext_lazy("difference", "room"),
    "minutes": pgettext_lazy("difference", "minutes"),
    "begins_at": pgettext_lazy("difference", "begins"),
    "words": pgettext_lazy("difference", "words"),
    "arrived_at": pgettext_lazy("difference", "arrived"),
    "seated_at": pgettext_lazy("difference", "has a seat since"),
    "left_at": pgettext_lazy("difference", "gave the seat back"),
    "circle": pgettext_lazy("difference", "circle"),
    "hidden_at": pgettext_lazy("difference", "hidden"),
    "withdrawn_at": pgettext_lazy("difference", "taken back"),
}
"""Words for what differs most often; other columns are called as the file calls them."""


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
                KINDS.get(one.difference.kind, one.difference.kind),
                COLUMNS.get(one.difference.column, one.difference.column),
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
