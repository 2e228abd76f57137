"""The recorder's form: a story is written down, and corrected. What was typed survives every failure."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.forums import actions
from prakai.forums import story_rules as rules
from prakai.forums.models import Circle, Forum, Participant, Story
from prakai.forums.queries.stories import parts_of, tellers_of
from prakai.kernel.verdicts import Refused, Verdict
from prakai.people.models import Person
from prakai.web.base.keeping import confirm, keep_typed, keeps_words, new_key, token_failed, typed_before
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.forums.story_forms import StoryForm, in_words, typed_of
from prakai.web.forums.views.stories import frame_of_story, outbox_of, story_at
from prakai.web.requests import member, reader_of
from prakai.web.talk.views.commenting import METHODS, kept_as, stale_token


@keeps_words
@require_http_methods(METHODS)
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the recorder's form, and take a story."""
    reader = reader_of(request)
    if reader is None:
        return _signed_out(request)
    forum = forum_at(pk, reader)
    form = _form(request, forum, tellers=tellers_of(forum), initial=_beginning(request, forum))
    verdict = rules.may_record_story(reader, forum)
    if not verdict:
        return _refused(request, form, frame_of(forum, reader, "stories"), verdict)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["client_key"]
        try:
            made = actions.record_story(forum, by=reader, client_id=key, **form.words())
        except ValidationError as trouble:
            _take(form, trouble)
        else:
            return _told(request, made, key)
    context = frame_of(forum, reader, "stories") | {"form": form, "outbox": outbox_of(reader, forum)}
    return _answer(request, form, context, "forums/story_new.html", reader)


@keeps_words
@require_http_methods(METHODS)
def correct(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show the form with a story's words, and take them corrected."""
    reader = reader_of(request)
    if reader is None:
        return _signed_out(request)
    story = story_at(pk, number, reader)
    is_teller = story.person_id == reader.pk and story.recorder_id != reader.pk
    tellers = None if is_teller else tellers_of(story.forum)
    form = _form(request, story.forum, tellers=tellers, initial=typed_of(story))
    context: dict[str, Any] = frame_of_story(story, reader) | {"form": form, "story": story, "other": []}
    verdict = rules.may_correct_story(reader, story)
    if not verdict:
        return _refused(request, form, context, verdict)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.correct_story(
                story, by=reader, base_version=given["base_version"] or 0, **form.words(story)
            )
        except ValidationError as trouble:
            if getattr(trouble, "code", "") == "changed":
                context["other"] = parts_of(story, [])
                form.data = {**request.POST.dict(), "base_version": str(story.version)}
            _take(form, trouble)
        else:
            messages.success(request, pgettext("stories", "The story is kept as you corrected it."))
            return confirm(request, redirect(story.get_absolute_url()), given["client_key"])
    return _answer(request, form, context, "forums/story_correct.html", reader)


def _form(
    request: HttpRequest, forum: Forum, *, tellers: list[Participant] | None, initial: dict[str, Any]
) -> StoryForm:
    circles = list(
        Circle.objects.filter(round__forum=forum).select_related("round").order_by("round__number", "number")
    )
    if request.POST:
        form = StoryForm(request.POST, tellers=tellers, circles=circles)
        if token_failed(request):
            form.say(stale_token())
        return form
    return StoryForm(initial={**initial, **typed_before(request)}, tellers=tellers, circles=circles)


def _beginning(request: HttpRequest, forum: Forum) -> dict[str, Any]:
    """Return what a new story starts from: its key, and the circle and the teller that the address names."""
    start: dict[str, Any] = {"client_key": new_key()}
    if (circle := request.GET.get("circle", "")).isdecimal() and len(circle) < 16:
        start["circle"] = int(circle)
    if (teller := request.GET.get("teller", "")).isdecimal() and len(teller) < 16:
        rows = Participant.objects.seated().filter(forum=forum, pk=int(teller)).select_related("unit")
        if (found := rows.first()) is not None:
            start["teller"] = in_words(found)
    return start


def _take(form: StoryForm, trouble: ValidationError) -> None:
    """Show what the action found wrong at the field where it was typed."""
    if hasattr(trouble, "error_dict"):
        named = {"teller_name": "teller", "participant": "teller"}
        trouble = ValidationError(
            {named.get(name, name): found for name, found in trouble.error_dict.items()}
        )
    form.take(trouble)


def _told(request: HttpRequest, made: Story, key: str) -> HttpResponse:
    if _wants_json(request):
        return confirm(request, JsonResponse({"address": made.get_absolute_url(), "title": made.title}), key)
    messages.success(request, pgettext("stories", "The story is kept. Thank you for writing it down."))
    return confirm(request, redirect(made.get_absolute_url()), key)


def _refused(
    request: HttpRequest, form: StoryForm, context: dict[str, Any], verdict: Verdict
) -> HttpResponse:
    """Refuse; with the words that were typed, if there are any."""
    if _wants_json(request) or not request.POST:
        raise Refused(verdict)
    return render(
        request, "forums/story_refused.html", context | {"form": form, "verdict": verdict}, status=403
    )


def _answer(
    request: HttpRequest, form: StoryForm, context: dict[str, Any], template: str, reader: Person
) -> HttpResponse:
    wrong = bool(form.is_bound and form.errors)
    if wrong and _wants_json(request):
        told = [
            f"{form[name].label}: {problem}" if name in form.fields else str(problem)
            for name, found in form.errors.items()
            for problem in found
        ]
        return JsonResponse({"problems": told}, status=400)
    return render(request, template, context | {"keep": kept_as(request, reader), "action": request.path})


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Ask to sign in; what was typed is kept, and shown."""
    fields = ("title", "situation", "what_we_did", "turning_point", "what_changed", "advice")
    words = [request.POST[name] for name in fields if request.POST.get(name)]
    if not words or _wants_json(request):
        member(request)
    keep_typed(request)
    return render(request, "talk/signed_out.html", {"typed": "\n\n".join(words)}, status=403)
