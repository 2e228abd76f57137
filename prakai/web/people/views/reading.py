"""People as a list, one person, and portraits."""

from __future__ import annotations

import mimetypes
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from prakai.notes.queries.lists import notes_by
from prakai.notes.queries.pages import notebooks_of
from prakai.people import queries, rules
from prakai.people.models import DutyKind, Person
from prakai.talk.queries import appreciations_of_person
from prakai.web.notes.linked_data import script_of
from prakai.web.notes.rows import rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.people.forms import FindForm
from prakai.web.people.linked_data import person_told
from prakai.web.requests import reader_of

_ONE_YEAR = 365 * 24 * 3600


@require_safe
@cached_page
def people(request: HttpRequest) -> HttpResponse:
    """All people whom the reader may see, in Thai order, by name, by unit, by what they know."""
    reader = reader_of(request)
    form = FindForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    words, knows, unit = asked.get("q", ""), asked.get("knows", ""), asked.get("unit")
    page = queries.people_list(reader, words=words, knows=knows, unit=unit, after=request.GET.get("after"))
    kept = {"q": words, "knows": knows, "unit": request.GET.get("unit", "")}
    query = urlencode({name: value for name, value in kept.items() if value})
    following = urlencode({"after": page.older}) if page.older else ""
    context = {
        "form": form,
        "rows": queries.rows_of(page.rows),
        "knows": knows,
        "is_filtered": bool(query),
        "start_url": "" if page.is_first else f"?{query}",
        "older_url": f"?{query}{'&' if query else ''}{following}" if following else "",
        "stewards": queries.stewards() if reader is not None else [],
        "may_look_after": bool(rules.may_look_after_joining(reader)),
    }
    return render(request, "people/people.html", context)


@require_safe
@cached_page
def person(request: HttpRequest, public_id: str) -> HttpResponse:
    """One person: who she is, where she works and worked, what she knows, what she tells."""
    reader = reader_of(request)
    found = get_object_or_404(Person.objects.visible_to(reader), public_id=public_id)
    page = queries.person_page(found, reader)
    notes = notes_by(found, reader, after=request.GET.get("after"))
    context = {
        "page": page,
        "person": found,
        "notes": rows_of(notes.rows),
        "notebooks": notebooks_of(found, reader),
        "appreciations": appreciations_of_person(found, reader),
        "newer_url": "" if notes.is_first else found.get_absolute_url(),
        "older_url": f"?after={notes.older}" if notes.older else "",
        "linked_data": script_of(person_told(page, request)),
        "may_give_way_back": reader is not None
        and bool(rules.may_give_way_back(reader, found, letters_leave=bool(settings.EMAIL_URL))),
        "duty_moves": _duty_moves(reader, found),
    }
    return render(request, "people/person.html", context)


def _duty_moves(reader: Person | None, found: Person) -> list[dict[str, object]]:
    """What a steward may give or end here: one row a kind of duty; nothing for everybody else."""
    if reader is None or not rules.may_give_duty(reader, found):
        return []
    return [
        {"kind": kind.value, "label": kind.label, "held": kind in found.duties_held}
        for kind in DutyKind
        if kind not in found.duties_held or rules.may_end_duty(reader, found, kind)
    ]


@require_safe
def portrait(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file of a portrait, from wherever the files lie. Its name is random and changes with the picture."""
    path = f"portraits/{name}"
    media_type = mimetypes.guess_type(name)[0] or ""
    if not media_type.startswith("image/") or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=media_type)
    response.headers["Cache-Control"] = f"public, max-age={_ONE_YEAR}, immutable"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
