"""Tags: all in Thai order, without sizes that rank; one with its notes and those who know about it; merging."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from prakai.notes.actions import merge_tags
from prakai.notes.models import Tag
from prakai.notes.queries.lists import notes_tagged
from prakai.notes.queries.tags import find_tag, tags_list
from prakai.people.models import Person
from prakai.people.queries import people_list, rows_of
from prakai.web.notes import rows
from prakai.web.notes.addresses import absolute
from prakai.web.pagecache.marking import cached_page
from prakai.web.requests import reader_of
from prakai.web.tags.forms import MergeForm
from prakai.web.tags.letters import by_letter

MOST_PEOPLE = 5


@cached_page
@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """Show all tags in the order of the Thai dictionary."""
    after = request.GET.get("after", "")
    mark = int(after) if after.isascii() and after.isdigit() and len(after) < 16 else None
    page = tags_list(reader_of(request), after=mark)
    context = {
        "letters": by_letter(page.rows),
        "older_url": f"/tags?after={page.next}" if page.next else "",
        "newer_url": "" if page.is_first else "/tags",
    }
    return render(request, "tags/tags.html", context)


@cached_page
@require_safe
def tag(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Show the notes that carry a tag; another name of it leads on."""
    found = find_tag(number, reader_of(request))
    if found is None:
        raise Http404
    address = (found.same_as or found).get_absolute_url()
    if request.path != address:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))
    return _page(request, found, MergeForm())


@require_POST
def merge(request: HttpRequest, number: int) -> HttpResponse:
    """Make this tag another name of the one that the form tells."""
    reader = reader_of(request)
    found = find_tag(number, reader)
    if found is None or reader is None:
        raise Http404
    form = MergeForm(request.POST)
    if form.is_valid():
        try:
            into = merge_tags(found, form.cleaned_data["into"], by=reader)
        except ValidationError as trouble:
            form.add_error("into", trouble.messages)
        else:
            words = pgettext("tag merge", "%(tag)s is now another name of %(into)s.")
            messages.success(request, words % {"tag": found.label, "into": into.label})
            return redirect(into.get_absolute_url())
    return _page(request, found, form, status=400)


def _page(request: HttpRequest, found: Tag, form: MergeForm, status: int = 200) -> HttpResponse:
    reader: Person | None = reader_of(request)
    page = notes_tagged(found, reader, after=request.GET.get("after"))
    address = found.get_absolute_url()
    knowing = people_list(reader, knows=found.label, size=MOST_PEOPLE)
    context = {
        "tag": found,
        "aliases": list(found.aliases.order_by("order_key")),
        "rows": rows.rows_of(page.rows),
        "older_url": f"{address}?after={page.older}" if page.older else "",
        "newer_url": "" if page.is_first else address,
        "url": absolute(request, address),
        "people": rows_of(knowing.rows),
        "form": form if reader is not None and reader.is_steward else None,
    }
    return render(request, "tags/tag.html", context, status=status)
