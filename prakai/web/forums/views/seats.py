"""Registering for a forum, and one's own seat: with an account, or by the address that was given."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Forum, Participant, Role
from prakai.forums.queries.participants import free_seats, seat_page
from prakai.forums.tokens import opens_seat, seat_token
from prakai.people.models import Person
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.people_forms import RegisterForm, VisitorForm, told_before, told_of
from prakai.web.forums.qr import qr_image
from prakai.web.notes.addresses import absolute
from prakai.web.requests import reader_of
from prakai.web.talk.views.commenting import stale_token
from prakai.web.talk.visitors import Pace, address_of

METHODS = ["GET", "HEAD", "POST"]
# A whole ward may register from one line of the hospital.
REGISTRATIONS = Pace(40, 15 * 60)


@keeps_words
@require_http_methods(METHODS)
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask three things, and give a seat or a place on the wait-list."""
    reader = reader_of(request)
    forum = forum_at(pk, reader)
    if reader is not None and _own(forum, reader) is not None:
        return redirect(f"/forums/{forum.pk}/seat")
    rules.may_register(reader, forum).or_refuse()
    form = _register_form(request, reader)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid() and _in_pace(request, reader, form):
        words = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        try:
            seat = actions.register(forum, by=reader, **words)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return redirect(seat_address(seat))
    context = frame_of(forum, reader, "register") | {
        "form": form,
        "free": free_seats(forum),
        "waiting": Participant.objects.waiting().filter(forum=forum).count(),
        "is_visitor": reader is None,
    }
    return render(request, "forums/register.html", context)


def _register_form(request: HttpRequest, reader: Person | None) -> RegisterForm:
    if reader is None:
        return VisitorForm(request.POST or None)
    return RegisterForm(request.POST or None, initial=told_before(reader))


def _in_pace(request: HttpRequest, reader: Person | None, form: RegisterForm) -> bool:
    if reader is not None or REGISTRATIONS.allows(address_of(request)):
        return True
    form.say(
        pgettext(
            "registration form",
            "Many people registered from your line just now. Please wait a quarter of an hour; your words are kept.",
        )
    )
    return False


@never_cache
@require_safe
def seat(request: HttpRequest, pk: int, public_id: str | None = None, token: str = "") -> HttpResponse:
    """One's own seat: the card with the QR, the place in the queue, what one told, and how to change or leave."""
    reader, forum, own = _seat_at(request, pk, public_id, token)
    if own is None:
        return redirect(f"/forums/{forum.pk}/register")
    roles = Role.objects.filter(forum=forum, person=reader, ended_at__isnull=True) if reader else []
    context = _frame(forum, reader, "register") | {
        "seat": own,
        "page": seat_page(own),
        "qr": qr_image(absolute(request, f"/forums/{forum.pk}/door/{own.public_id}")),
        "address": seat_address(own),
        "kept_address": "" if own.person_id else absolute(request, seat_address(own)),
        "roles": roles,
        "may_leave": own.left_at is None and bool(rules.may_leave(reader, own, token=token or "")),
        "may_change": own.left_at is None and bool(rules.may_change_seat(reader, own, token=token or "")),
    }
    return render(request, "forums/seat.html", context)


@keeps_words
@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int, public_id: str | None = None, token: str = "") -> HttpResponse:
    """Change what one told when one registered."""
    reader, forum, own = _seat_at(request, pk, public_id, token)
    if own is None:
        return redirect(f"/forums/{forum.pk}/register")
    rules.may_change_seat(reader, own, token=token or "").or_refuse()
    kind = RegisterForm if own.person_id else VisitorForm
    form = kind(request.POST or None, initial=told_of(own))
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        words = {name: value for name, value in form.cleaned_data.items() if name != "website"}
        try:
            actions.change_participant(own, by=reader, token=token or "", **words)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("own seat", "Your words are kept."))
            return redirect(seat_address(own))
    context = _frame(forum, reader, "register") | {
        "form": form,
        "address": seat_address(own),
        "is_change": True,
    }
    return render(request, "forums/register.html", context)


@never_cache
@require_POST
def leave(request: HttpRequest, pk: int, public_id: str | None = None, token: str = "") -> HttpResponse:
    """Say that one will not come; the seat goes to whoever waits."""
    reader, forum, own = _seat_at(request, pk, public_id, token)
    if own is None:
        return redirect(f"/forums/{forum.pk}")
    actions.leave_forum(own, by=reader, token=token or "")
    messages.success(
        request, pgettext("own seat", "Thank you for telling us. Somebody who waits can have your seat now.")
    )
    return redirect(seat_address(own) if own.person_id is None else f"/forums/{forum.pk}/people")


def seat_address(seat: Participant) -> str:
    """Return where a participant finds her own seat: a member by signing in, others by an address with a token."""
    base = f"/forums/{seat.forum_id}/seat"
    return base if seat.person_id is not None else f"{base}/{seat.public_id}/{seat_token(seat)}"


def _own(forum: Forum, reader: Person) -> Participant | None:
    rows = Participant.objects.coming().filter(forum=forum, person=reader)
    return rows.select_related("forum", "unit").first()


def _seat_at(
    request: HttpRequest, pk: int, public_id: str | None, token: str
) -> tuple[Person | None, Forum, Participant | None]:
    """Return the reader, the forum and the seat that she may open; 404 when the address opens none.

    Who holds a seat's token may see its forum, for she comes to it.
    """
    reader = reader_of(request)
    if public_id is None:
        if reader is None:
            raise Http404
        forum = forum_at(pk, reader)
        return reader, forum, _own(forum, reader)
    rows = Participant.objects.filter(forum=pk, public_id=public_id)
    seat = rows.select_related(
        "forum__unit", "forum__network", "forum__host", "forum__series", "unit"
    ).first()
    if seat is None or not opens_seat(seat, token):
        raise Http404
    return reader, seat.forum, seat


def _frame(forum: Forum, reader: Person | None, current: str) -> dict[str, Any]:
    """The frame of the forum's pages; without its tabs where the forum itself is not open to the reader."""
    frame = frame_of(forum, reader, current)
    if not rules.may_read(reader, forum):
        frame["tabs"] = frame["tab_times"] = []
    return frame
