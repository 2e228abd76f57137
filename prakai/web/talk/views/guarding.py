"""Looking after a conversation: close, reopen, guard; release, hide and show a comment."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.talk import actions, rules
from prakai.talk.queries import said_as
from prakai.web.base.keeping import keeps_words, token_failed
from prakai.web.requests import in_parts, member
from prakai.web.talk.forms import HideForm
from prakai.web.talk.loading import answer_with_talk, comment_at, conversation_at
from prakai.web.talk.views.commenting import METHODS, kept_as, stale_token


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a conversation to new comments."""
    person = member(request)
    conversation = conversation_at(pk, person)
    actions.close_conversation(conversation, by=person, because=request.POST.get("because", ""))
    messages.success(request, pgettext("guarding", "The conversation is closed. What was said stays."))
    return answer_with_talk(request, conversation, f"{conversation.address}#talk")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed conversation again."""
    person = member(request)
    conversation = conversation_at(pk, person)
    actions.reopen_conversation(conversation, by=person)
    messages.success(request, pgettext("guarding", "The conversation is open again."))
    return answer_with_talk(request, conversation, f"{conversation.address}#talk")


@require_POST
def guard(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whether comments appear at once or wait for the host."""
    person = member(request)
    conversation = conversation_at(pk, person)
    actions.guard_conversation(conversation, guard=request.POST.get("guard", ""), by=person)
    messages.success(request, pgettext("guarding", "Your choice is kept."))
    return answer_with_talk(request, conversation, f"{conversation.address}#talk")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a held comment appear."""
    person = member(request)
    row = actions.release_comment(comment_at(pk, person), by=person)
    messages.success(request, pgettext("guarding", "Everybody can read the comment now."))
    if (back := _back(request)) and not in_parts(request):
        return redirect(back)
    return answer_with_talk(request, row.conversation, row.get_absolute_url())


@keeps_words
@require_http_methods(METHODS)
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why a comment is to be hidden, and hide it."""
    person = member(request)
    row = comment_at(pk, person)
    rules.may_hide(person, row).or_refuse()
    form = HideForm(request.POST or None)
    if token_failed(request):
        form.say(stale_token())
    elif request.method == "POST" and form.is_valid():
        try:
            actions.hide_comment(row, by=person, because=form.cleaned_data["because"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(
                request, pgettext("guarding", "The comment is hidden, and its author reads why.")
            )
            return redirect(_back(request) or f"{row.conversation.address}#talk")
    context = {
        "conversation": row.conversation,
        "said": said_as(row, person),
        "form": form,
        "action": request.get_full_path(),
        "keep": kept_as(request, person),
    }
    return render(request, "talk/hide.html", context)


@require_POST
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a hidden comment again."""
    person = member(request)
    row = actions.show_comment(comment_at(pk, person), by=person)
    messages.success(request, pgettext("guarding", "Everybody can read the comment now."))
    return answer_with_talk(request, row.conversation, row.get_absolute_url())


def _back(request: HttpRequest) -> str:
    """Return the page of ours that asked, when it asks to come back."""
    asked = request.POST.get("back") or request.GET.get("back", "")
    return (
        asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else ""
    )
