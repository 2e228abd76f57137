"""Old notes come back: a year ago, related by tag, a good old one; and who waits for a first reply."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from prakai.notes.models import Note, NoteKind
from prakai.notes.queries.lists import rows_for
from prakai.people.models import Person
from prakai.talk.models import Appreciation, Comment


def year_ago(reader: Person | None, *, on: date | None = None, most: int = 2) -> list[Note]:
    """Return notes published about a year before ``on`` (within three days), nearest first."""
    day = (on or timezone.localdate()) - timedelta(days=365)
    start = timezone.make_aware(datetime.combine(day, time()))
    window = (start - timedelta(days=3), start + timedelta(days=4))
    notes = Note.objects.readable_by(reader).filter(published_at__range=window).exclude(kind=NoteKind.LINK)
    found = list(rows_for(notes)[:20])
    noon = start + timedelta(hours=12)
    return sorted(found, key=lambda note: abs((note.published_at or noon) - noon))[:most]


def related_notes(note: Note, reader: Person | None, *, most: int = 4) -> list[Note]:
    """Return notes that share tags with ``note``, those that share more first, newer before older."""
    tags = list(note.taggings.values_list("tag_id", flat=True))
    if not tags:
        return []
    notes = Note.objects.readable_by(reader).exclude(pk=note.pk).filter(taggings__tag__in=tags)
    shared = notes.annotate(shared=Count("taggings__tag")).order_by("-shared", "-published_at")
    order = list(shared.values_list("pk", flat=True)[:most])
    found = {n.pk: n for n in rows_for(Note.objects.filter(pk__in=order))}
    return [found[pk] for pk in order if pk in found]


def good_old(reader: Person | None, *, seed: str, most: int = 2) -> list[Note]:
    """Return older notes (over 90 days) that somebody once answered or appreciated, chosen by chance for ``seed``."""
    before = timezone.now() - timedelta(days=90)
    notes = Note.objects.readable_by(reader).filter(published_at__lt=before).exclude(kind=NoteKind.LINK)
    said = Comment.objects.shown().filter(conversation=OuterRef("conversation"), by__isnull=False)
    praised = Appreciation.objects.filter(conversation=OuterRef("conversation"), withdrawn_at__isnull=True)
    good = notes.filter(Exists(said) | Exists(praised))
    ends = (
        notes.order_by("pk").values_list("pk", flat=True).first(),
        notes.order_by("-pk").values_list("pk", flat=True).first(),
    )
    if ends[0] is None or ends[1] is None:
        return []
    chance = random.Random(seed)  # noqa: S311  a choice of reading, not a secret
    found: dict[int, Note] = {}
    for _ in range(most * 2):
        start = chance.randint(ends[0], ends[1])
        note = rows_for(good.filter(pk__gte=start)).order_by("pk").first()
        if note is not None:
            found[note.pk] = note
        if len(found) >= most:
            break
    return list(found.values())


def waiting_for_reply(reader: Person | None, *, most: int = 4) -> list[Note]:
    """Return notes of the last 60 days that nobody but their writers has answered, those waiting longest first."""
    since = timezone.now() - timedelta(days=60)
    answered = (
        Comment.objects.shown().filter(conversation=OuterRef("conversation")).exclude(by=OuterRef("author"))
    )
    notes = Note.objects.readable_by(reader).filter(published_at__gte=since).exclude(kind=NoteKind.LINK)
    return list(rows_for(notes.filter(~Exists(answered))).order_by("published_at")[:most])
