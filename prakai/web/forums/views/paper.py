"""For paper: name cards to cut out, and the list for signatures."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.forums import rules
from prakai.forums.models import Forum, Participant
from prakai.forums.queries.participants import seated_people
from prakai.forums.queries.roles import roles_now
from prakai.people.models import Person
from prakai.thai.graphemes import count
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.qr import qr_image
from prakai.web.notes.addresses import absolute
from prakai.web.requests import member

LONG_NAME = 20
SHEET = 8
AT_ONCE = 20 * SHEET
BLANK_LINES = 12


@dataclass(frozen=True, slots=True)
class Card:
    """A name card as it is printed."""

    seat: Participant
    qr: str
    roles: list[str]
    is_long: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Some sheets of a large forum, that are printed at once."""

    number: int
    first: int
    last: int
    is_now: bool


@never_cache
@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Name cards, eight to a sheet of A4: the name large, the unit, the role, and the QR for the door."""
    person, forum = _printing(request, pk)
    held: dict[int, list[str]] = {}
    for kind in roles_now(forum):
        for role in kind.roles:
            held.setdefault(role.person_id, []).append(kind.label)
    seats = seated_people(forum)
    part = min(_part_in(request.GET.get("part", "")), max(1, -(-len(seats) // AT_ONCE)))
    shown = [
        Card(
            seat,
            qr_image(absolute(request, f"/forums/{forum.pk}/door/{seat.public_id}")),
            held.get(seat.person_id or 0, []),
            count(seat.name) > LONG_NAME,
        )
        for seat in seats[(part - 1) * AT_ONCE : part * AT_ONCE]
    ]
    parts = [
        Part(number, first + 1, min(first + AT_ONCE, len(seats)), number == part)
        for number, first in enumerate(range(0, len(seats), AT_ONCE), 1)
    ]
    blank = range(SHEET) if request.GET.get("blank") == "1" else range(0)
    context = frame_of(forum, person, "people") | {"cards": shown, "blank": blank, "parts": parts}
    return render(request, "forums/cards.html", context)


@never_cache
@require_safe
def signatures(request: HttpRequest, pk: int) -> HttpResponse:
    """The list on which people sign, in Thai order, with empty lines for those who walk in."""
    person, forum = _printing(request, pk)
    seats = seated_people(forum)
    blank = range(len(seats) + 1, len(seats) + 1 + BLANK_LINES)
    context = frame_of(forum, person, "people") | {"seats": seats, "blank": blank}
    return render(request, "forums/signatures.html", context)


def _part_in(text: str) -> int:
    """Return the number of a part; what is not understood in an address is the first."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _printing(request: HttpRequest, pk: int) -> tuple[Person, Forum]:
    person = member(request)
    forum = forum_at(pk, person)
    rules.may_prepare(person, forum).or_refuse()
    return person, forum
