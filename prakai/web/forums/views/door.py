"""The door on the day: who is there, by a few letters of a name or by the QR of a card; one tap, and back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Forum, Participant, WalkIns
from prakai.forums.queries.participants import door_page
from prakai.kernel.verdicts import Refused, Verdict
from prakai.people.models import Person
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.people_forms import WalkInForm
from prakai.web.requests import member


@never_cache
@require_safe
def door(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for somebody, or see who is still expected."""
    person, forum = _at_door(request, pk)
    return _shown(request, person, forum)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """The person of a card, with one button; pressed, she is there. Reading alone writes nothing."""
    person, forum = _at_door(request, pk)
    seat = _participant(forum, person, public_id)
    if request.method != "POST":
        return render(request, "forums/door_person.html", frame_of(forum, person, "door") | {"seat": seat})
    try:
        actions.check_in(seat, by=person)
    except Refused as refused:
        return _shown(request, person, forum, verdict=refused.verdict, seat=seat)
    messages.success(request, pgettext("door", "%(name)s is here. Welcome!") % {"name": seat.name})
    return redirect(f"/forums/{forum.pk}/door")


@require_POST
def undo(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Take an arrival back."""
    person, forum = _at_door(request, pk)
    seat = actions.undo_arrival(_participant(forum, person, public_id), by=person)
    messages.success(request, pgettext("door", "Taken back: %(name)s is not here yet.") % {"name": seat.name})
    return redirect(f"/forums/{forum.pk}/door?" + urlencode({"q": seat.name}))


@never_cache
@require_POST
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in who had not registered."""
    person, forum = _at_door(request, pk)
    form = WalkInForm(request.POST)
    if form.is_valid():
        try:
            seat = actions.walk_in(forum, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        except Refused as refused:
            return _shown(request, person, forum, verdict=refused.verdict, form=form)
        else:
            messages.success(request, pgettext("door", "%(name)s is here. Welcome!") % {"name": seat.name})
            return redirect(f"/forums/{forum.pk}/door")
    return _shown(request, person, forum, form=form)


def _shown(
    request: HttpRequest,
    person: Person,
    forum: Forum,
    *,
    verdict: Verdict | None = None,
    seat: Participant | None = None,
    form: WalkInForm | None = None,
) -> HttpResponse:
    """Show the door; with a verdict it says why somebody could not be let in, and what to do."""
    words = request.GET.get("q", "")[:200]
    page = door_page(forum, words)
    context: dict[str, Any] = frame_of(forum, person, "door") | {
        "page": page,
        "words": words,
        "form": form or WalkInForm(initial={"name": "" if page.rows else words}),
        "lets_in": forum.walk_ins != WalkIns.NONE,
        "verdict": verdict,
        "refused_name": seat.name if seat is not None else "",
    }
    return render(request, "forums/door.html", context, status=403 if verdict is not None else 200)


def _at_door(request: HttpRequest, pk: int) -> tuple[Person, Forum]:
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_enter(person, forum).or_refuse()
    return person, forum


def _participant(forum: Forum, reader: Person, public_id: str) -> Participant:
    rows = Participant.objects.visible_to(reader).filter(forum=forum, public_id=public_id)
    found = rows.select_related("forum", "unit").first()
    if found is None:
        raise Http404
    return found
