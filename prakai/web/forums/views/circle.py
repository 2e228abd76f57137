"""A circle on a phone: whose turn it is, how long she tells, and questions that ask how."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prakai.forums import rules
from prakai.forums.queries.circles import Member, members_of
from prakai.web.forums.circle_loading import circle_at
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import reader_of

TELLING: Final = timedelta(minutes=5)
ASKING: Final = timedelta(minutes=3)
REMEMBERED: Final = timedelta(hours=6)


@require_safe
def circle(request: HttpRequest, pk: int, round_number: int, number: int) -> HttpResponse:
    """Answer the circle's page. ``?turn=`` begins a member's clock: the moment goes into the address, not into rows."""
    reader = reader_of(request)
    found = forum_at(pk, reader)
    here = circle_at(found, round_number, number, reader)
    members = members_of(here)
    asked = request.GET.get("turn", "")
    teller = next((one for one in members if str(one.participant.pk) == asked), None)
    if teller is not None and "at" not in request.GET:
        return redirect(f"{request.path}?turn={asked}&at={int(timezone.now().timestamp())}#clock")
    began = _began(request.GET.get("at", "")) if teller is not None else None
    told = None
    if teller is not None and began is not None:
        told = {
            "member": teller,
            "began": began,
            "now": timezone.now(),
            "tells_until": began + TELLING,
            "asks_until": began + TELLING + ASKING,
            "following": _after(members, teller),
        }
    context = frame_of(found, reader, "circles") | {
        "circle": here,
        "members": members,
        "told": told,
        "telling": int(TELLING.total_seconds()),
        "asking": int(ASKING.total_seconds()),
        "may_see_all": bool(rules.may_record(reader, found)),
    }
    return render(request, "forums/circle.html", context)


def _began(text: str) -> datetime | None:
    """Return the moment that the address tells, if it is one of these hours."""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    moment = datetime.fromtimestamp(int(text), UTC)
    return moment if abs(timezone.now() - moment) < REMEMBERED else None


def _after(members: list[Member], teller: Member) -> Member | None:
    place = members.index(teller) + 1
    return members[place] if place < len(members) else None
