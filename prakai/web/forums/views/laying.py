"""The forms with which circles are laid, worked out again, given keepers; and the needs that they keep to."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions, rules
from prakai.forums.models import Forum, SeatWish
from prakai.forums.queries.circles import noted_needs
from prakai.forums.queries.sitting import who_sits
from prakai.people.models import Person
from prakai.web.base.forms import Told
from prakai.web.forums.circle_forms import AgainForm, KeepersForm, LayForm, NeedForm
from prakai.web.forums.circle_loading import circle_at, round_address, round_at
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def lay(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask how many sit in a circle and what they talk about, and lay a new round."""
    person, found = _preparing(request, pk)
    form = LayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            laid = actions.lay_circles(found, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request,
                pgettext("circles", "The circles are laid. Only who prepares the forum sees them yet."),
            )
            return redirect(round_address(laid))
    words = {
        "title": pgettext("circles", "A new round of circles"),
        "lead": pgettext(
            "circles",
            "Units are mixed, nobody sits with her own boss, experience is mixed, needs are kept, "
            "and who has sat together meets others.",
        ),
        "button": pgettext("circles", "Lay the circles"),
    }
    return _asked(request, found, person, form, words, f"/forums/{pk}/circles")


@require_http_methods(METHODS)
def again(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Work a round out once more."""
    person, found = _preparing(request, pk)
    laid = round_at(found, round_number)
    sizes = laid.placements.count() / max(1, laid.circles.count())
    form = AgainForm(request.POST or None, initial={"wished": str(min(10, max(6, round(sizes))))})
    if request.method == "POST" and form.is_valid():
        try:
            actions.lay_again(laid, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request, pgettext("circles", "The round is worked out again; what was put by hand stayed.")
            )
            return redirect(round_address(laid))
    words = {
        "title": pgettext("circles", "Work round %(number)d out again") % {"number": laid.number},
        "lead": pgettext(
            "circles",
            "Who was put somewhere by hand stays there. Who left the forum goes; who came since gets a place.",
        ),
        "button": pgettext("circles", "Work it out"),
    }
    return _asked(request, found, person, form, words, round_address(laid))


@require_http_methods(METHODS)
def keepers(request: HttpRequest, pk: int, round_number: int, number: int) -> HttpResponse:
    """Say who keeps a circle, who writes, and where it sits."""
    person, found = _preparing(request, pk)
    circle = circle_at(found, round_number, number, person)
    initial = {
        "room": circle.room,
        "facilitator": str(circle.facilitator_id or ""),
        "recorder": str(circle.recorder_id or ""),
        "is_easy": circle.is_easy,
    }
    form = KeepersForm(request.POST or None, initial=initial, forum=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_circle_keepers(circle, by=person, **form.chosen())
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("circles", "It is written down."))
            return redirect(f"{round_address(circle.round)}#circle-{circle.number}")
    words = {
        "title": pgettext("circles", "Circle %(number)d of round %(round)d")
        % {"number": circle.number, "round": circle.round.number},
        "lead": pgettext(
            "circles", "Here are those who have a role at this forum. The next round takes over what you say."
        ),
        "button": pgettext("circles", "Save"),
    }
    return _asked(request, found, person, form, words, round_address(circle.round))


@require_http_methods(METHODS)
def needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what people wrote of their needs, and note what that means for circles."""
    person, found = _preparing(request, pk)
    people = who_sits(found)
    asked = request.GET.get("who", "")
    initial = {"who": next((one.name for one in people if str(one.pk) == asked), "")}
    form = NeedForm(request.POST or None, initial=initial, people=people)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.note_seat_wish(given["who"], given["kind"], other=given["other"], by=person)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request,
                pgettext("circles", "It is noted, and counts when circles are laid or worked out again."),
            )
            return redirect(f"/forums/{pk}/circles/needs")
    context = frame_of(found, person, "circles") | {
        "form": form,
        "noted": noted_needs(found),
        "people": people,
    }
    return render(request, "forums/circle_needs.html", context)


@require_POST
def end_need(request: HttpRequest, pk: int, wish_pk: int) -> HttpResponse:
    """Let a need that was noted hold no longer."""
    person, found = _preparing(request, pk)
    wish = (
        SeatWish.objects.filter(participant__forum=found, pk=wish_pk)
        .select_related("participant__forum")
        .first()
    )
    if wish is None:
        raise Http404
    actions.end_seat_wish(wish, by=person)
    messages.success(request, pgettext("circles", "It no longer counts."))
    return redirect(f"/forums/{pk}/circles/needs")


def _preparing(request: HttpRequest, pk: int) -> tuple[Person, Forum]:
    person = member(request)
    found = forum_at(pk, person)
    rules.may_change(person, found).or_refuse()
    return person, found


def _asked(
    request: HttpRequest, found: Forum, person: Person, form: Told, words: dict[str, str], back: str
) -> HttpResponse:
    context = frame_of(found, person, "circles") | {"form": form, "words": words, "back": back}
    return render(request, "forums/circle_form.html", context)
