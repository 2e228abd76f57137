"""What a feed carries: channels, and their entries with as much of the text as the licence permits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.html import escape
from django.utils.translation import pgettext

from prakai.kernel.markup import excerpt, plain_of
from prakai.notes.models import Licence, Note, NoteKind, Tagging, Withdrawal
from prakai.people.models import Audience
from prakai.talk.models import Comment
from prakai.web.notes.rows import people_of, title_of

MOST = 30
EXCERPT = 280
# So long a feed tells of a withdrawal: whoever looks once in three months still hears of it.
TOLD_FOR = timedelta(days=100)
LOOKED_AT = 1000
_OWN_ADDRESS = re.compile(r'\b(src|href)="/(?!/)')
Lookups = dict[str, Model]
"""Which notes a feed is about, as keys from a note to rows: ``{"unit": unit}``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: a note or a comment, with absolute addresses; ``html`` is all that may be passed on."""

    guid: str
    url: str
    title: str
    author: str
    html: str
    summary: str
    published: datetime
    updated: datetime
    tags: list[str] = field(default_factory=list)
    language: str = "th"
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Gone:
    """A note that was withdrawn: readers of the feed are told, so that their copies can go too."""

    guid: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: its title, the page that it follows, its own address without ending, and its entries.

    ``ending`` is that of its address when it is not called after its kind.
    """

    title: str
    about: str
    page_url: str
    feed_url: str
    entries: list[Entry]
    gone: list[Gone] = field(default_factory=list)
    ending: str = ""

    @property
    def updated(self) -> datetime | None:
        """When anything in it changed last."""
        moments = [entry.updated for entry in self.entries] + [row.at for row in self.gone]
        return max(moments, default=None)


def guid_of(note_number: int, base: str) -> str:
    """Return the identity of a note that never changes, whatever becomes of its title."""
    return f"{base}/notes/{note_number}"


def absolute(html: str, base: str) -> str:
    """Return markup whose addresses on this site hold anywhere."""
    return _OWN_ADDRESS.sub(rf'\1="{base}/', html)


def entries_of(of: Lookups, base: str) -> list[Entry]:
    """Return the newest public notes among those ``of`` names as entries; two queries, however many."""
    return [_entry(note, base) for note in _with_people(_newest(_public(of), of))[:MOST]]


def entries_by_pk(numbers: Iterable[int], base: str) -> dict[int, Entry]:
    """Return those of these notes (by primary key) that are public, as entries; two queries, however many."""
    # Looked up by number first: else a database may rather read the index of all that is public.
    public = Exists(_public({}).filter(pk=OuterRef("pk")))
    notes = _with_people(Note.objects.filter(public, pk__in=list(numbers)))
    return {note.pk: _entry(note, base) for note in notes}


def _with_people(notes: QuerySet[Note]) -> QuerySet[Note]:
    tags = Prefetch("taggings", queryset=Tagging.objects.select_related("tag"))
    return notes.select_related("author", "teller", "unit", "notebook").prefetch_related(tags)


def _public(of: Lookups) -> QuerySet[Note]:
    listed = {"taggings__listed_at__isnull": False} if "taggings__tag" in of else {}
    return Note.objects.readable_by(None).filter(**of, **listed)


def _newest(notes: QuerySet[Note], of: Lookups) -> QuerySet[Note]:
    """Return ``notes`` in the order of the index in which those that ``of`` names stand together."""
    return notes.order_by("-taggings__listed_at" if "taggings__tag" in of else "-published_at", "-pk")


def _entry(note: Note, base: str) -> Entry:
    people = ", ".join(str(person) for person in people_of(note))
    author = f"{people} ({note.unit.name})" if note.unit is not None else people
    short = note.highlight or excerpt(note.plain, EXCERPT)
    full = note.kind != NoteKind.LINK and Licence(note.licence).grants_reuse
    body = note.body if full else f"<p>{escape(excerpt(note.plain, EXCERPT))}</p>"
    moment = note.published_at or note.written_at
    return Entry(
        guid=guid_of(note.number, base),
        url=f"{base}{iri_to_uri(note.get_absolute_url())}",
        title=title_of(note),
        author=author,
        html=absolute(body, base),
        summary=short,
        published=moment,
        updated=max(note.edited_at or moment, moment),
        tags=[tagging.tag.label for tagging in note.taggings.all()],
        language=note.language,
        licence=str(Licence(note.licence).label),
    )


def comments_of(note: Note, rows: Iterable[Comment], base: str) -> list[Entry]:
    """Return the shown comments of a note as entries, each whole: it is its writer's own word."""
    page = f"{base}{iri_to_uri(note.get_absolute_url())}"
    return [comment_entry(row, base, f"{page}#{row.anchor}", language=note.language) for row in rows]


def comment_entry(comment: Comment, base: str, url: str, *, language: str = "th") -> Entry:
    """Return a comment that visitors may read, with its ``by`` loaded, as an entry that leads to ``url``."""
    author = _name_of(comment)
    said = plain_of(comment.body)
    return Entry(
        guid=f"{base}/comments/{comment.pk}",
        url=url,
        title=pgettext("feed", "%(name)s: %(words)s") % {"name": author, "words": excerpt(said, 60)},
        author=author,
        html=absolute(comment.body, base),
        summary=excerpt(said, EXCERPT),
        published=comment.made_at,
        updated=max(comment.edited_at or comment.made_at, comment.made_at),
        language=language,
    )


def _name_of(comment: Comment) -> str:
    """Who speaks: a member, the name that one who has left let stand, or a visitor."""
    if comment.by is not None and comment.by.erased_at is None:
        return str(comment.by)
    if comment.is_by_visitor and comment.by_name:
        return pgettext("feed", "%(name)s (a visitor)") % {"name": comment.by_name}
    return comment.by_name or (str(comment.by) if comment.by else pgettext("feed", "a visitor"))


def withdrawn_from(of: Lookups, base: str) -> list[Gone]:
    """Return the latest withdrawals of notes that visitors could once read, newest first."""
    since = timezone.now() - TOLD_FOR
    lately = Withdrawal.objects.filter(undone_at__isnull=True, at__gte=since).order_by("-at", "-pk")
    moments = dict(lately.values_list("note", "at")[:LOOKED_AT])
    # Chosen among a few rows here, not by the database: it would rather walk all notes of a unit or tag.
    public = Note.objects.filter(pk__in=moments, published_at__isnull=False, audience=Audience.PUBLIC)
    found = {
        (moments[row["pk"]], row["number"])
        for row in public.values("pk", "number", *of)
        if all(row[name] == thing.pk for name, thing in of.items())
    }
    return [Gone(guid_of(number, base), at) for at, number in sorted(found, reverse=True)[:MOST]]


def is_public(of: Lookups) -> bool:
    """Return whether anything of these notes stands before everyone now: else not even their name is told."""
    return _any(_public(of), of)


def was_public(of: Lookups) -> bool:
    """Return whether anything of these notes stands, or once stood, before everyone."""
    return _any(Note.objects.filter(published_at__isnull=False, audience=Audience.PUBLIC, **of), of)


def _any(notes: QuerySet[Note], of: Lookups) -> bool:
    # Asked for the newest one and not with EXISTS, for which a database walks the whole table hoping to meet one soon.
    return bool(_newest(notes, of).values_list("pk")[:1])


def base_of(build: str) -> str:
    """Return the site's own address without a final slash: the setting, or the one that was asked for."""
    return settings.SITE_URL or build.rstrip("/")
