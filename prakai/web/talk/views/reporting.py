"""Asking the stewards to look: at a comment, at a thing, again at one's own hidden comment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.actions import report
from prakai.talk.models import Comment, Conversation, ReportReason
from prakai.talk.queries import said_as
from prakai.web.base.keeping import confirm, keeps_words, new_key, token_failed, typed_before
from prakai.web.requests import member, reader_of
from prakai.web.talk import visitors
from prakai.web.talk.forms import AppealForm, ReportForm, Words
from prakai.web.talk.loading import comment_at, conversation_at
from prakai.web.talk.views.commenting import METHODS, kept_as, signed_out, stale_token


@keeps_words
@require_http_methods(METHODS)
def report_thing(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what a conversation is about."""
    reader = reader_of(request)
    try:
        conversation = conversation_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    return _report(request, reader, conversation, None)


@keeps_words
@require_http_methods(METHODS)
def report_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a comment."""
    reader = reader_of(request)
    try:
        row = comment_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    return _report(request, reader, row.conversation, row)


@keeps_words
@require_http_methods(METHODS)
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the stewards to look again at one's own hidden comment."""
    person = member(request)
    row = comment_at(pk, person)
    rules.may_report(person, row.conversation, row, ReportReason.APPEAL).or_refuse()
    return _report(request, person, row.conversation, row, is_appeal=True)


def _report(
    request: HttpRequest,
    reader: Person | None,
    conversation: Conversation,
    row: Comment | None,
    *,
    is_appeal: bool = False,
) -> HttpResponse:
    kind: type[Words] = AppealForm if is_appeal else ReportForm
    form = kind(request.POST or None, initial={"client_key": new_key(), **typed_before(request)})
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid() and _in_pace(request, reader, form):
        given = form.cleaned_data
        try:
            report(
                conversation,
                reason=ReportReason.APPEAL if is_appeal else given["reason"],
                by=reader,
                comment=row,
                words=given["words"],
            )
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request,
                pgettext("report form", "Thank you. The stewards will look, and tell you what they decide.")
                if reader is not None
                else pgettext("report form", "Thank you. The stewards will look at it."),
            )
            address = row.get_absolute_url() if row is not None else conversation.address
            return confirm(request, redirect(address), given["client_key"])
    context = {
        "conversation": conversation,
        "said": said_as(row, reader) if row is not None else None,
        "is_appeal": is_appeal,
        "form": form,
        "action": request.path,
        "keep": kept_as(request, reader),
    }
    return render(request, "talk/report.html", context)


def _in_pace(request: HttpRequest, reader: Person | None, form: Words) -> bool:
    if reader is not None or visitors.REPORTS.allows(visitors.address_of(request)):
        return True
    form.say(
        pgettext(
            "talk form",
            "That is a lot in a short time. Please wait a quarter of an hour; your words are here.",
        )
    )
    return False
