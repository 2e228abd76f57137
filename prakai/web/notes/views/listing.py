"""All notes, lately raised first, also of one kind."""

from __future__ import annotations

from types import SimpleNamespace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from prakai.notes.models import NoteKind
from prakai.notes.queries.lists import latest_notes
from prakai.web.notes.rows import rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of


@cached_page
@require_safe
def notes(request: HttpRequest) -> HttpResponse:
    """Show a page of what the reader may read; ``?kind=`` for one kind, ``?after=`` for the next page."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in NoteKind.values else ""
    page = latest_notes(reader_of(request), kind=kind, after=request.GET.get("after"))
    everything = pgettext("list", "All")
    labels = {"": everything, **{k.value: k.label for k in NoteKind}}
    start = f"/notes?{urlencode({'kind': kind})}" if kind else "/notes"
    older = urlencode({**({"kind": kind} if kind else {}), "after": page.older}) if page.older else ""
    context = {
        "rows": rows_of(page.rows),
        "shown": labels[kind],
        "tabs": [
            SimpleNamespace(
                label=label, url=f"/notes?kind={name}" if name else "/notes", current=name == kind
            )
            for name, label in labels.items()
        ],
        "older_url": f"/notes?{older}" if older else "",
        "newer_url": "" if page.is_first else start,
    }
    return render(request, "notes/notes.html", context)
