"""Reading a note; what stands at its number when it was withdrawn."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from prakai.forums.queries.growths import origin_in_forum
from prakai.notes import rules
from prakai.notes.actions.reading import note_read
from prakai.notes.models import Licence, Note, NoteKind, Publication
from prakai.notes.queries.pages import NotePage, find_note, note_page, taking_part, tombstone
from prakai.notes.queries.rediscovery import related_notes
from prakai.people.models import Audience, Person
from prakai.search.queries.likeness import related_to
from prakai.web.notes import rows
from prakai.web.notes.addresses import absolute, site_url_of
from prakai.web.notes.linked_data import article, description_of, script_of
from prakai.web.pagecache.asking import AHEAD, is_ahead
from prakai.web.pagecache.marking import cached_page
from prakai.web.pagecache.members import share, shared_by_members
from prakai.web.requests import reader_of

MOST_RELATED = 4


@require_safe
@cached_page
@shared_by_members
def note(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """Show a note. The number decides; any other words behind it lead to the ones of today."""
    reader = reader_of(request)
    found = find_note(number, reader)
    if found is None:
        return gone(request, number)
    if request.path != found.get_absolute_url():
        return moved(request, found)
    page = note_page(found, reader)
    response = render(request, "notes/note.html", shown(request, page, reader))
    count(request, response, found, reader)
    return share(response, but_for=lambda: taking_part(found), reads=found.pk)


def moved(request: HttpRequest, found: Note) -> HttpResponse:
    """Lead to the note's address of today, for good."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(found.get_absolute_url() + (f"?{query}" if query else ""))


def shown(request: HttpRequest, page: NotePage, reader: Person | None) -> dict[str, object]:
    """Return what the template of the reading page names."""
    found = page.note
    url = absolute(request, found.get_absolute_url())
    is_public = (
        found.audience == Audience.PUBLIC and found.published_at is not None and not found.withdrawn_at
    )
    at = [n.pk for n in page.series].index(found.pk) if found.pk in [n.pk for n in page.series] else -1
    licence = Licence(found.licence)
    told = article(page, url=url, site=settings.SITE_NAME, site_url=site_url_of(request))
    return {
        "page": page,
        "note": found,
        "title": rows.title_of(found),
        "people": rows.people_of(found),
        "tags": rows.tag_links(page.tags),
        "scribe": scribe_of(found),
        "is_link": found.kind == NoteKind.LINK,
        "is_public": is_public,
        "url": url,
        "short_url": absolute(request, f"/notes/{found.number}"),
        "description": description_of(found),
        "card": absolute(request, f"/cards/notes/{found.number}.png") if is_public else "",
        "linked_data": script_of(told) if is_public else "",
        "licence": licence,
        "series_before": page.series[at - 1] if at > 0 else None,
        "series_after": page.series[at + 1] if 0 <= at < len(page.series) - 1 else None,
        # With the eyes of a visitor: members share a page, and what only those see who were there is on its own page.
        "growth": origin_in_forum(found, None),
        "related": rows.rows_of(related(found, reader)),
        "may_withdraw": bool(rules.may_withdraw(reader, found)) if reader is not None else False,
    }


def related(found: Note, reader: Person | None) -> list[Note]:
    """Return notes that tell of the like, the likest first, filled up with those that share a tag."""
    near = [hit.thing for hit in related_to(found, reader, most=MOST_RELATED) if hit.kind == "note"]
    # Both are always asked, so that a page costs the same with and without an index.
    both = {
        one.pk: one for one in (*near, *related_notes(found, reader, most=MOST_RELATED)) if one.pk != found.pk
    }
    return list(both.values())[:MOST_RELATED]


def scribe_of(found: Note) -> Person | rows.NamedPerson | None:
    """Return who wrote it down for somebody else; nobody when the teller wrote it herself."""
    if found.teller is None and not found.teller_name:
        return None
    if found.author is not None:
        return found.author
    return rows.NamedPerson(found.author_name) if found.author_name else None


def count(request: HttpRequest, response: HttpResponse, found: Note, reader: Person | None) -> None:
    """Have this reading counted; what the page cache answers later it counts by the header."""
    if reader is None:
        # Also when this one is no reader: the page is kept for those who come after.
        response.headers["X-Prakai-Reads"] = str(found.pk)
    if request.method != "GET" or is_ahead(request.headers.get(name, "") for name in AHEAD):
        return
    agent = request.headers.get("User-Agent", "")
    who = f"person:{reader.pk}" if reader is not None else f"{request.META.get('REMOTE_ADDR', '')}|{agent}"
    note_read(found.pk, who, agent)


def gone(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a note was withdrawn, by whom, when and why (410); who could not read it is told nothing (404)."""
    reader = reader_of(request)
    withdrawal = tombstone(number, reader)
    if withdrawal is None:
        raise Http404
    found = withdrawal.note
    by = withdrawal.by
    is_steward = by is not None and by.pk not in (found.author_id, found.teller_id) and by.is_steward
    context = {
        "withdrawal": withdrawal,
        "number": number,
        "by": pgettext("withdrawn note", "the stewards of the network") if is_steward else by,
        "may_return": bool(rules.may_withdraw(reader, found)) if reader is not None else False,
        "was_published": Publication.objects.filter(note=found).order_by("at").first(),
    }
    return render(request, "notes/withdrawn.html", context, status=410)
