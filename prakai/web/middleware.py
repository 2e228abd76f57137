"""Middleware: headers that keep the page closed to strangers, the language, and how rooms' "no" becomes a page."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from prakai.kernel.verdicts import Refused
from prakai.web.requests import preferences_of

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self';"
    " connect-src 'self'; media-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
    " manifest-src 'self'; object-src 'none'"
)


def headers(get_response: Answer) -> Answer:
    """Add the strict content policy and the permissions that no page of ours needs."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        if response.status_code == 301:
            # An older title can come back: a browser that never asked again would run in circles.
            response.headers.setdefault("Cache-Control", "no-cache")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), payment=(), usb=()")
        return response

    return answer


def language(get_response: Answer) -> Answer:
    """Speak the language that ``?lang=`` asks for, else the one chosen before, else the reader's, else Thai.

    The browser's own list is not asked: most phones of Thai officials are set to English by their makers.
    """
    known = {code for code, _ in settings.LANGUAGES}

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        own = getattr(request.user, "language", "") if request.user.is_authenticated else ""
        code = next((c for c in (asked, own, chosen) if c in known), settings.LANGUAGE_CODE)
        with translation.override(code):
            request.LANGUAGE_CODE = code
            request.reader_preferences = preferences_of(request)  # type: ignore[attr-defined]
            response = get_response(request)
            response.headers.setdefault("Content-Language", code)
        if asked in known and asked != chosen:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=31536000, samesite="Lax")
        return response

    return answer


class answers:  # noqa: N801  a middleware, named as it is used
    """Turn ``Refused`` (403) and a ``ValidationError`` that no form caught (400) into a page with what to do next."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, trouble: Exception) -> HttpResponse | None:
        """Answer the two ways in which rooms say no; anything else is a bug and stays loud."""
        if isinstance(trouble, Refused):
            return render(request, "403.html", {"verdict": trouble.verdict}, status=403)
        if isinstance(trouble, ValidationError):
            return render(request, "400.html", {"problems": trouble.messages}, status=400)
        return None
