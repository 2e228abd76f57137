"""Drafts: what is typed is kept on the server every few seconds; what is no longer wanted is thrown away."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from prakai.kernel.verdicts import Refused
from prakai.notes.actions import Elsewhere, Spent, drop_draft, save_draft
from prakai.notes.models import Note
from prakai.notes.queries.drafts import drafts_beside, find_draft
from prakai.notes.queries.pages import find_note
from prakai.web.requests import reader_of


@require_POST
@never_cache
def keep(request: HttpRequest, window: str) -> HttpResponse:
    """Keep what a window holds (JSON: fields, note, base_version, seen) and tell when, and whether others differ."""
    reader = reader_of(request)
    if reader is None:
        return JsonResponse({"problem": "signed_out"}, status=401)
    try:
        told = json.loads(request.body)
        fields, base = dict(told["fields"]), int(told.get("base_version") or 0)
        number = int(told["note"]) if told.get("note") else None
        seen = parse_datetime(told["seen"]) if told.get("seen") else None
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problem": "shape"}, status=400)
    note = find_note(number, reader) if number is not None and 0 < number < 2**53 else None
    if number is not None and note is None:
        return JsonResponse({"problem": "gone"}, status=404)
    try:
        draft = save_draft(
            by=reader, window=window, fields=fields, note=note, base_version=max(0, base), seen=seen
        )
    except Elsewhere as other:
        saved_at = other.draft.saved_at
        return JsonResponse(
            {"problem": "elsewhere", "saved_at": saved_at.isoformat(), "fields": other.draft.fields},
            status=409,
        )
    except Spent as spent:
        return JsonResponse({"problem": "sent", "note": spent.note.number}, status=409)
    except ValidationError as trouble:
        return JsonResponse({"problem": "refused", "words": " ".join(trouble.messages)}, status=400)
    except Refused as refusal:
        return JsonResponse({"problem": "refused", "words": str(refusal.verdict.reason)}, status=403)
    return JsonResponse(_answer(draft.saved_at, note, base, reader, window))


def _answer(saved_at: datetime, note: Note | None, base: int, reader: Any, window: str) -> dict[str, Any]:
    beside = drafts_beside(reader, note, window=window, most=1)
    newest = next((other for other in beside if note is None or other.base_version >= base), None)
    return {
        "saved_at": saved_at.isoformat(),
        "shown": f"{timezone.localtime(saved_at):%H:%M}",
        "newer": note is not None and note.version > base,
        "other": newest.window if newest is not None else "",
    }


@require_POST
@never_cache
def drop(request: HttpRequest, window: str) -> HttpResponse:
    """Throw a draft away and go back to the desk."""
    reader = reader_of(request)
    draft = find_draft(reader, window) if reader is not None else None
    if reader is None or draft is None:
        raise Http404
    drop_draft(draft, by=reader)
    messages.info(request, pgettext("draft", "The draft is thrown away."))
    return redirect("/desk")
