"""``/healthz``: whether this place answers, for a proxy or a watchman who asks every few seconds."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.journal.following import lag


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the rows can be read, with how many journal entries the slowest follower is behind; 503 if not.

    Nothing is told that a stranger should not know; ``prakai doctor`` says the rest, and what to do.
    """
    try:
        behind = lag()
    except DatabaseError:
        return JsonResponse({"status": "rows cannot be read"}, status=503)
    return JsonResponse({"status": "ok", "behind": max(behind.values(), default=0)})
