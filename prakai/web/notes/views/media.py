"""Pictures and files: taken in while writing, given out to those who may read the note."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from prakai.kernel.verdicts import Refused
from prakai.notes.actions import attach, describe_attachment
from prakai.notes.models import Attachment
from prakai.notes.models.media import AttachmentKind
from prakai.notes.queries.media import find_attachment, is_public
from prakai.notes.queries.pages import find_note
from prakai.web.requests import reader_of


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Take in one file (field ``file``) with its description (``alt``) for a note (``note``) or for one to come."""
    reader = reader_of(request)
    if reader is None:
        return JsonResponse({"problem": "signed_out"}, status=401)
    upload = request.FILES.get("file")
    if upload is None:
        return JsonResponse({"problem": "shape"}, status=400)
    number = request.POST.get("note", "")
    note = (
        find_note(int(number), reader) if number.isascii() and number.isdigit() and len(number) < 16 else None
    )
    if number and note is None:
        return JsonResponse({"problem": "gone"}, status=404)
    try:
        row = attach(upload, name=upload.name or "", by=reader, note=note, alt=request.POST.get("alt", ""))
    except ValidationError as trouble:
        return JsonResponse({"problem": "refused", "words": " ".join(trouble.messages)}, status=400)
    except Refused as refusal:
        return JsonResponse({"problem": "refused", "words": str(refusal.verdict.reason)}, status=403)
    return JsonResponse(_told(row), status=201)


@require_POST
def describe(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the words that tell what a picture shows."""
    reader = reader_of(request)
    if reader is None:
        return JsonResponse({"problem": "signed_out"}, status=401)
    row = find_attachment(public_id, reader)
    if row is None:
        return JsonResponse({"problem": "gone"}, status=404)
    try:
        row = describe_attachment(row, alt=request.POST.get("alt", ""), by=reader)
    except Refused as refusal:
        return JsonResponse({"problem": "refused", "words": str(refusal.verdict.reason)}, status=403)
    return JsonResponse(_told(row))


def _told(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "address": row.get_absolute_url(),
        "kind": row.kind,
        "name": row.name,
        "alt": row.alt,
        "width": row.width,
        "height": row.height,
    }


@require_safe
def show(request: HttpRequest, public_id: str, name: str = "") -> HttpResponseBase:
    """Give out a picture or file to who may read its note; before it has one, to who sent it."""
    row = find_attachment(public_id, reader_of(request))
    if row is None:
        raise Http404
    mark = f'"{row.digest[:32]}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == mark:
        response = HttpResponseNotModified()
    else:
        try:
            content = row.file.open("rb")
        except FileNotFoundError:
            raise Http404 from None
        response = FileResponse(
            content,
            content_type=row.media_type,
            as_attachment=row.kind != AttachmentKind.PICTURE,
            filename=row.name or row.public_id,
        )
    response.headers["ETag"] = mark
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    # Whoever keeps a copy asks again each time: a picture goes with its note, when readers become fewer or none.
    if is_public(row):
        patch_cache_control(response, public=True, no_cache=True)
    else:
        patch_cache_control(response, private=True, no_cache=True)
    return response
