"""Old notes come back: a year ago, related by tag, a good old one; and who waits for a first reply.

Each reads a bounded number of rows, whatever the number of notes.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from prakai.notes.models import Note, NoteKind, Tag, Tagging
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment, Conversation

NEAREST = 100
"""Of so many of the newest notes of each tag related ones are chosen."""
HANDFUL = 60
"""So many comments and appreciations are looked at in search of a good old note."""


def year_ago(reader: Person | None, *, on: date | None = None, most: int = 2) -> list[Note]:
    """Return notes published about a year before ``on`` (within three days), nearest first."""
    day = (on or timezone.localdate()) - timedelta(days=365)
    start = timezone.make_aware(datetime.combine(day, time()))
    noon = start + timedelta(hours=12)
    notes = rows_for(Note.objects.readable_by(reader).exclude(kind=NoteKind.LINK))
    after = notes.filter(published_at__gte=noon, published_at__lt=start + timedelta(days=4))
    before = notes.filter(published_at__lt=noon, published_at__gte=start - timedelta(days=3))
    found = [*after.order_by("published_at", "pk")[:most], *before.order_by("-published_at", "-pk")[:most]]
    return sorted(found, key=lambda note: (abs((note.published_at or noon) - noon), note.pk))[:most]


def related_notes(note: Note, reader: Person | None, *, most: int = 4) -> list[Note]:
    """Return notes that share tags with ``note``, those that share more first, newer before older."""
    newest = Tagging.objects.filter(tag=OuterRef("pk"), listed_at__isnull=False).order_by(
        "-listed_at", "-note"
    )
    tags = Tag.objects.filter(taggings__note=note)
    since = dict(
        tags.annotate(since=Subquery(newest.values("listed_at")[NEAREST - 1 : NEAREST])).values_list(
            "pk", "since"
        )
    )
    if not since:
        return []
    near = Q()
    for tag_id, moment in since.items():
        near |= Q(tag=tag_id, listed_at__gte=moment) if moment else Q(tag=tag_id, listed_at__isnull=False)
    shared: Counter[int] = Counter()
    listed: dict[int, datetime] = {}
    for note_id, moment in Tagging.objects.filter(near).order_by().values_list("note", "listed_at"):
        if note_id != note.pk and moment is not None:
            shared[note_id] += 1
            listed[note_id] = moment
    nearest = sorted(shared, key=lambda pk: (shared[pk], listed[pk], pk), reverse=True)[:NEAREST]
    readable = set(Note.objects.readable_by(reader).filter(pk__in=nearest).values_list("pk", flat=True))
    return _rows([pk for pk in nearest if pk in readable][:most])


def good_old(reader: Person | None, *, seed: str, most: int = 2) -> list[Note]:
    """Return older notes (over 90 days) that somebody once answered or appreciated, chosen by chance for ``seed``."""
    before = timezone.now() - timedelta(days=90)
    chance = random.Random(seed)  # noqa: S311  a choice of reading, not a secret
    said = _handful(Comment.objects.shown().filter(by__isnull=False), chance)
    praised = _handful(
        Appreciation.objects.filter(withdrawn_at__isnull=True, conversation__isnull=False), chance
    )
    notes = Note.objects.readable_by(reader).filter(published_at__lt=before).exclude(kind=NoteKind.LINK)
    good = sorted(notes.filter(conversation__in=[*said, *praised]).values_list("pk", flat=True))
    chosen = chance.sample(good, min(most, len(good)))
    return _rows(chosen)


def _rows(chosen: list[int]) -> list[Note]:
    """Return these notes as rows of a list, in this order."""
    found = {note.pk: note for note in rows_for(Note.objects.filter(pk__in=chosen))} if chosen else {}
    return [found[pk] for pk in chosen if pk in found]


def _handful(rows: QuerySet[Model], chance: random.Random) -> set[int]:
    """Return the conversations of some rows: those after a place chosen by chance, and the first ones."""
    last = rows.model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    start = chance.randint(0, last)
    in_order = rows.order_by("pk").values_list("conversation", flat=True)
    return {*in_order.filter(pk__gte=start)[:HANDFUL], *in_order.filter(pk__lt=start)[:HANDFUL]}


def waiting_for_reply(reader: Person | None, *, most: int = 4) -> list[Note]:
    """Return notes of the last 60 days that nobody but their writers has answered, those waiting longest first."""
    since = timezone.now() - timedelta(days=60)
    host = Conversation.hosts.through._default_manager.filter(
        conversation=OuterRef("conversation"), person=OuterRef("by")
    )
    answered = Comment.objects.shown().filter(~Exists(host), conversation=OuterRef("conversation"))
    notes = Note.objects.readable_by(reader).filter(published_at__gte=since).exclude(kind=NoteKind.LINK)
    return list(rows_for(notes.filter(~Exists(answered))).order_by("published_at", "pk")[:most])
