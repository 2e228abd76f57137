"""Marking answers that visitors may share: the cache before Django keeps only what is marked here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

MARK = "X-Prakai-Cache"
Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def cached_page(view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse]) -> View[Arguments]:
    """Mark the view's answer as shareable when a visitor without a session asked and nothing personal is in it."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        shareable = (
            request.method in ("GET", "HEAD")
            and not request.user.is_authenticated
            and response.status_code == 200
            and not response.cookies
            and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
            and not request.META.get("CSRF_COOKIE_USED")
        )
        if shareable:
            response.headers[MARK] = "public"
        return response

    return answer
