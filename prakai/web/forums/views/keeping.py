"""Keeping the wall: its state, what waits, what is pinned, hidden and put together. For those who prepare the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions, spark_rules
from prakai.forums.models import Forum, Spark, Wall
from prakai.forums.queries import walls as queries
from prakai.people.models import Person
from prakai.web.forums.forms_wall import GroupForm, HideForm, WallForm
from prakai.web.forums.wall_frame import forum_of_wall, wall_frame
from prakai.web.requests import member, reader_of

ON_A_PAGE = 60
WALL_MOVES: dict[str, Callable[..., Wall]] = {
    "open": actions.open_wall,
    "close": actions.close_wall,
    "freeze": actions.freeze_wall,
    "thaw": actions.thaw_wall,
}
SPARK_MOVES: dict[str, Callable[..., Spark]] = {
    "release": actions.release_spark,
    "show": actions.show_spark,
    "pin": actions.pin_spark,
    "unpin": actions.unpin_spark,
}


@require_safe
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Show everything that can be done with the wall, with what waits first."""
    forum, _ = _keeper(request, pk)
    return _page(request, forum)


@require_POST
def move(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Open, close, freeze or thaw the wall."""
    forum, person = _keeper(request, pk)
    WALL_MOVES[name](forum, by=person)
    return _back(request, forum)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the question of the wall and its guard."""
    forum, person = _keeper(request, pk)
    form = WallForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.change_wall(forum, by=person, question=given["question"], is_held=given["is_held"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("wall", "Kept."))
            return _back(request, forum)
    return _page(request, forum, wall_form=form, status=400)


@require_POST
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the chosen sparks together under a few words, or take them apart."""
    forum, person = _keeper(request, pk)
    form = GroupForm(request.POST)
    if form.is_valid():
        chosen = Spark.objects.visible_to(person).filter(forum=forum, public_id__in=_chosen(request))
        title = "" if request.POST.get("apart") else form.cleaned_data["title"]
        try:
            if not title and not request.POST.get("apart"):
                raise ValidationError(
                    {"title": pgettext("wall", "Please say in a few words what they say together.")}
                )
            actions.group_sparks(forum, chosen, by=person, title=title)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return _back(request, forum)
    return _page(request, forum, group_form=form, status=400)


@require_POST
def move_spark(request: HttpRequest, pk: int, public_id: str, name: str) -> HttpResponse:
    """Let a spark in, show it again, pin it or let it go."""
    forum, person = _keeper(request, pk)
    SPARK_MOVES[name](_spark(forum, person, public_id), by=person)
    return _back(request, forum, f"#s-{public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Ask why a spark shall go from the wall, and hide it."""
    forum, person = _keeper(request, pk)
    spark = _spark(forum, person, public_id)
    form = HideForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            actions.hide_spark(spark, by=person, because=form.cleaned_data["because"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            return _back(request, forum)
    from_screen = "screen" in (request.GET.get("from"), request.POST.get("from"))
    context = {**wall_frame(forum, person, "keep"), "spark": spark, "form": form, "from_screen": from_screen}
    return render(request, "forums/wall_hide.html", context, status=400 if form.errors else 200)


def _keeper(request: HttpRequest, pk: int) -> tuple[Forum, Person]:
    reader = member(request)
    forum = forum_of_wall(pk, reader)
    spark_rules.may_keep_wall(reader, forum).or_refuse()
    return forum, reader


def _spark(forum: Forum, person: Person, public_id: str) -> Spark:
    rows = Spark.objects.visible_to(person).filter(forum=forum, withdrawn_at__isnull=True)
    spark = rows.filter(public_id=public_id).first()
    if spark is None:
        raise Http404
    spark.forum = forum
    return spark


def _chosen(request: HttpRequest) -> list[str]:
    return request.POST.getlist("sparks")[:500]


def _back(request: HttpRequest, forum: Forum, place: str = "") -> HttpResponse:
    on_screen = request.POST.get("from") == "screen"
    return redirect(f"/forums/{forum.pk}/wall" + ("" if on_screen else f"/keep{place}"))


def _page(request: HttpRequest, forum: Forum, *, status: int = 200, **forms: Any) -> HttpResponse:
    reader = reader_of(request)
    wall = spark_rules.wall_of(forum)
    before = request.GET.get("before", "")
    at = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    sparks = queries.sparks_on_wall(forum, most=ON_A_PAGE + 1, before=at)
    shown = sparks[:ON_A_PAGE]
    path = f"/forums/{forum.pk}/wall/keep"
    context = {
        **wall_frame(forum, reader, "keep"),
        "may_open": spark_rules.may_open_wall(reader, forum),
        "wall_form": WallForm(initial={"question": wall.question, "is_held": wall.is_held} if wall else {}),
        "group_form": GroupForm(),
        "group_titles": queries.group_titles(forum),
        "chosen": _chosen(request),
        "waiting": queries.waiting_sparks(forum),
        "sparks": shown,
        "hidden": queries.hidden_sparks(forum),
        "older_url": f"{path}?before={shown[-1].pk}" if len(sparks) > ON_A_PAGE else "",
        "newer_url": path if at is not None else "",
        **forms,
    }
    return render(request, "forums/wall_keep.html", context, status=status)
