"""The page of one forum: its purpose first, then when and where, the agenda, and how much of the day is two-way."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from prakai.forums import rules
from prakai.forums.models import Forum, Mode
from prakai.forums.queries.people import has_a_part, who_prepares
from prakai.forums.queries.plan import plan_of
from prakai.forums.queries.reviews import earlier_promises
from prakai.people.models import Person
from prakai.web.forums.bar import meter_bar
from prakai.web.forums.calendar import calendar_of
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.notes.addresses import absolute
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
    is_there = has_a_part(reader, found)
    context = frame_of(found, reader, "forum") | {
        "plan": plan,
        "bar": meter_bar(plan),
        "preparing": who_prepares(found),
        "may_join": found.mode != Mode.PLACE and is_there,
        "earlier": earlier_promises(found) if is_there else [],
    }
    if context["may_prepare"]:
        announcing = rules.may_announce(reader, found)
        context |= {
            "moves": _moves(found, reader, may_announce=bool(announcing)),
            "announce_why": "" if found.announced_at else announcing.reason,
        }
    return render(request, "forums/day.html", context)


@require_safe
@cached_page
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the forum as a file for calendars; a calendar that asks again finds what changed."""
    reader = reader_of(request)
    found = forum_at(pk, reader)
    plan = plan_of(found)
    if not plan.has_blocks:
        raise Http404
    address = absolute(request, found.get_absolute_url())
    text = calendar_of(found, plan, address=address, with_link=has_a_part(reader, found))
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="forum-{found.pk}.ics"'
    return response


@require_safe
@cached_page
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda as a sheet of paper."""
    found = forum_at(pk, reader_of(request))
    return render(request, "forums/sheet.html", {"forum": found, "plan": plan_of(found)})


def _moves(forum: Forum, reader: Person | None, *, may_announce: bool) -> set[str]:
    """Return the names of what who prepares this forum can do with it now."""
    is_open = forum.closed_at is None
    return {
        name
        for name, can in (
            ("announce", forum.announced_at is None and may_announce),
            ("change", is_open),
            ("cancel", is_open and forum.announced_at is not None and forum.cancelled_at is None),
            ("revive", is_open and forum.cancelled_at is not None),
            ("close", is_open and forum.cancelled_at is None and bool(rules.may_close(reader, forum))),
            ("reopen", not is_open),
        )
        if can
    }
