"""Taking sparks in: from a form, and from what a phone kept while it was offline."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import pgettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from prakai.forums import spark_rules
from prakai.forums.actions import throw_spark
from prakai.forums.models import Forum, Spark
from prakai.forums.queries.walls import forum_behind
from prakai.kernel.verdicts import Refused
from prakai.people.models import Person
from prakai.web.forums import phones
from prakai.web.forums.answers import problem, wants_json
from prakai.web.forums.forms_wall import SparkForm
from prakai.web.forums.views.walls import no_wall, wall_page
from prakai.web.requests import reader_of


@csrf_exempt
@require_POST
def throw(request: HttpRequest, typed: str) -> HttpResponse:
    """Take a spark for the wall with this code: a redirect for browsers, JSON for who accepts it.

    The same ``client_id`` sent again gets the answer of the first time.
    """
    reader = reader_of(request)
    forum = forum_behind(typed, reader)
    if forum is None:
        return no_wall(request, typed)
    form = SparkForm(_with_id(request), request.FILES)
    if phones.is_foreign(request):
        said = pgettext("spark form", "This came from another site. Please send it once more from here.")
        return _not_taken(request, forum, form, 403, said)
    if not phones.in_pace(request):
        said = pgettext(
            "spark form", "That is a lot in one minute. Please wait a moment; your words are here."
        )
        return _not_taken(request, forum, form, 429, said)
    if not form.is_valid():
        return _not_taken(request, forum, form, 400)
    token = phones.token_for(request)
    try:
        spark = _thrown(forum, reader, form, token)
    except ValidationError as trouble:
        form.take(trouble)
        return _not_taken(request, forum, form, 400)
    except Refused as refusal:
        said = " ".join(map(str, (refusal.verdict.reason, refusal.verdict.next_step)))
        return _not_taken(request, forum, form, 403, said)
    return phones.keep_token(_taken(request, forum, spark), token)


def _with_id(request: HttpRequest) -> dict[str, str]:
    given = {name: str(value) for name, value in request.POST.items()}
    return {**given, "client_id": given.get("client_id") or phones.new_id()}


def _thrown(forum: Forum, reader: Person | None, form: SparkForm, token: str) -> Spark:
    given = form.cleaned_data
    builds_on = None
    if given["builds_on"]:
        builds_on = Spark.objects.shown().filter(forum=forum, public_id=given["builds_on"]).first()
    return throw_spark(
        forum,
        by=reader,
        client_id=given["client_id"],
        words=given["words"],
        picture=given["picture"],
        name=given["name"],
        token=token,
        builds_on=builds_on,
    )


def _taken(request: HttpRequest, forum: Forum, spark: Spark) -> HttpResponse:
    is_shown = spark_rules.is_shown(spark)
    if wants_json(request):
        state = "shown" if is_shown else "waits"
        return JsonResponse({"id": spark.public_id, "client_id": spark.client_id, "state": state}, status=201)
    if is_shown:
        messages.success(request, pgettext("spark form", "Your spark is on the wall. Thank you!"))
    else:
        messages.success(
            request, pgettext("spark form", "Your spark has arrived. It appears when the host lets it in.")
        )
    return redirect(f"/w/{forum.code}")


def _not_taken(
    request: HttpRequest, forum: Forum, form: SparkForm, status: int, said: str = ""
) -> HttpResponse:
    if wants_json(request):
        response: HttpResponse = problem(status, " ".join([said, *form.problems]).strip())
    else:
        if said:
            form.add_error(None, said)
        response = wall_page(request, forum, form=form, status=status)
    if status == 429:
        response.headers["Retry-After"] = str(phones.MINUTE)
    return response
