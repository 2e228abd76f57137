"""Typed words are not lost: by a stale token, by a sign-in that ran out, or on the way back from signing in."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from prakai.people.models import Person
from prakai.web.base.forms import Told
from prakai.web.requests import member, reader_of

Arguments = ParamSpec("Arguments")
AnyForm = TypeVar("AnyForm", bound=Told)
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]

KEPT = "talk.kept"
SAID = "prakai_said"
_MOST = 60_000
_NOT_WORDS = {"csrfmiddlewaretoken", "started", "website"}


class _TokenCheck(CsrfViewMiddleware):
    """Django's own check, which tells its reason instead of answering."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def keeps_words(view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse]) -> View[Arguments]:
    """Let a stale token show the form again with the words typed, instead of a bare refusal.

    The check is Django's, made here: when it fails, the view sees no POST (``request.method`` is GET), only
    ``request.POST`` with the words and ``request.token_failed``; so it cannot act by mistake. The answer is 403.
    """

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        request.POST  # noqa: B018  read now: Django reads it by the method, which may change below
        check = _TokenCheck(view)
        check.process_request(request)
        if check.process_view(request, view, (), {}) is None:
            return view(request, *args, **kwargs)
        request.method = "GET"
        request.token_failed = True  # type: ignore[attr-defined]
        get_token(request)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.status_code = 403
        return response

    return answer


def token_failed(request: HttpRequest) -> bool:
    """Return whether the form came with a token that no longer holds."""
    return bool(getattr(request, "token_failed", False))


def new_key() -> str:
    """Return a fresh key for one form."""
    return secrets.token_urlsafe(12)


def typed_before(request: HttpRequest) -> dict[str, str]:
    """Return the words that were typed on this address before signing in; they stay until they are sent."""
    kept = request.session.get(KEPT)
    if isinstance(kept, dict) and kept.get("at") == request.path and isinstance(kept.get("words"), dict):
        return {str(name): str(value) for name, value in kept["words"].items()}
    return {}


def keep_typed(request: HttpRequest) -> None:
    """Keep the words of this form in the session, until its writer has signed in and comes back; one form at a time."""
    words = {name: value for name, value in request.POST.items() if name not in _NOT_WORDS}
    if sum(len(str(value)) for value in words.values()) <= _MOST:
        request.session[KEPT] = {"at": request.path, "words": words}


def confirm(request: HttpRequest, response: HttpResponse, client_key: str) -> HttpResponse:
    """Forget kept words, and tell the browser which form has arrived, so that it forgets its copy, too."""
    if typed_before(request):
        del request.session[KEPT]
    if client_key:
        response.set_cookie(SAID, client_key, max_age=600, samesite="Lax", httponly=False)
    return response


def writer(request: HttpRequest) -> Person:
    """Return the signed-in person; a visitor is asked to sign in, and what she typed waits for her in the form."""
    if request.POST and reader_of(request) is None:
        keep_typed(request)
    return member(request)


def form_for(request: HttpRequest, kind: type[AnyForm], initial: dict[str, Any], **asked: Any) -> AnyForm:
    """Return the form with what was typed, now or before signing in, else with ``initial``; ``asked`` goes to it."""
    typed = request.POST or typed_before(request)
    form = kind(typed or None, initial=initial, **asked)
    if token_failed(request):
        form.say(pgettext("form", "This page was open for a long time. Please press the button once more."))
    return form
