"""Moving a forum on: announcing, cancelling, bringing back, closing, opening again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST

from prakai.forums import actions, rules
from prakai.web.base.keeping import form_for, keeps_words, writer
from prakai.web.forums.forms import CancelForm
from prakai.web.forums.loading import forum_at, frame_of
from prakai.web.requests import member


@require_POST
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the audience see the forum."""
    person = member(request)
    forum = forum_at(pk, person)
    actions.announce_forum(forum, by=person)
    messages.success(request, pgettext("forum", "The forum is announced: those it is for can see it now."))
    return redirect(forum)


@keeps_words
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and cancel."""
    person = writer(request)
    forum = forum_at(pk, person)
    rules.may_cancel(person, forum).or_refuse()
    form = form_for(request, CancelForm, {})
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_forum(forum, by=person, because=form.cleaned_data["because"])
        except ValidationError as trouble:
            form.take(trouble)
        else:
            messages.success(request, pgettext("forum", "The forum is cancelled, and its page says why."))
            return redirect(forum)
    return render(request, "forums/cancel.html", frame_of(forum, person, "forum") | {"form": form})


@require_POST
def revive(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring a cancelled forum back."""
    person = member(request)
    forum = actions.revive_forum(forum_at(pk, person), by=person)
    messages.success(request, pgettext("forum", "The forum takes place after all."))
    return redirect(forum)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """The harvest is in."""
    person = member(request)
    forum = forum_at(pk, person)
    actions.close_forum(forum, by=person)
    messages.success(request, pgettext("forum", "The harvest is in; the plan stays as it was."))
    return redirect(forum)


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed forum again."""
    person = member(request)
    forum = actions.reopen_forum(forum_at(pk, person), by=person)
    messages.success(request, pgettext("forum", "The forum is open again."))
    return redirect(forum)
