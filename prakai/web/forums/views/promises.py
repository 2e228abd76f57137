"""One's own promises, and the gentle question by a signed link: one tap, without signing in."""

from __future__ import annotations

from django.contrib import messages
from django.core.signing import SignatureExpired
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from prakai.forums import actions
from prakai.forums import review_rules as rules
from prakai.forums.models import AFTER_DAYS, NewsKind, Promise
from prakai.forums.promise_words import promise_asked
from prakai.forums.queries.promises import own_promises
from prakai.web.requests import reader_of
from prakai.web.talk.tabs import sign_in_first


@require_safe
@never_cache
def own(request: HttpRequest) -> HttpResponse:
    """Show the reader's own promises, and let her say what became of them."""
    reader = reader_of(request)
    if reader is None:
        return sign_in_first(request)
    rules.may_keep_own(reader).or_refuse()
    context = {"promises": own_promises(reader), "kinds": NewsKind.choices, "days": AFTER_DAYS}
    return render(request, "forums/promises.html", context)


@require_POST
def news(request: HttpRequest, number: int) -> HttpResponse:
    """Say on one's own page what became of a promise."""
    reader = reader_of(request)
    row = Promise.objects.standing().visible_to(reader).select_related("review").filter(pk=number).first()
    if row is None:
        raise Http404
    after = request.POST.get("after", "")
    days = int(after) if after.isascii() and after.isdecimal() else 0
    actions.tell_news(row, days, request.POST.get("answer", ""), by=reader)
    messages.success(
        request, pgettext("promise page", "Thank you for telling. Every one of the answers is a good one.")
    )
    return redirect("promises")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def asked(request: HttpRequest, word: str) -> HttpResponse:
    """Ask what became of a promise: opening the link shows four buttons and changes nothing; one tap answers."""
    try:
        found = promise_asked(word)
    except SignatureExpired:
        return _gone(request, is_late=True)
    if found is None:
        return _gone(request, is_late=False)
    promise, after = found
    with override(promise.language):
        request.LANGUAGE_CODE = promise.language
        if request.method == "POST":
            if "stop" in request.POST:
                actions.stop_asking(promise, by=None)
            else:
                actions.tell_news(promise, after, request.POST.get("answer", ""), by=None)
            stopped = "?stopped=1" if "stop" in request.POST else ""
            return redirect(f"/promises/told{stopped}")
        told = promise.news.filter(after=after).first()
        context = {"promise": promise, "after": after, "kinds": NewsKind.choices, "told": told}
        return render(request, "forums/promise_asked.html", context)


@require_safe
@never_cache
def told(request: HttpRequest) -> HttpResponse:
    """Thank for the answer; the page says nothing of the promise."""
    return render(request, "forums/promise_told.html", {"stopped": "stopped" in request.GET})


def _gone(request: HttpRequest, *, is_late: bool) -> HttpResponse:
    return render(request, "forums/promise_gone.html", {"is_late": is_late}, status=410 if is_late else 404)
