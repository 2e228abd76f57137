"""The front page: a spark, stories with a face, who waits for a first reply, and old notes that come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from prakai.notes.models import Note, NoteKind
from prakai.notes.queries.lists import latest_notes
from prakai.notes.queries.rediscovery import good_old, waiting_for_reply, year_ago
from prakai.web.home.linked_data import website
from prakai.web.notes.addresses import absolute
from prakai.web.notes.linked_data import script_of
from prakai.web.notes.rows import people_of, rows_of
from prakai.web.pagecache.marking import cached_page
from prakai.web.pagecache.members import share, shared_by_members
from prakai.web.requests import reader_of

STANDS_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Spark:
    """The one sentence of a note, as ``parts/spark.html`` shows it."""

    text: str
    signed: str
    moment: datetime
    url: str


def _spark_of(notes: list[Note]) -> Spark | None:
    """Choose today's spark: another one each day among the newest notes that have a highlight."""
    with_words = [note for note in notes if note.highlight and note.kind != NoteKind.LINK]
    if not with_words:
        return None
    note = with_words[timezone.localdate().toordinal() % len(with_words)]
    person = people_of(note)[0]
    signed = f"{person} · {note.unit.name}" if note.unit is not None else str(person)
    return Spark(note.highlight, signed, note.published_at or note.written_at, note.get_absolute_url())


@require_safe
@cached_page
@shared_by_members
def home(request: HttpRequest) -> HttpResponse:
    """Answer the front page; the same number of queries for three notes as for a hundred thousand."""
    reader = reader_of(request)
    page = latest_notes(reader, after=request.GET.get("after"), size=12)
    context: dict[str, Any] = {
        "page": page,
        "rows": rows_of(page.rows),
        "is_first": page.is_first,
        "older_url": f"?after={page.older}" if page.older else "",
        "newer_url": "" if page.is_first else "/",
    }
    if page.is_first:
        stories = [note for note in page.rows if note.kind == NoteKind.HOW] or page.rows
        face = stories[0] if stories else None
        waiting = waiting_for_reply(reader, most=3)
        shown = {note.pk for note in [face, *waiting] if note is not None}
        today = timezone.localdate().isoformat()
        context |= {
            "linked_data": script_of(website(request)),
            "spark": _spark_of(page.rows),
            "face": face,
            "face_row": rows_of([face])[0] if face else None,
            "rows": rows_of(note for note in page.rows if note.pk not in shown),
            "waiting": rows_of(waiting),
            "year_ago": rows_of(year_ago(reader, most=2)),
            "old": rows_of(good_old(reader, seed=today, most=2)),
        }
    return share(render(request, "home/home.html", context))


@require_safe
@cached_page
def about(request: HttpRequest) -> HttpResponse:
    """What this place is for."""
    return render(request, "home/about.html")


@require_safe
@cached_page
def accessibility(request: HttpRequest) -> HttpResponse:
    """How the pages can be used by everyone, and where to say that they cannot."""
    return render(request, "home/accessibility.html")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Tell finders of a weakness where to tell it (RFC 9116): the address that was set, else the list of stewards."""
    until = timezone.now().replace(microsecond=0) + STANDS_FOR
    lines = [
        f"Contact: {settings.SECURITY_CONTACT or absolute(request, '/people')}",
        f"Expires: {until.isoformat()}",
        "Preferred-Languages: th, en",
        f"Canonical: {absolute(request, request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for the old address of the icon to the icon."""
    return HttpResponseRedirect(static("icons/touch-180.png"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell crawlers where the map is, and which pages hold nothing for them."""
    lines = [
        "User-agent: *",
        "Disallow: /search",
        "Disallow: /talk/",
        "Disallow: /desk",
        "Disallow: /accounts/",
    ]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
