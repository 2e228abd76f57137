"""The page of one forum: its purpose first, then when and where, the agenda, and how much of the day is two-way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prakai.forums.queries.people import who_prepares
from prakai.forums.queries.plan import plan_of
from prakai.web.forums.bar import meter_bar
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of


@require_safe
@cached_page
def forum(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """Answer a forum's page. The number decides; any other words behind it lead to the title of today."""
    reader = reader_of(request)
    found = forum_at(pk, reader)
    if found.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(found.get_absolute_url() + (f"?{query}" if query else ""))
    plan = plan_of(found)
    context = frame_of(found, reader, "forum") | {
        "plan": plan,
        "bar": meter_bar(plan),
        "preparing": who_prepares(found),
    }
    return render(request, "forums/day.html", context)
