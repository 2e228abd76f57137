"""Setting up the agenda: every move is a form of its own, and works in whole pages or in parts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from prakai.forums import actions, rules
from prakai.forums.models import Block, Day, Forum
from prakai.forums.queries.plan import plan_of
from prakai.people.models import Person
from prakai.web.forums.agenda_forms import DayForm, MinutesForm, NewBlockForm
from prakai.web.forums.bar import meter_bar
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import in_parts, member
from prakai.web.units.views import number_in


def forum_to_change(pk: int, person: Person) -> Forum:
    """Return the forum if ``person`` may change its plan now; refuse, with a reason, when she may only see it."""
    forum = forum_at(pk, person)
    rules.may_change(person, forum).or_refuse()
    return forum


def day_at(forum: Forum, pk: int) -> Day:
    """Return a day of this forum, else 404."""
    found = Day.objects.filter(forum=forum).select_related("forum").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def block_at(forum: Forum, pk: int) -> Block:
    """Return a block of this forum, else 404: somebody else may have taken it out."""
    found = Block.objects.filter(day__forum=forum).select_related("day__forum").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_safe
def agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the agenda with all that can be done to it."""
    person = member(request)
    return render(request, "forums/agenda.html", _shown(forum_to_change(pk, person), person))


@require_POST
def add_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the forum one more day."""
    person = member(request)
    forum = forum_to_change(pk, person)
    form = DayForm(request.POST)
    if form.is_valid():
        try:
            actions.add_day(forum, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return answered(request, forum, person)
    return wrong(request, forum, person, new_day=form)


@require_POST
def change_day(request: HttpRequest, pk: int, day: int) -> HttpResponse:
    """Move a day, or let it begin at another time; or take it out."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = day_at(forum, day)
    if "remove" in request.POST:
        actions.remove_day(found, by=person)
        messages.success(request, pgettext("agenda", "The day is out of the agenda."))
        return answered(request, forum, person)
    form = DayForm(request.POST, prefix=f"day{found.pk}")
    if form.is_valid():
        try:
            actions.change_day(found, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return answered(request, forum, person)
    return wrong(request, forum, person, day_forms={found.pk: form})


@require_POST
def add_block(request: HttpRequest, pk: int, day: int) -> HttpResponse:
    """Put a block at the end of a day."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = day_at(forum, day)
    form = NewBlockForm(request.POST, prefix=f"new{found.pk}")
    if form.is_valid():
        try:
            actions.add_block(found, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return answered(request, forum, person, f"#day-{found.pk}")
    return wrong(request, forum, person, block_forms={found.pk: form})


@require_POST
def set_minutes(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Make a block longer or shorter; the times after it move along."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = block_at(forum, block)
    form = MinutesForm(request.POST, auto_id=f"minutes-{found.pk}-%s")
    if form.is_valid():
        try:
            actions.change_block(found, by=person, **form.cleaned_data)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return answered(request, forum, person, f"#block-{found.pk}")
    return wrong(request, forum, person, minutes_forms={found.pk: form})


@require_POST
def move(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Move a block one place up or down, or to the place (``day``, ``to``) where it was dropped."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = block_at(forum, block)
    day, to = found.day, number_in(request.POST.get("to", ""))
    if (number := number_in(request.POST.get("day", ""))) is not None:
        day = day_at(forum, number)
    if to is None:
        places = list(found.day.blocks.order_by("position", "pk").values_list("pk", flat=True))
        to = places.index(found.pk) + (-1 if request.POST.get("step") == "up" else 1)
    actions.move_block(found, by=person, day=day, to=max(0, to))
    return answered(request, forum, person, f"#block-{found.pk}")


@require_POST
def remove_block(request: HttpRequest, pk: int, block: int) -> HttpResponse:
    """Take a block out."""
    person = member(request)
    forum = forum_to_change(pk, person)
    found = block_at(forum, block)
    actions.remove_block(found, by=person)
    messages.success(request, pgettext("agenda", "“%(name)s” is out of the agenda.") % {"name": str(found)})
    return answered(request, forum, person, f"#day-{found.day_id}")


def answered(request: HttpRequest, forum: Forum, person: Person, place: str = "") -> HttpResponse:
    """Answer a move: the whole board anew as a part, or a way back to the page, at its place."""
    if not in_parts(request):
        return redirect(f"/forums/{forum.pk}/agenda{place}")
    return render(request, "forums/board.html", _shown(forum_at(forum.pk, person), person) | {"moved": True})


def wrong(request: HttpRequest, forum: Forum, person: Person, **forms: Any) -> HttpResponse:
    """Answer what was not right: the same page, or the same part, with what was typed and what is missing."""
    context = _shown(forum_at(forum.pk, person), person) | forms | {"moved": in_parts(request)}
    context["days"] = _with_forms(context["plan"].days, **forms)
    return render(request, "forums/board.html" if in_parts(request) else "forums/agenda.html", context)


def _shown(forum: Forum, person: Person) -> dict[str, Any]:
    plan = plan_of(forum)
    return frame_of(forum, person, "agenda") | {
        "plan": plan,
        "bar": meter_bar(plan),
        "days": _with_forms(plan.days),
        "new_day": DayForm(initial={"begins_at": "8.30"}),
    }


def _with_forms(
    days: list[Any],
    *,
    day_forms: dict[int, DayForm] | None = None,
    block_forms: dict[int, NewBlockForm] | None = None,
    minutes_forms: dict[int, MinutesForm] | None = None,
    **rest: object,
) -> list[dict[str, Any]]:
    """Return the days with their forms: those that were sent and are not right yet, else fresh ones."""
    return [
        {
            "plan": one,
            "form": (day_forms or {}).get(one.day.pk)
            or DayForm(initial=DayForm.values_of(one.day), prefix=f"day{one.day.pk}"),
            "new": (block_forms or {}).get(one.day.pk) or NewBlockForm(prefix=f"new{one.day.pk}"),
            "rows": [
                {
                    "row": row,
                    "minutes": (minutes_forms or {}).get(row.block.pk)
                    or MinutesForm(
                        initial={"minutes": row.block.minutes}, auto_id=f"minutes-{row.block.pk}-%s"
                    ),
                }
                for row in one.rows
            ],
        }
        for one in days
    ]
