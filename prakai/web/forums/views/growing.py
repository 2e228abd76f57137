"""A story or a spark grows into a note: somebody asks, its author answers; a spark's author on her phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions
from prakai.forums import story_rules as rules
from prakai.forums.codes import code_in
from prakai.forums.models import Growth, Spark
from prakai.forums.queries.growths import spark_page
from prakai.people.models import Person
from prakai.web.forums import phones
from prakai.web.forums.views.stories import story_at
from prakai.web.forums.wall_frame import wall_frame
from prakai.web.requests import member, reader_of

_FORUM = ("forum__wall", "forum__unit", "forum__network", "forum__host", "forum__series", "person")


@require_POST
def grow(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Ask the teller whether her story may grow into a note; the teller herself begins it."""
    person = member(request)
    story = story_at(pk, number, person)
    growth = actions.grow_into_note(story, by=person)
    if growth.note is not None and growth.author_id == person.pk:
        return redirect(f"/notes/{growth.note.number}/edit")
    messages.success(request, pgettext("stories", "The teller is asked on this page. She decides."))
    return redirect(story.get_absolute_url())


@require_POST
def answer(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take the teller's answer: yes begins a draft of hers, no leaves the story what it is."""
    person = member(request)
    story = story_at(pk, number, person)
    growth = Growth.objects.filter(story=story, author=person).first()
    if growth is None:
        raise Http404
    if request.POST.get("answer") == "yes":
        grown = actions.accept_growth(growth, by=person)
        return _to_draft(request, grown)
    actions.decline_growth(growth, by=person)
    messages.success(request, pgettext("stories", "It stays a story of this forum. Nobody will ask again."))
    return redirect(story.get_absolute_url())


@require_safe
def spark(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Show one spark: the note that it grew into, or whether it may grow into one, and who can be asked."""
    reader = reader_of(request)
    found = spark_at(pk, public_id, reader)
    context = wall_frame(found.forum, reader, "spark") | {"page": spark_page(found, reader), "spark": found}
    return render(request, "forums/wall_grow.html", context)


@require_POST
def grow_spark(request: HttpRequest, pk: int, public_id: str) -> HttpResponse:
    """Ask whoever threw a spark whether it may grow into a note; she herself begins it."""
    person = member(request)
    found = spark_at(pk, public_id, person)
    growth = actions.grow_into_note(found, by=person)
    if growth.note is not None and growth.author_id == person.pk:
        return redirect(f"/notes/{growth.note.number}/edit")
    messages.success(request, pgettext("spark growth", "The question waits for whoever threw it."))
    return redirect(spark_address(found))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_spark(request: HttpRequest, typed: str, public_id: str) -> HttpResponse:
    """The author's own page, on the phone that threw the spark or signed in: begin the note, or say no."""
    reader, token = reader_of(request), phones.token_of(request)
    found = _own_spark(typed, public_id, reader, token)
    growth = Growth.objects.filter(spark=found).first()
    if request.method == "POST" and request.POST.get("answer") == "yes":
        person = member(request)
        grown = actions.grow_into_note(found, by=person, token=token)
        return _to_draft(request, grown)
    if request.method == "POST" and growth is not None:
        actions.decline_growth(growth, by=reader, token=token)
        messages.success(request, pgettext("spark growth", "It stays a spark. Nobody will ask again."))
        return redirect(f"/w/{found.forum.code}#s-{found.public_id}")
    context = {"spark": found, "page": spark_page(found, reader, token), "reader": reader}
    return render(request, "forums/wall_grow_answer.html", context | {"forum": found.forum})


def _to_draft(request: HttpRequest, grown: Growth) -> HttpResponse:
    assert grown.note is not None  # an accepted one has its note
    messages.success(
        request,
        pgettext("stories", "A draft stands in your notebook. Nobody else sees it until you publish it."),
    )
    return redirect(f"/notes/{grown.note.number}/edit")


def spark_address(spark: Spark) -> str:
    """Return the address of a spark's own page."""
    return f"/forums/{spark.forum_id}/wall/sparks/{spark.public_id}"


def spark_at(pk: int, public_id: str, reader: Person | None) -> Spark:
    """Return the spark if ``reader`` may see it, else 404; with it comes its forum."""
    rows = Spark.objects.visible_to(reader).filter(forum=pk, public_id=public_id, withdrawn_at__isnull=True)
    found = rows.select_related(*_FORUM).first()
    if found is None:
        raise Http404
    return found


def _own_spark(typed: str, public_id: str, reader: Person | None, token: str) -> Spark:
    """Return the spark of this phone or this person, also when its wall is closed; 404 for everybody else."""
    rows = Spark.objects.filter(forum__code=code_in(typed) or "", public_id=public_id)
    found = rows.filter(withdrawn_at__isnull=True).select_related(*_FORUM).first()
    if found is None or not rules.is_hers(reader, found, token):
        raise Http404
    return found
