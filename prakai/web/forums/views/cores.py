"""Cores: nuggets are grouped into them, by boxes, by keys or by dragging; and cards to print."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from prakai.forums import actions
from prakai.forums.models import Core, Forum, Nugget
from prakai.forums.queries.cores import cards_of, cores_page
from prakai.people.models import Person
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member, reader_of

MOST_AT_ONCE = 200


def core_at(pk: int, number: int, reader: Person | None) -> Core:
    """Return the core with its forum if ``reader`` may see it, else 404."""
    rows = Core.objects.visible_to(reader).filter(forum=pk, pk=number)
    found = rows.select_related("forum").first()
    if found is None:
        raise Http404
    return found


@require_safe
def cores(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the cores of a forum, each with its sentences; for who groups them, with the means to."""
    reader = reader_of(request)
    return _page(request, forum_at(pk, reader), reader)


@require_POST
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the chosen nuggets under a core, under a new one, or under none."""
    person = member(request)
    forum = forum_at(pk, person)
    chosen = [
        int(one) for one in request.POST.getlist("nugget")[:MOST_AT_ONCE] if one.isdecimal() and len(one) < 16
    ]
    nuggets = list(Nugget.objects.visible_to(person).filter(story__forum=forum, pk__in=chosen))
    title, target = request.POST.get("title", ""), request.POST.get("core", "")
    try:
        if title.strip() or target == "new":
            core: Core | None = actions.name_core(forum, title, by=person, nuggets=nuggets)
        else:
            if not nuggets:
                raise ValidationError(pgettext("cores", "Please choose one sentence or more first."))
            core = _target(pk, target, person)
            actions.put_nuggets(nuggets, core, forum=forum, by=person)
    except ValidationError as trouble:
        return _page(request, forum, person, trouble=" ".join(trouble.messages), status=400)
    words = npgettext("cores", "%(n)d sentence is put there.", "%(n)d sentences are put there.", len(nuggets))
    messages.success(request, words % {"n": len(nuggets)})
    return redirect(_address(forum, core))


def _target(pk: int, number: str, person: Person) -> Core | None:
    """Return the core that was chosen, ``None`` for none of them."""
    if number == "none":
        return None
    if not (number.isdecimal() and len(number) < 16):
        raise ValidationError(pgettext("cores", "Please choose under which core they belong."))
    return core_at(pk, int(number), person)


@require_POST
def rename(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Give a core other words."""
    person = member(request)
    core = core_at(pk, number, person)
    try:
        actions.rename_core(core, request.POST.get("title", ""), by=person)
    except ValidationError as trouble:
        forum = forum_at(pk, person)
        return _page(request, forum, person, trouble=" ".join(trouble.messages), status=400)
    return redirect(_address(core.forum, core))


@require_POST
def move(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Put a core one place up or down."""
    person = member(request)
    core = actions.move_core(core_at(pk, number, person), by=person, earlier=request.POST.get("way") == "up")
    return redirect(_address(core.forum, core))


@require_POST
def drop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take a core apart; its sentences are free again."""
    person = member(request)
    core = core_at(pk, number, person)
    actions.drop_core(core, by=person)
    messages.success(request, pgettext("cores", "The core is taken apart; its sentences are free again."))
    return redirect(_address(core.forum, None))


@require_safe
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer cards for print: one nugget each, with its teller where quotes are allowed."""
    reader = reader_of(request)
    forum = forum_at(pk, reader)
    ready, held_back = cards_of(forum, reader)
    context = frame_of(forum, reader, "cores") | {"cards": ready, "held_back": held_back}
    return render(request, "forums/nugget_cards.html", context)


def _address(forum: Forum, core: Core | None) -> str:
    return f"/forums/{forum.pk}/cores#{f'core-{core.pk}' if core is not None else 'free'}"


def _page(
    request: HttpRequest, forum: Forum, reader: Person | None, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    context = frame_of(forum, reader, "cores") | {
        "page": cores_page(forum, reader),
        "trouble": trouble,
        "chosen": set(request.POST.getlist("nugget")),
        "typed_title": request.POST.get("title", ""),
    }
    return render(request, "forums/cores.html", context, status=status)
