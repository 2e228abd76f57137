"""My desk: what others said to me, and what waits for me."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from prakai.talk.actions import read_notices
from prakai.talk.queries import Told, held_comments, notices_of, unread_notices
from prakai.web.requests import member, reader_of
from prakai.web.talk.tabs import desk_tabs, sign_in_first


@require_safe
@never_cache
def replies(request: HttpRequest) -> HttpResponse:
    """Show what concerns the reader, newest first."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    page = notices_of(reader, after=request.GET.get("older"))
    context = {
        "tabs": desk_tabs(request.path, reader),
        "told": [Told(notice) for notice in page.rows],
        "is_first": page.is_first,
        "older_url": f"?older={page.older}" if page.older else "",
        "unread": unread_notices(reader),
        "until": page.rows[0].at.isoformat() if page.rows and page.is_first else "",
    }
    return render(request, "talk/replies.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark the notices up to the newest shown as read."""
    person = member(request)
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is not None and is_aware(until):
        read_notices(person, by=person, until=until)
    return redirect("desk-replies")


@require_safe
@never_cache
def held(request: HttpRequest) -> HttpResponse:
    """Show comments that wait for the reader."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    context = {"tabs": desk_tabs(request.path, reader), "held": held_comments(reader)}
    return render(request, "talk/held.html", context)
