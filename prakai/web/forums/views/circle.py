"""A circle on a phone: whose turn it is, how long she tells, its stories, and questions that ask how."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from prakai.forums import actions, circle_rules, rules, story_rules
from prakai.forums.models import ASKING, TELLING, Circle, Participant, Turn
from prakai.forums.queries.circles import Member, members_of
from prakai.forums.queries.stories import stories_of
from prakai.forums.queries.turns import turn_of
from prakai.people.models import Person
from prakai.web.forums.circle_loading import circle_at
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member, reader_of


@require_safe
def circle(request: HttpRequest, pk: int, round_number: int, number: int) -> HttpResponse:
    """Answer the circle's page."""
    reader = reader_of(request)
    found = forum_at(pk, reader)
    here = circle_at(found, round_number, number, reader)
    members = members_of(here)
    context = (
        frame_of(found, reader, "circles")
        | _clock(here, reader, turn_of(here), members)
        | {
            "members": members,
            "stories": stories_of(here, reader),
            "may_see_all": bool(rules.may_record(reader, found)),
        }
    )
    return render(request, "forums/circle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, pk: int, round_number: int, number: int) -> HttpResponse:
    """Answer the clock alone, if it is not the one that the phone shows; or begin a turn (``teller``), or end it."""
    reader = member(request) if request.method == "POST" else reader_of(request)
    here = circle_at(forum_at(pk, reader), round_number, number, reader)
    if request.method == "POST" and reader is not None:
        _move(request, here, reader)
        return redirect(f"{address_of(here)}#clock")
    standing = turn_of(here)
    mark = f'"{mark_of(standing)}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponseNotModified(headers={"ETag": mark})
    context = {"forum": here.round.forum} | _clock(here, reader, standing, members_of(here))
    answer = render(request, "forums/circle_clock.html", context)
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _move(request: HttpRequest, here: Circle, by: Person) -> None:
    asked = request.POST.get("teller", "")
    if not asked:
        actions.end_turn(here, by=by)
        return
    seats = Participant.objects.filter(placements__circle=here)
    found = seats.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 16 else None
    if found is None:
        raise ValidationError({"teller": circle_rules.NOT_HERE})
    actions.begin_turn(here, found, by=by)


def _clock(
    here: Circle, reader: Person | None, standing: Turn | None, members: list[Member]
) -> dict[str, Any]:
    """Return what the clock wants: the turn, who comes after, and what the reader may do."""
    return {
        "circle": here,
        "address": address_of(here),
        "turn": standing,
        "mark": mark_of(standing),
        "following": _after(members, standing),
        "now": timezone.now(),
        "telling": int(TELLING.total_seconds()),
        "asking": int(ASKING.total_seconds()),
        "may_move_clock": bool(circle_rules.may_move_clock(reader, here)),
        "may_write": bool(story_rules.may_record_story(reader, here.round.forum)),
    }


def address_of(here: Circle) -> str:
    """Return the address of a circle's page."""
    return f"/forums/{here.round.forum_id}/circles/{here.round.number}/{here.number}"


def mark_of(standing: Turn | None) -> str:
    """Return what tells one state of the clock from another; in quotes, it is an ETag."""
    return f"{standing.pk if standing else 0}-{get_language()}"


def _after(members: list[Member], standing: Turn | None) -> Member | None:
    """Return who sits after the teller; before anybody has told, nobody."""
    places = [
        place
        for place, one in enumerate(members)
        if standing and one.participant.pk == standing.participant_id
    ]
    return members[places[0] + 1] if places and places[0] + 1 < len(members) else None
