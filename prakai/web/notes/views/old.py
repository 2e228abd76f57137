"""Old addresses: those of the places that notes were brought from lead to the note, for good."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from prakai.exchange.importing.addresses import note_number
from prakai.notes.models import Note
from prakai.notes.queries.pages import find_note, note_at_old_address
from prakai.web.base import views as base
from prakai.web.notes.views.reading import gone, moved
from prakai.web.requests import reader_of

LONGEST = 500


def note_behind(path: str) -> Note | None:
    """Return the note that an old path leads to, whoever may read it."""
    if len(path) > LONGEST:
        return None
    number = note_number(path)
    found = note_at_old_address(path, number)
    if found is None and path.endswith("/"):
        found = note_at_old_address(path.rstrip("/"), number)
    return found


@require_safe
def old_address(request: HttpRequest, **parts: object) -> HttpResponse:
    """Lead from ``/posts/N``, ``/blog/…/N`` or ``/archive/…/eN`` to the note; 410 if it was withdrawn."""
    found = note_behind(request.path)
    if found is None:
        raise Http404
    visible = find_note(found.number, reader_of(request))
    return moved(request, visible) if visible is not None else gone(request, found.number)


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404, unless the path is one under which some note was known elsewhere."""
    if request.method in ("GET", "HEAD") and (found := note_behind(request.path)) is not None:
        reader = reader_of(request) if hasattr(request, "user") else None
        visible = find_note(found.number, reader)
        if visible is not None:
            return moved(request, visible)
        try:
            return gone(request, found.number)
        except Http404:
            return base.not_found(request, exception)
    return base.not_found(request, exception)
