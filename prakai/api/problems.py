"""How this door says no: RFC 9457, ``application/problem+json``, with words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import pgettext

Arguments = ParamSpec("Arguments")
View = Callable[Concatenate[HttpRequest, Arguments], HttpResponse]


def problem(status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> JsonResponse:
    """Return a problem: what went wrong, and what to do next."""
    return JsonResponse(
        {"type": "about:blank", "status": status, "title": title, "detail": detail},
        status=status,
        content_type="application/problem+json",
        headers=headers or {},
        json_dumps_params={"ensure_ascii": False},
    )


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404: no such address for programs."""
    return problem(
        404,
        pgettext("api problem", "There is nothing at this address."),
        pgettext("api problem", "Programs can ask at /api/v1/search; docs/api.md tells how."),
    )


def only_reads(view: Callable[Concatenate[HttpRequest, Arguments], HttpResponse]) -> View[Arguments]:
    """Answer GET and HEAD with ``view``, everything else with a problem."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        return problem(
            405,
            pgettext("api problem", "This address only answers."),
            pgettext("api problem", "Ask with GET; nothing can be changed here."),
            headers={"Allow": "GET, HEAD"},
        )

    return answer
