"""Answers to programs in a page: JSON, and RFC 9457 problems when something was not taken."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def wants_json(request: HttpRequest) -> bool:
    """Return whether the asker reads JSON rather than pages."""
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def problem(status: int, detail: str) -> JsonResponse:
    """Return a problem with words for people."""
    return JsonResponse(
        {"type": "about:blank", "status": status, "detail": detail},
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
