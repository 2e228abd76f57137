"""The site map: where everything public lies, for those who look for it."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import Floor
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.views.decorators.http import require_safe

from prakai.networks.models import Network
from prakai.notes.models import Note, Notebook, Tag, Tagging
from prakai.units.models import Unit
from prakai.web.feeds.entries import base_of
from prakai.web.pagecache.marking import cached_page

MAP_SIZE = 5000


@require_safe
@cached_page
def site_map(request: HttpRequest) -> HttpResponse:
    """List the parts of the site map: one for each 5,000 notes, and one for all other pages."""
    base = base_of(request.build_absolute_uri("/"))
    newest = Note.objects.readable_by(None).order_by("-number").values_list("number", flat=True).first() or 0
    parts = [f"{base}/sitemap-places.xml"]
    parts += [f"{base}/sitemap-notes-{part}.xml" for part in _parts_with_notes(newest)]
    text = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in parts)
    return _xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{text}</sitemapindex>')


def _parts_with_notes(newest: int) -> list[int]:
    """Return the parts (number // 5000) that hold public notes; imported numbers may leave wide gaps."""
    if newest < MAP_SIZE * 50:
        return list(range(newest // MAP_SIZE + 1))
    part = Floor(F("number") / Value(float(MAP_SIZE)))
    parts = Note.objects.readable_by(None).order_by().annotate(part=part).values_list("part", flat=True)
    return sorted(int(each) for each in parts.distinct())


@require_safe
@cached_page
def map_of_notes(request: HttpRequest, part: int) -> HttpResponse:
    """List public notes whose numbers lie in one part."""
    base = base_of(request.build_absolute_uri("/"))
    rows = Note.objects.readable_by(None).filter(
        number__gte=part * MAP_SIZE, number__lt=(part + 1) * MAP_SIZE
    )
    urls = [
        (f"{base}{note.get_absolute_url()}", note.edited_at or note.published_at)
        for note in rows.only("number", "slug", "edited_at", "published_at").order_by("number")
    ]
    return _url_set([(url, moment.date().isoformat() if moment else "") for url, moment in urls])


@require_safe
@cached_page
def map_of_places(request: HttpRequest) -> HttpResponse:
    """List units, networks, notebooks and tags that hold something for everyone."""
    base = base_of(request.build_absolute_uri("/"))
    things = [
        *Unit.objects.existing().only("pk", "slug").order_by("pk")[:10_000],
        *Network.objects.visible_to(None).only("pk", "slug").order_by("pk")[:10_000],
        *Notebook.objects.visible_to(None).only("pk", "slug").order_by("pk")[:10_000],
        *_tags_in_use(),
    ]
    return _url_set(
        [(f"{base}/", ""), (f"{base}/about", ""), *((f"{base}{t.get_absolute_url()}", "") for t in things)]
    )


def _tags_in_use() -> list[Tag]:
    """Return tags that stand on a public note; what others call their drafts is nobody's business."""
    public = Note.objects.readable_by(None).filter(pk=OuterRef("note"))
    used = Tagging.objects.filter(Exists(public), tag=OuterRef("pk"))
    tags = Tag.objects.filter(Exists(used), same_as__isnull=True)
    return list(tags.only("pk", "slug").order_by("pk")[:10_000])


def _url_set(urls: list[tuple[str, str]]) -> HttpResponse:
    rows = []
    for url, day in urls:
        changed = f"<lastmod>{day}</lastmod>" if day else ""
        rows.append(f"<url><loc>{escape(iri_to_uri(url))}</loc>{changed}</url>")
    return _xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(rows)}</urlset>')


def _xml(text: str) -> HttpResponse:
    return HttpResponse(
        f'<?xml version="1.0" encoding="UTF-8"?>{text}', content_type="application/xml; charset=utf-8"
    )
