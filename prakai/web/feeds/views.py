"""Feeds of everything public, by unit, person, notebook, tag, and of a note's comments."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.encoding import iri_to_uri
from django.utils.http import http_date
from django.utils.translation import get_language, pgettext
from django.views.decorators.http import require_safe

from prakai.notes.models import Note, Notebook, Tag
from prakai.people.models import Person
from prakai.talk.models import Comment
from prakai.units.models import Unit
from prakai.web.feeds.entries import (
    Channel,
    Lookups,
    base_of,
    comments_of,
    entries_of,
    is_public,
    was_public,
    withdrawn_from,
)
from prakai.web.feeds.writing import TYPES, write
from prakai.web.notes.rows import title_of
from prakai.web.pagecache.marking import cached_page


def answer_channel(request: HttpRequest, channel: Channel, kind: str) -> HttpResponse:
    """Answer with the channel in the form of ``kind``, or say that it has not changed."""
    text = write(channel, kind, get_language() or "th")
    mark = f'"{sha256(text.encode()).hexdigest()[:24]}"'
    if mark in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers={"ETag": mark})
    headers = {"ETag": mark, "Access-Control-Allow-Origin": "*"}
    if channel.updated is not None:
        headers["Last-Modified"] = http_date(channel.updated.timestamp())
    return HttpResponse(text, content_type=TYPES[kind], headers=headers)


def _of_notes(
    request: HttpRequest,
    kind: str,
    *,
    title: str,
    about: str,
    page: str,
    place: str,
    of: Lookups,
) -> HttpResponse:
    """Answer a feed of the public notes that ``of`` names: feeds are read without signing in."""
    base = base_of(request.build_absolute_uri("/"))
    channel = Channel(
        title=f"{title} · {settings.SITE_NAME}" if title else settings.SITE_NAME,
        about=about,
        page_url=f"{base}{iri_to_uri(page)}",
        feed_url=f"{base}/feeds/{place}",
        entries=entries_of(of, base),
        gone=withdrawn_from(of, base),
    )
    return answer_channel(request, channel, kind)


@require_safe
@cached_page
def everything(request: HttpRequest, kind: str) -> HttpResponse:
    """All public notes, newest first."""
    about = pgettext("feed", "Everything that is told here for everyone")
    return _of_notes(request, kind, title="", about=about, page="/", place="all", of={})


@require_safe
@cached_page
def of_unit(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Public notes from a unit."""
    unit = get_object_or_404(Unit.objects.visible_to(None), pk=number)
    about = pgettext("feed", "What is told from %(name)s") % {"name": unit.name}
    return _of_notes(
        request, kind, title=unit.name, about=about, page=unit.get_absolute_url(), place=f"units/{unit.pk}",
        of={"unit": unit},
    )  # fmt: skip


@require_safe
@cached_page
def of_person(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Public notes of a person whose page visitors may see."""
    person = get_object_or_404(Person.objects.get_queryset().visible_to(None), public_id=public_id)
    about = pgettext("feed", "What %(name)s tells") % {"name": person.display_name}
    return _of_notes(
        request, kind, title=person.display_name, about=about, page=person.get_absolute_url(),
        place=f"people/{person.public_id}", of={"author": person},
    )  # fmt: skip


@require_safe
@cached_page
def of_notebook(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Public notes of a notebook."""
    notebook = get_object_or_404(Notebook, pk=number)
    of: Lookups = {"notebook": notebook}
    if not was_public(of):
        raise Http404
    title = notebook.title if is_public(of) else ""
    return _of_notes(
        request, kind, title=title, about=(notebook.about if title else "") or title,
        page=notebook.get_absolute_url() if title else "/", place=f"notebooks/{notebook.pk}", of=of,
    )  # fmt: skip


@require_safe
@cached_page
def of_tag(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Public notes that carry a tag."""
    tag = get_object_or_404(Tag.objects.select_related("same_as"), pk=number)
    tag = tag.same_as or tag
    of: Lookups = {"taggings__tag": tag}
    if not was_public(of):
        raise Http404
    label = tag.label if is_public(of) else ""
    about = pgettext("feed", "Notes about %(name)s") % {"name": label} if label else ""
    return _of_notes(
        request, kind, title=label, about=about, page=tag.get_absolute_url() if label else "/",
        place=f"tags/{tag.pk}", of=of,
    )  # fmt: skip


@require_safe
@cached_page
def of_comments(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    """Comments of a public note, newest first."""
    note = Note.objects.readable_by(None).filter(number=number).select_related("conversation").first()
    if note is None:
        raise Http404
    base = base_of(request.build_absolute_uri("/"))
    rows = Comment.objects.filter(conversation=note.conversation).visible_to(None).select_related("by")
    title = pgettext("feed", "Comments on %(title)s") % {"title": title_of(note)}
    channel = Channel(
        title=f"{title} · {settings.SITE_NAME}",
        about=title,
        page_url=f"{base}{iri_to_uri(note.get_absolute_url())}",
        feed_url=f"{base}/feeds/notes/{note.number}/comments",
        entries=comments_of(note, rows.order_by("-made_at", "-pk")[:50], base),
    )
    return answer_channel(request, channel, kind)


@require_safe
@cached_page
def explained(request: HttpRequest) -> HttpResponse:
    """What feeds are good for, and where they are."""
    return render(
        request, "feeds/explained.html", {"kinds": [("rss", "RSS"), ("atom", "Atom"), ("json", "JSON Feed")]}
    )
