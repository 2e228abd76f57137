"""The wall in the hand: typing the code, reading the wall, the form of a spark, its picture, the QR."""

from __future__ import annotations

import mimetypes
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from prakai.forums import spark_rules
from prakai.forums.models import Forum, Spark
from prakai.forums.queries.growths import sparks_asked_about
from prakai.forums.queries.walls import forum_behind, own_sparks_off_wall, sparks_on_wall
from prakai.journal.newest import newest_id
from prakai.web.forums import phones
from prakai.web.forums.answers import problem, wants_json
from prakai.web.forums.forms_wall import SparkForm
from prakai.web.requests import reader_of
from prakai.web.talk.visitors import address_of

ON_A_PAGE = 40


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and lead to its wall. What somebody wrote for a code that was wrong comes along."""
    typed = request.POST.get("code", request.GET.get("code", ""))
    if not typed:
        return render(request, "forums/wall_code.html", {"typed": "", "words": "", "said": ""})
    forum = forum_behind(typed, reader_of(request))
    if forum is None:
        return no_wall(request, typed)
    if request.POST.get("words"):
        return wall_page(request, forum, form=SparkForm(initial=_carried(request)))
    return redirect(f"/w/{forum.code}")


@require_safe
def wall(request: HttpRequest, typed: str) -> HttpResponse:
    """Show the wall on a phone, with the form of a spark while it is open."""
    forum = forum_behind(typed, reader_of(request))
    if forum is None:
        return no_wall(request, typed)
    if typed != forum.code:
        return redirect(f"/w/{forum.code}")
    return wall_page(request, forum)


def wall_page(
    request: HttpRequest, forum: Forum, *, form: SparkForm | None = None, status: int = 200
) -> HttpResponse:
    """Return the wall of ``forum``; ``form`` is one that came back, and keeps what was typed."""
    reader, token = reader_of(request), phones.token_for(request)
    before = request.GET.get("before", "")
    after = newest_id()  # before the rows: what happens in between is told once more, and never missed
    sparks = sparks_on_wall(
        forum,
        most=ON_A_PAGE + 1,
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None,
        token=token,
        reader=reader,
    )
    builds_on = _builds_on(request, forum)
    shown = sparks[:ON_A_PAGE]
    context = {
        "forum": forum,
        "wall": spark_rules.wall_of(forum),
        "verdict": spark_rules.may_throw(reader, forum),
        "form": form or SparkForm(initial=first_values(token, builds_on)),
        "token": token,
        "builds_on": builds_on,
        "sparks": shown,
        "own_sparks": own_sparks_off_wall(forum, token=token, reader=reader),
        "older_url": f"/w/{forum.code}?before={shown[-1].pk}" if len(sparks) > ON_A_PAGE else "",
        "newer_url": f"/w/{forum.code}" if before else "",
        "asked": sparks_asked_about(forum, reader, token),
        "reader": reader,
        "after": after,
    }
    return phones.keep_token(render(request, "forums/wall_phone.html", context, status=status), token)


def first_values(token: str, builds_on: Spark | None = None) -> dict[str, Any]:
    """Return what stands in the form of a new spark."""
    return {
        "client_id": phones.new_id(),
        "token": token,
        "builds_on": builds_on.public_id if builds_on is not None else "",
    }


def no_wall(request: HttpRequest, typed: str) -> HttpResponse:
    """Say that there is no wall with this code, and keep what was written for it."""
    within = phones.WRONG_CODES.allows(address_of(request))
    status = 404 if within else 429
    said = (
        pgettext("wall", "There is no open wall with this code. Please look at the screen once more.")
        if within
        else pgettext("wall", "Too many codes were tried from here. Please wait a quarter of an hour.")
    )
    if wants_json(request):
        return problem(status, said)
    context = {"typed": typed[:40], "words": request.POST.get("words", ""), "said": said}
    return render(request, "forums/wall_code.html", context, status=status)


@require_safe
def picture(request: HttpRequest, typed: str, public_id: str) -> HttpResponseBase:
    """The picture of a spark, for who may see the wall."""
    reader = reader_of(request)
    forum = forum_behind(typed, reader)
    if forum is None:
        raise Http404
    rows = Spark.objects.filter(forum=forum, public_id=public_id).exclude(picture="")
    spark = rows.first()
    if spark is None or not (spark_rules.is_shown(spark) or _may_see_hidden(request, forum, spark)):
        raise Http404
    response = FileResponse(
        spark.picture.open(), content_type=mimetypes.guess_type(spark.picture.name or "")[0] or "image/jpeg"
    )
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _may_see_hidden(request: HttpRequest, forum: Forum, spark: Spark) -> bool:
    if spark.withdrawn_at is not None:
        return False
    reader = reader_of(request)
    return (
        bool(spark_rules.may_keep_wall(reader, forum))
        or spark_rules.is_by(reader, spark)
        or spark_rules.is_from_phone(spark, phones.token_of(request))
    )


def _builds_on(request: HttpRequest, forum: Forum) -> Spark | None:
    wanted = request.POST.get("builds_on", request.GET.get("builds_on", ""))
    if not wanted:
        return None
    return Spark.objects.shown().filter(forum=forum, public_id=wanted[:12]).first()


def _carried(request: HttpRequest) -> dict[str, Any]:
    return {
        **first_values(phones.token_for(request)),
        "words": request.POST.get("words", ""),
        "name": request.POST.get("name", ""),
    }
