"""Whom an ``@`` may call: an offer while somebody types; the same names work when they are typed in full."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.talk.queries import suggested
from prakai.web.requests import reader_of
from prakai.web.talk.loading import conversation_at


@require_safe
@never_cache
def suggest(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` (what stands after the @) and ``?in=`` (the conversation) with names of those who may read it."""
    reader = reader_of(request)
    place = request.GET.get("in", "")
    if reader is None or not place.isascii() or not place.isdigit() or len(place) > 15:
        return JsonResponse({"found": []}, status=403 if reader is None else 400)
    offers = suggested(request.GET.get("q", "")[:80], conversation_at(int(place), reader), reader)
    return JsonResponse(
        {"found": [{"write": one.write, "name": one.name, "about": one.about} for one in offers]},
        json_dumps_params={"ensure_ascii": False},
    )
