"""Changing one's own comment: other words, taking it back, bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.talk import rules
from prakai.talk.actions import return_comment, reword_comment, withdraw_comment
from prakai.talk.wording import typed_of
from prakai.web.base.keeping import confirm, keeps_words, new_key, token_failed, typed_before
from prakai.web.requests import member, reader_of
from prakai.web.talk.forms import CommentForm
from prakai.web.talk.loading import answer_with_talk, comment_at
from prakai.web.talk.views.commenting import METHODS, kept_as, signed_out, stale_token


@keeps_words
@require_http_methods(METHODS)
def reword(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one's comment as it was typed, and take other words."""
    reader = reader_of(request)
    try:
        if reader is None:
            raise Http404
        row = comment_at(pk, reader)
    except Http404:
        return signed_out(request, reader)
    rules.may_reword(reader, row).or_refuse()
    initial = {"body": typed_of(row.body), "client_key": new_key(), **typed_before(request)}
    form = CommentForm(request.POST) if request.POST else CommentForm(initial=initial)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            changed = reword_comment(row, body=form.cleaned_data["body"], by=reader)
        except ValidationError as trouble:
            form.take(trouble)
        else:
            if changed.is_held:
                messages.info(request, pgettext("talk form", "Your words wait for the host again."))
            return confirm(request, redirect(changed.get_absolute_url()), form.cleaned_data["client_key"])
    context = {
        "conversation": row.conversation,
        "comment": row,
        "form": form,
        "action": request.path,
        "keep": kept_as(request, reader),
    }
    return render(request, "talk/reword.html", context)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's comment back; the message offers to undo it on the page itself."""
    person = member(request)
    row = withdraw_comment(comment_at(pk, person), by=person)
    messages.success(request, pgettext("talk form", "Your comment is withdrawn. You can bring it back."))
    return answer_with_talk(request, row.conversation, row.get_absolute_url())


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a withdrawal."""
    person = member(request)
    row = return_comment(comment_at(pk, person), by=person)
    messages.success(request, pgettext("talk form", "Your comment is back."))
    return answer_with_talk(request, row.conversation, row.get_absolute_url())
