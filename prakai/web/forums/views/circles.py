"""Rounds of circles: who prepares the day moves people and shows the round; everybody else sees which is hers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Circle, Participant, Round
from prakai.forums.queries.circles import circle_rows, own_circles, round_page
from prakai.people.models import Person
from prakai.thai.digits import to_arabic
from prakai.thai.order import order_key
from prakai.web.forums.circle_loading import round_address, round_at
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member, reader_of


@require_safe
def circles(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the rounds to who prepares or records, and her own circles to everybody else."""
    reader = reader_of(request)
    found = forum_at(pk, reader)
    context = frame_of(found, reader, "circles")
    if not rules.may_record(reader, found):
        context["circles"] = own_circles(found, reader)
        return render(request, "forums/circles_own.html", context)
    asked = to_arabic(request.GET.get("round", ""))
    page = round_page(found, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None)
    context |= {
        "page": page,
        "may_change": bool(rules.may_change(reader, found)),
        "rounds": _tabs(found.pk, page.rounds, page.round),
        "weighty": [one for one in page.wishes if one.is_weighty],
        "lighter": [one for one in page.wishes if not one.is_weighty],
    }
    return render(request, "forums/circles.html", context)


@require_safe
def sheet(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Answer who sits where, to print and hang up: by circle, and by name."""
    reader = member(request)
    found = forum_at(pk, reader)
    rules.may_record(reader, found).or_refuse()
    laid = round_at(found, round_number)
    rows = circle_rows(laid)
    names = [(one.participant, row.circle) for row in rows for one in row.members]
    names.sort(key=lambda pair: (pair[0].order_key or order_key(pair[0].name), pair[0].pk))
    context = frame_of(found, reader, "circles") | {"round": laid, "circles": rows, "names": names}
    return render(request, "forums/circles_sheet.html", context)


@require_POST
def move(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Put the chosen people into a circle by hand."""

    def act(laid: Round, people: list[Participant], by: Person) -> Circle | None:
        circle = _circle_in(laid, request.POST.get("to", ""))
        actions.place_by_hand(circle, people, by=by)
        words = npgettext(
            "circles",
            "%(n)d person sits in circle %(circle)d now, and stays there when the round is worked out again.",
            "%(n)d people sit in circle %(circle)d now, and stay there when the round is worked out again.",
            len(people),
        )
        messages.success(request, words % {"n": len(people), "circle": circle.number})
        return circle

    return _moved(request, pk, round_number, act)


@require_POST
def free(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Let the chosen people be placed anew when the round is worked out again."""

    def act(laid: Round, people: list[Participant], by: Person) -> Circle | None:
        actions.let_placements_go(laid, people, by=by)
        messages.success(
            request, pgettext("circles", "They may be placed anew when the round is worked out again.")
        )
        return None

    return _moved(request, pk, round_number, act)


@require_POST
def show(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Let everybody see her circle."""
    person = member(request)
    laid = actions.show_round(round_at(forum_at(pk, person), round_number), by=person)
    messages.success(request, pgettext("circles", "Everybody who has a seat now sees which circle is hers."))
    return redirect(round_address(laid))


@require_POST
def hide(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Take a round back to those who prepare it."""
    person = member(request)
    laid = actions.hide_round(round_at(forum_at(pk, person), round_number), by=person)
    messages.success(request, pgettext("circles", "Only who prepares the forum sees this round now."))
    return redirect(round_address(laid))


@require_POST
def remove(request: HttpRequest, pk: int, round_number: int) -> HttpResponse:
    """Take a round away that nobody has seen."""
    person = member(request)
    actions.remove_round(round_at(forum_at(pk, person), round_number), by=person)
    messages.success(request, pgettext("circles", "The round is taken away."))
    return redirect(f"/forums/{pk}/circles")


def _moved(
    request: HttpRequest,
    pk: int,
    round_number: int,
    act: Callable[[Round, list[Participant], Person], Circle | None],
) -> HttpResponse:
    person = member(request)
    laid = round_at(forum_at(pk, person), round_number)
    rules.may_change(person, laid.forum).or_refuse()
    keys = [
        int(key)
        for key in request.POST.getlist("who")[:2000]
        if key.isascii() and key.isdigit() and len(key) < 16
    ]
    people = list(Participant.objects.filter(forum=laid.forum, pk__in=keys))
    address = round_address(laid)
    if not people:
        messages.warning(
            request, pgettext("circles", "Nobody was chosen. Tick the names first, then say where to.")
        )
        return redirect(address)
    try:
        circle = act(laid, people, person)
    except ValidationError as trouble:
        messages.error(request, " ".join(trouble.messages))
        return redirect(address)
    return redirect(f"{address}#circle-{circle.number}" if circle else address)


def _circle_in(laid: Round, text: str) -> Circle:
    """Return the circle of the round with the number that was typed, in Arabic or Thai digits."""
    number = to_arabic(text).strip()
    known = number.isascii() and number.isdigit() and len(number) < 5
    found = laid.circles.filter(number=int(number)).first() if known else None
    if found is None:
        raise ValidationError(pgettext("circles", "There is no circle with this number in the round."))
    found.round = laid
    return found


def _tabs(pk: int, rounds: list[Round], chosen: Round | None) -> list[dict[str, Any]]:
    words = pgettext("circles", "Round %(number)d")
    return [
        {
            "label": words % {"number": one.number},
            "url": f"/forums/{pk}/circles?round={one.number}",
            "current": chosen is not None and one.pk == chosen.pk,
        }
        for one in rounds
    ]
