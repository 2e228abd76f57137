"""Honest reads: distinct readers, without the author and without bots, counted in batches.

``note_read`` only puts a line into memory (a few microseconds); ``count_reads`` writes the batch. What a crash loses
is at most the reads of some seconds, never a word that somebody wrote.
"""

from __future__ import annotations

import hashlib
import hmac
import threading
from functools import lru_cache

import regex
from django.conf import settings
from django.db import transaction
from django.db.models import F

from prakai.notes.models import Note, Reading

MOST_WAITING = 20_000
_waiting: set[tuple[int, str]] = set()
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _bots() -> regex.Pattern[str]:
    """The pattern of all known crawlers, from the package that the field keeps together."""
    import crawleruseragents

    patterns = "|".join(f"(?:{entry['pattern']})" for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA)
    return regex.compile(
        f"{patterns}|bot|crawl|spider|preview|monitor|curl|wget|python|httpx|headless", regex.I
    )


@lru_cache(maxsize=4096)
def is_bot(user_agent: str) -> bool:
    """Return whether a browser's own name is that of a machine; no name at all counts as one."""
    return not user_agent or _bots().search(user_agent[:400]) is not None


def note_read(note_id: int, reader_key: str, user_agent: str) -> None:
    """Remember that a reader (``person:7`` or an address with its browser) has read a note, to be counted soon."""
    if not reader_key.startswith("person:") and is_bot(user_agent):
        return
    if len(_waiting) < MOST_WAITING:
        _waiting.add((note_id, reader_key))


def count_reads() -> int:
    """Write the waiting reads and return how many were new. Authors, co-authors and tellers do not count."""
    with _lock:
        batch = set()
        while _waiting:
            batch.add(_waiting.pop())
    if not batch:
        return 0
    by_note: dict[int, set[str]] = {}
    for note_id, key in batch:
        by_note.setdefault(note_id, set()).add(key)
    new = 0
    with transaction.atomic():
        notes = (
            Note.objects.filter(pk__in=by_note)
            .prefetch_related("coauthors")
            .only("pk", "author_id", "teller_id")
        )
        for note in notes:
            own = {
                f"person:{pk}"
                for pk in (note.author_id, note.teller_id, *(p.pk for p in note.coauthors.all()))
            }
            new += _add(note, by_note[note.pk] - own)
    return new


def _add(note: Note, keys: set[str]) -> int:
    marks = {_mark(note.pk, key) for key in keys}
    known = {
        bytes(m) for m in Reading.objects.filter(note=note, reader__in=marks).values_list("reader", flat=True)
    }
    fresh = marks - known
    if fresh:
        Reading.objects.bulk_create(
            [Reading(note=note, reader=mark) for mark in fresh], ignore_conflicts=True
        )
        Note.objects.filter(pk=note.pk).update(distinct_reads=F("distinct_reads") + len(fresh))
    return len(fresh)


def _mark(note_id: int, key: str) -> bytes:
    secret = settings.SECRET_KEY.encode()
    return hmac.new(secret, f"{note_id}|{key}".encode(), hashlib.sha256).digest()[:16]
