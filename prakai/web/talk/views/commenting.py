"""Saying something: a comment, a reply; and the way from a number to its page."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from prakai.kernel.verdicts import Refused, Verdict
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.actions import make_comment
from prakai.talk.models import Comment, Conversation
from prakai.talk.queries import Said, said_as
from prakai.web.base.keeping import confirm, keep_typed, keeps_words, new_key, token_failed, typed_before
from prakai.web.requests import in_parts, reader_of
from prakai.web.talk import visitors
from prakai.web.talk.forms import CommentForm, VisitorCommentForm, mark_for
from prakai.web.talk.loading import answer_with_talk, comment_at, conversation_at

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is about to be said."""

    conversation: Conversation
    answers: Comment | None
    verdict: Verdict


@require_safe
def find(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the number of a conversation to its page."""
    return redirect(conversation_at(pk, reader_of(request)).address or "/")


@require_safe
def find_comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from the number of a comment to its place."""
    return redirect(comment_at(pk, reader_of(request)).get_absolute_url())


@keeps_words
@require_http_methods(METHODS)
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a comment, and take it."""
    reader = reader_of(request)
    try:
        conversation = conversation_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    return _say(request, reader, _Place(conversation, None, rules.may_comment(reader, conversation)))


@keeps_words
@require_http_methods(METHODS)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form of a reply, and take it."""
    reader = reader_of(request)
    try:
        answers = comment_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    return _say(request, reader, _Place(answers.conversation, answers, rules.may_reply(reader, answers)))


def _say(request: HttpRequest, reader: Person | None, place: _Place) -> HttpResponse:
    form = _form(request, reader)
    sending = request.method == "POST"
    if not place.verdict:
        if sending or (reader is None and request.POST):
            keep_typed(request)
        return _page(request, place, form, status=403 if sending else 200)
    if _is_of_member(request, reader):
        # Her session ended while she wrote; a visitor's comment is not what she meant to send.
        keep_typed(request)
        return _page(request, place, form, status=403)
    if sending and form.is_valid() and _in_pace(request, reader, form):
        given = form.cleaned_data
        try:
            made = make_comment(
                place.conversation,
                body=given["body"],
                by=reader,
                answers=place.answers,
                builds_on=given["builds_on"],
                name=given.get("name", ""),
                client_key=given["client_key"],
            )
        except ValidationError as trouble:
            form.take(trouble)
        except Refused as refusal:
            # It was closed while she wrote: the words stay on the page.
            return _page(
                request, _Place(place.conversation, place.answers, refusal.verdict), form, status=403
            )
        else:
            return _said(request, made, given["client_key"])
    return _page(request, place, form)


def _is_of_member(request: HttpRequest, reader: Person | None) -> bool:
    """Return whether a member's form came whose session has ended: the forms for visitors bear a mark."""
    return reader is None and bool(request.POST) and "started" not in request.POST


def _form(request: HttpRequest, reader: Person | None) -> CommentForm:
    kind = VisitorCommentForm if reader is None else CommentForm
    if _is_of_member(request, reader):
        return kind(initial=request.POST.dict())
    if request.POST:
        form = kind(request.POST)
        if token_failed(request):
            form.say(stale_token())
        return form
    before = typed_before(request)
    return kind(initial={"client_key": new_key(), **before})


def stale_token() -> str:
    """Return what is said when the page was open for so long that its token no longer holds."""
    return pgettext(
        "talk form", "This page was open for a while. Your words are here: please send them once more."
    )


def _in_pace(request: HttpRequest, reader: Person | None, form: CommentForm) -> bool:
    if reader is not None or visitors.COMMENTS.allows(visitors.address_of(request)):
        return True
    form.say(
        pgettext(
            "talk form",
            "That is a lot in a short time. Please wait a quarter of an hour; your words are here.",
        )
    )
    return False


def _said(request: HttpRequest, made: Comment, client_key: str) -> HttpResponse:
    address = made.get_absolute_url()
    if made.is_held:
        messages.success(
            request, pgettext("talk form", "Thank you. Your words appear when the host has read them.")
        )
        if made.by_id is None:
            address = f"{made.conversation.address}#talk"
    return confirm(request, answer_with_talk(request, made.conversation, address), client_key)


def _page(request: HttpRequest, place: _Place, form: CommentForm, *, status: int = 200) -> HttpResponse:
    reader = reader_of(request)
    answered: Said | None = said_as(place.answers, reader) if place.answers is not None else None
    context = {
        "conversation": place.conversation,
        "answered": answered,
        "verdict": place.verdict,
        "comment_form": form,
        "typed": {name: form[name].value() or "" for name in form.fields},
        "key": form["client_key"].value() or new_key(),
        "started": mark_for(request.POST.get("started", "")) if reader is None else "",
        "action": request.path,
        "field_id": "words",
        "keep": kept_as(request, reader),
        "is_signed_out": _is_of_member(request, reader),
    }
    if in_parts(request) and place.verdict and status == 200:
        # Only what htmx puts in the place of the form; a part is never refused by its status, or it is not shown.
        return render(request, "talk/comment_form.html", context)
    return render(request, "talk/say.html", context, status=status)


def kept_as(request: HttpRequest, reader: Person | None) -> str:
    """Return the name under which the browser keeps a copy of this form: of this person, for this address."""
    return f"{reader.public_id if reader is not None else 'visitor'}{request.path}"


def signed_out(request: HttpRequest, reader: Person | None) -> HttpResponse:
    """Answer somebody without a session for whom there is nothing here: keep her words and ask her to sign in.

    The answer tells nothing of the thing itself, not even whether there is one.
    """
    words = [
        value for name, value in request.POST.items() if name in ("body", "saw", "effect", "words") and value
    ]
    if reader is not None or not words:
        raise Http404
    keep_typed(request)
    return render(request, "talk/signed_out.html", {"typed": "\n\n".join(map(str, words))}, status=403)
