"""My desk: what I have begun, what I have told, my notebooks, and the way to replies."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from prakai.networks.queries import waiting_for
from prakai.notes.models import Note
from prakai.notes.queries.pages import desk as desk_of
from prakai.talk.queries import unread_notices
from prakai.web.notes.rows import rows_of
from prakai.web.requests import reader_of
from prakai.web.talk.tabs import desk_tabs


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show what lies on the reader's desk."""
    reader = reader_of(request)
    if reader is None:
        return redirect_to_login(request.get_full_path())
    lying = desk_of(reader)
    context = {
        "tabs": desk_tabs(request.path, reader),
        "drafts": lying["drafts"],
        "unpublished": rows_of(cast("list[Note]", lying["unpublished"])),
        "withdrawn": rows_of(cast("list[Note]", lying["withdrawn"])),
        "published": rows_of(cast("list[Note]", lying["published"])),
        "notebooks": lying["notebooks"],
        "unread": unread_notices(reader),
        "waiting": waiting_for(reader),
    }
    return render(request, "notes/desk.html", context)
