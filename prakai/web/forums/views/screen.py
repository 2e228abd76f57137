"""The wall by the forum's number: on the screen of the hall, as a list, as words, and its QR."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from prakai.forums import spark_rules, story_rules
from prakai.forums.queries import walls as queries
from prakai.forums.queries.growths import grown_at, sparks_asked_about, with_notes
from prakai.forums.queries.wall_words import sparks_with, wall_words
from prakai.journal.newest import newest_id
from prakai.web.forums.qr import qr_image
from prakai.web.forums.wall_frame import forum_of_wall, join_address, wall_frame
from prakai.web.requests import reader_of

ON_SCREEN = 24


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the wall in the hall: large words, what is pinned first, the code and its QR."""
    reader = reader_of(request)
    forum = forum_of_wall(pk, reader)
    if spark_rules.wall_of(forum) is None and spark_rules.may_keep_wall(reader, forum):
        return redirect(f"/forums/{forum.pk}/wall/keep")
    after = newest_id()  # before the rows: what happens in between is told once more, and never missed
    address = join_address(request, forum)
    context = {
        **wall_frame(forum, reader, "screen"),
        "pinned": queries.pinned_sparks(forum),
        "sparks": [one for one in queries.sparks_on_wall(forum, most=ON_SCREEN) if not one.is_pinned],
        "after": after,
        "most": ON_SCREEN,
        "group_titles": queries.group_titles(forum),
        "qr": qr_image(address),
        "join_shown": address.split("://", 1)[-1].rsplit("/", 1)[0],
    }
    response = render(request, "forums/wall_screen.html", context)
    response.headers["Cache-Control"] = "no-store"
    if request.GET.get("every") == "20":
        response.headers["Refresh"] = "20"  # asked for by who shows it, in a browser without JavaScript
    return response


@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that is on the wall to read in peace, group by group, in the order in which it came."""
    reader = reader_of(request)
    forum = forum_of_wall(pk, reader)
    titles = queries.group_titles(forum)
    places = {title: place for place, title in enumerate(titles)}
    told = with_notes(queries.sparks_one_by_one(forum), grown_at(forum, reader))
    sparks = sorted(told, key=lambda one: (places.get(one.group, len(places)), one.pk))
    groups = [
        {"title": title, "sparks": list(found)} for title, found in groupby(sparks, key=lambda one: one.group)
    ]
    context = {
        **wall_frame(forum, reader, "list"),
        "groups": groups,
        "asked": sparks_asked_about(forum, reader),
        "may_ask": bool(story_rules.may_record_story(reader, forum)),
    }
    return render(request, "forums/wall_list.html", context)


@require_safe
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Show which words sparks have in common; ``?word=`` shows the sparks that say one of them."""
    reader = reader_of(request)
    forum = forum_of_wall(pk, reader)
    found = wall_words(forum)
    asked = request.GET.get("word", "")[:100]
    context = {
        **wall_frame(forum, reader, "words"),
        "words": found,
        "asked": asked,
        "sparks": sparks_with(forum, asked) if asked else [],
        "head": [pgettext("wall", "Word"), pgettext("wall", "Sparks that say it")],
        "rows": [[one.word, one.sparks] for one in found],
    }
    return render(request, "forums/wall_words.html", context)
