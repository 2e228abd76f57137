"""Who comes: the list for those who prepare the day and the one for readers; entering, changing, taking off."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Forum, Participant
from prakai.forums.queries.participants import listed_people, people_page
from prakai.people.models import Person
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.people_forms import EntryForm, ListForm, told_of
from prakai.web.requests import member, reader_of
from prakai.web.talk.views.commenting import stale_token

METHODS = ["GET", "HEAD", "POST"]
EXAMPLE = "นางสาวนภา แก้วดี, รพ.สต.บ้านนา, พยาบาล\nลุงคำ ใจมา, กลุ่มเลี้ยงวัวห้วยทราย\nสมชาย ศรีสุข"


@never_cache
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole list for those who prepare; for readers, those who agreed to be seen."""
    reader = reader_of(request)
    forum = forum_at(pk, reader)
    frame = frame_of(forum, reader, "people")
    if not rules.may_prepare(reader, forum):
        may_brief = bool(rules.may_see_briefing(reader, forum))
        url = f"/forums/{forum.pk}/register" if rules.may_register(reader, forum) else ""
        told = {"teams": listed_people(forum, reader), "may_brief": may_brief, "register_url": url}
        return render(request, "forums/people_listed.html", frame | told)
    words = request.GET.get("q", "")[:200]
    context = frame | {
        "page": people_page(forum, words),
        "words": words,
        "may_enter": bool(rules.may_enter(reader, forum)),
    }
    return render(request, "forums/people.html", context)


@keeps_words
@require_http_methods(METHODS)
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter somebody who does not register herself."""
    person, forum = _entering(request, pk)
    form = EntryForm(request.POST or None)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            seat = actions.enter_participant(forum, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            words = pgettext("people of a forum", "%(name)s is on the list.")
            if seat.waits:
                words = pgettext("people of a forum", "%(name)s is on the wait-list: all seats are taken.")
            messages.success(request, words % {"name": seat.name})
            return redirect(_list(forum))
    return render(request, "forums/person.html", frame_of(forum, person, "people") | {"form": form})


@keeps_words
@require_http_methods(METHODS)
def enter_many(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a pasted list, all of it or nothing."""
    person, forum = _entering(request, pk)
    form = ListForm(request.POST or None)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            entered = actions.enter_participants(forum, form.cleaned_data["lines"], by=person)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, _told_of_many(entered))
            return redirect(_list(forum))
    context = frame_of(forum, person, "people") | {"form": form, "example": EXAMPLE}
    return render(request, "forums/people_many.html", context)


def _told_of_many(entered: actions.Entered) -> str:
    count = len(entered.new)
    words = npgettext(
        "people of a forum", "%(n)d person is new on the list.", "%(n)d people are new on the list.", count
    )
    told = words % {"n": count}
    if waiting := sum(one.waits for one in entered.new):
        words = npgettext(
            "people of a forum", "%(n)d of them waits for a seat.", "%(n)d of them wait for a seat.", waiting
        )
        told += " " + words % {"n": waiting}
    if entered.known:
        words = npgettext(
            "people of a forum", "%(n)d was there already.", "%(n)d were there already.", entered.known
        )
        told += " " + words % {"n": entered.known}
    return told


@keeps_words
@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Change what is written of a participant; beneath it, take her off the list."""
    person, forum = _entering(request, pk)
    seat = _participant(forum, person, public_id)
    form = EntryForm(request.POST or None, initial=told_of(seat))
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.change_participant(seat, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            words = pgettext("people of a forum", "What you wrote of %(name)s is kept.")
            messages.success(request, words % {"name": seat.name})
            return redirect(_list(forum))
    context = frame_of(forum, person, "people") | {
        "form": form,
        "seat": seat,
        "may_leave": seat.left_at is None and bool(rules.may_leave(person, seat)),
    }
    return render(request, "forums/person.html", context)


@require_POST
def leave(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Take somebody off the list who will not come."""
    person = member(request)
    forum = forum_at(pk, person)
    seat = actions.leave_forum(_participant(forum, person, public_id), by=person)
    words = pgettext(
        "people of a forum", "%(name)s is off the list. Whoever waited longest has the seat now."
    )
    messages.success(request, words % {"name": seat.name})
    return redirect(_list(forum))


@require_POST
def take_back(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Put somebody back on the list."""
    person = member(request)
    forum = forum_at(pk, person)
    seat = actions.take_back(_participant(forum, person, public_id), by=person)
    words = pgettext("people of a forum", "%(name)s is on the list.")
    if seat.waits:
        words = pgettext("people of a forum", "%(name)s is on the wait-list: all seats are taken.")
    messages.success(request, words % {"name": seat.name})
    return redirect(_list(forum))


def _entering(request: HttpRequest, pk: int) -> tuple[Person, Forum]:
    """Return who enters and the forum; refuse before anything is typed for nothing."""
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


def _list(forum: Forum) -> str:
    return f"/forums/{forum.pk}/people"
