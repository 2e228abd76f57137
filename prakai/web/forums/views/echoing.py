"""What a phone does with sparks that are there: same here, take back, claim."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import spark_rules
from prakai.forums.actions import claim_spark, echo_spark, withdraw_spark
from prakai.forums.models import Forum, Spark
from prakai.forums.queries.walls import forum_behind
from prakai.kernel.verdicts import Refused
from prakai.web.forums import phones
from prakai.web.forums.answers import problem, wants_json
from prakai.web.requests import member, reader_of


@csrf_exempt
@require_POST
def echo(request: HttpRequest, typed: str, public_id: str) -> HttpResponse:
    """Say "same here" to a spark: once from each phone, however often the button is pressed."""
    forum, spark = spark_behind(request, typed, public_id)
    if phones.is_foreign(request) or not phones.in_pace(request):
        status = 403 if phones.is_foreign(request) else 429
        said = pgettext("wall", "That was a lot in one minute. Please wait a moment and try again.")
        return _answer(request, forum, spark, status, said)
    try:
        _, is_new = echo_spark(spark, by=reader_of(request), token=phones.token_of(request))
    except Refused as refusal:
        return _answer(request, forum, spark, 403, str(refusal.verdict.reason))
    except ValidationError as trouble:
        return _answer(request, forum, spark, 400, " ".join(trouble.messages))
    if wants_json(request):
        return JsonResponse({"id": spark.public_id, "echoes": spark.echoes.count(), "new": is_new})
    return redirect(f"/w/{forum.code}#s-{spark.public_id}")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, typed: str, public_id: str) -> HttpResponse:
    """Ask whether the spark shall really go, and take it back."""
    forum, spark = spark_behind(request, typed, public_id)
    reader, token = reader_of(request), phones.token_of(request)
    spark_rules.may_withdraw_spark(reader, spark, token).or_refuse()
    if request.method == "POST":
        withdraw_spark(spark, by=reader, token=token)
        messages.success(request, pgettext("wall", "Your spark is gone, everywhere."))
        return redirect(f"/w/{forum.code}")
    return render(request, "forums/wall_withdraw.html", {"forum": forum, "spark": spark})


@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: HttpRequest, typed: str, public_id: str) -> HttpResponse:
    """Say that an unnamed spark is mine, with my name beside it or only for my own desk."""
    forum, spark = spark_behind(request, typed, public_id)
    reader, token = member(request), phones.token_of(request)
    spark_rules.may_claim(reader, spark, token).or_refuse()
    if request.method == "POST":
        claim_spark(spark, by=reader, token=token, is_named=request.POST.get("is_named") == "1")
        messages.success(request, pgettext("wall", "This spark is yours now."))
        return redirect(f"/w/{forum.code}#s-{spark.public_id}")
    return render(request, "forums/wall_claim.html", {"forum": forum, "spark": spark, "reader": reader})


def spark_behind(request: HttpRequest, typed: str, public_id: str) -> tuple[Forum, Spark]:
    """Return the forum with this code and the spark of it; 404 when this phone may not see it."""
    reader = reader_of(request)
    forum = forum_behind(typed, reader)
    rows = Spark.objects.filter(forum=forum, public_id=public_id, withdrawn_at__isnull=True)
    spark = rows.first() if forum is not None else None
    if forum is None or spark is None:
        raise Http404
    token = phones.token_of(request)
    known = spark_rules.is_shown(spark) or spark_rules.is_by(reader, spark)
    if not known and not spark_rules.is_from_phone(spark, token):
        raise Http404
    spark.forum = forum
    return forum, spark


def _answer(request: HttpRequest, forum: Forum, spark: Spark, status: int, said: str) -> HttpResponse:
    if wants_json(request):
        return problem(status, said)
    messages.error(request, said)
    return redirect(f"/w/{forum.code}#s-{spark.public_id}")
