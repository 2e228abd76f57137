"""Giving an appreciation in words: to what a conversation is about, to a unit, to a person."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.kernel.verdicts import Verdict
from prakai.people.models import Person
from prakai.talk import actions, rules
from prakai.talk.models import Appreciation
from prakai.units.models import Unit
from prakai.web.base.keeping import confirm, keep_typed, keeps_words, new_key, token_failed, typed_before
from prakai.web.requests import member, reader_of
from prakai.web.talk.forms import AppreciateForm
from prakai.web.talk.loading import answer_with_talk, appreciation_at, conversation_at
from prakai.web.talk.views.commenting import METHODS, kept_as, signed_out, stale_token


@keeps_words
@require_http_methods(METHODS)
def appreciate_talk(request: HttpRequest, pk: int) -> HttpResponse:
    """Appreciate what a conversation is about."""
    reader = reader_of(request)
    try:
        conversation = conversation_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    verdict = rules.may_appreciate(reader, conversation, to=None)
    return _give(request, verdict, conversation.title, conversation.address, {"conversation": conversation})


@keeps_words
@require_http_methods(METHODS)
def appreciate_unit(request: HttpRequest, pk: str) -> HttpResponse:
    """Appreciate a unit."""
    reader = reader_of(request)
    unit = Unit.objects.visible_to(reader).filter(pk=int(pk)).first()
    if unit is None:
        return signed_out(request, reader)
    verdict = rules.may_appreciate(reader, None, to=None)
    return _give(request, verdict, unit.name, unit.get_absolute_url(), {"unit": unit})


@keeps_words
@require_http_methods(METHODS)
def appreciate_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """Appreciate a person."""
    reader = reader_of(request)
    person = Person.objects.visible_to(reader).filter(public_id=public_id).first()
    if person is None:
        return signed_out(request, reader)
    verdict = rules.may_appreciate(reader, None, to=person)
    return _give(request, verdict, person.display_name, person.get_absolute_url(), {"person": person})


def _give(
    request: HttpRequest, verdict: Verdict, name: str, address: str, to: dict[str, Any]
) -> HttpResponse:
    reader = reader_of(request)
    form = AppreciateForm(
        request.POST if request.POST else None,
        initial={"client_key": new_key(), **typed_before(request)},
    )
    sending = request.method == "POST"
    if token_failed(request):
        form.say(stale_token())
    if not verdict and request.POST:
        keep_typed(request)
    if verdict and sending and form.is_valid():
        given = form.cleaned_data
        try:
            row = actions.appreciate(by=reader, **given, **to)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("appreciation form", "Your words of appreciation are given."))
            return confirm(request, redirect(f"{address}#a{row.pk}"), given["client_key"])
    context = {
        "name": name,
        "address": address,
        "verdict": verdict,
        "form": form,
        "typed_words": "\n\n".join(str(form[field].value() or "") for field in ("saw", "effect")).strip(),
        "action": request.path,
        "keep": kept_as(request, reader),
    }
    status = 403 if sending and not verdict else 200
    return render(request, "talk/appreciate.html", context, status=status)


@require_POST
def change(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Take an appreciation back, keep it private, or share it again."""
    person = member(request)
    moves = {
        "withdraw": (
            actions.withdraw_appreciation,
            pgettext("appreciation form", "The appreciation is taken back."),
        ),
        "keep": (
            actions.keep_appreciation_private,
            pgettext("appreciation form", "It stays between you two now."),
        ),
        "share": (
            actions.share_appreciation,
            pgettext("appreciation form", "You no longer keep it private."),
        ),
    }
    if move not in moves:
        raise Http404
    act, done = moves[move]
    row = act(appreciation_at(pk, person), by=person)
    messages.success(request, done)
    return _back(request, row)


def _back(request: HttpRequest, row: Appreciation) -> HttpResponse:
    if row.conversation is not None:
        return answer_with_talk(request, row.conversation, f"{row.conversation.address}#talk")
    about = row.person or row.unit
    return redirect(about.get_absolute_url() if about is not None else "/")
