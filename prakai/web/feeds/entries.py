"""What a feed carries: channels, and their entries with as much of the text as the licence permits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch
from django.utils.html import escape
from django.utils.translation import pgettext

from prakai.kernel.markup import excerpt, plain_of
from prakai.notes.models import Licence, Note, NoteKind, NoteQuerySet, Tagging, Withdrawal
from prakai.talk.models import Comment
from prakai.web.notes.rows import people_of, title_of

MOST = 30
EXCERPT = 280


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
    """A feed: its title, the page that it follows, its own address without ending, and its entries."""

    title: str
    about: str
    page_url: str
    feed_url: str
    entries: list[Entry]
    gone: list[Gone] = field(default_factory=list)

    @property
    def updated(self) -> datetime | None:
        """When anything in it changed last."""
        moments = [entry.updated for entry in self.entries] + [row.at for row in self.gone]
        return max(moments, default=None)


def guid_of(note_number: int, base: str) -> str:
    """Return the identity of a note that never changes, whatever becomes of its title."""
    return f"{base}/notes/{note_number}"


def entries_of(notes: NoteQuerySet, base: str) -> list[Entry]:
    """Return the newest of ``notes`` as entries; two queries, however many."""
    rows = (
        notes.select_related("author", "teller", "unit", "notebook")
        .prefetch_related(Prefetch("taggings", queryset=Tagging.objects.select_related("tag")))
        .order_by("-published_at", "-pk")[:MOST]
    )
    return [_entry(note, base) for note in rows]


def _entry(note: Note, base: str) -> Entry:
    people = ", ".join(str(person) for person in people_of(note))
    author = f"{people} ({note.unit.name})" if note.unit is not None else people
    short = note.highlight or excerpt(note.plain, EXCERPT)
    full = note.kind != NoteKind.LINK and Licence(note.licence).grants_reuse
    body = note.body if full else f"<p>{escape(excerpt(note.plain, EXCERPT))}</p>"
    moment = note.published_at or note.written_at
    return Entry(
        guid=guid_of(note.number, base),
        url=f"{base}{note.get_absolute_url()}",
        title=title_of(note),
        author=author,
        html=body.replace('src="/media/', f'src="{base}/media/'),
        summary=short,
        published=moment,
        updated=note.edited_at or moment,
        tags=[tagging.tag.label for tagging in note.taggings.all()],
        language=note.language,
        licence=str(Licence(note.licence).label),
    )


def comments_of(note: Note, rows: Iterable[Comment], base: str) -> list[Entry]:
    """Return the shown comments of a note as entries; private or long ones are cut like everything else."""
    found = []
    for comment in rows:
        author = (
            str(comment.by) if comment.by is not None else comment.by_name or pgettext("feed", "a visitor")
        )
        said = plain_of(comment.body)
        found.append(
            Entry(
                guid=f"{base}/comments/{comment.pk}",
                url=f"{base}{note.get_absolute_url()}#{comment.anchor}",
                title=pgettext("feed", "%(name)s: %(words)s") % {"name": author, "words": excerpt(said, 60)},
                author=author,
                html=comment.body,
                summary=excerpt(said, EXCERPT),
                published=comment.made_at,
                updated=comment.edited_at or comment.made_at,
                language=note.language,
            )
        )
    return found


def withdrawn_from(notes: NoteQuerySet, base: str) -> list[Gone]:
    """Return the latest withdrawals among ``notes`` that visitors could once read."""
    rows = Withdrawal.objects.filter(undone_at__isnull=True, note__in=notes, note__published_at__isnull=False)
    return [
        Gone(guid_of(row.note.number, base), row.at)
        for row in rows.select_related("note").order_by("-at")[:MOST]
    ]


def base_of(build: str) -> str:
    """Return the site's own address without a final slash: the setting, or the one that was asked for."""
    return settings.SITE_URL or build.rstrip("/")
