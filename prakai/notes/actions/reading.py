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

from prakai.kernel.addresses import line_of
from prakai.notes.models import Note, Origin, Reading

MOST_WAITING = 20_000
_waiting: set[tuple[int, str]] = set()
_lock = threading.Lock()


@lru_cache(maxsize=1)
def _bots() -> regex.Pattern[str]:
    """The pattern of all known crawlers, from the package that the field keeps together."""
    import crawleruseragents

    patterns = "|".join(f"(?:{entry['pattern']})" for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA)
    return regex.compile(
        f"{patterns}|(?<!cu)bot|crawl|spider|preview|monitor|curl|wget|python|httpx|headless", regex.I
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
    """Write the waiting reads and return how many were new. Writers and tellers do not count."""
    with _lock:
        batch = set()
        while _waiting:
            batch.add(_waiting.pop())
    if not batch:
        return 0
    by_note: dict[int, set[str]] = {}
    for note_id, key in batch:
        by_note.setdefault(note_id, set()).add(_same(key))
    try:
        return _write(by_note)
    except Exception:
        # The database is away or busy: these reads wait for the next batch.
        _waiting.update(batch)
        raise


@transaction.atomic
def _write(by_note: dict[int, set[str]]) -> int:
    """Write what was read of each note; the rows are held, so that two processes count one reader once."""
    held = Note.objects.select_for_update().filter(pk__in=by_note).order_by("pk")
    notes = held.only("pk", "author_id", "teller_id")
    own: dict[int, set[str]] = {note.pk: {_key(note.author_id), _key(note.teller_id)} for note in notes}
    for note_id, person_id in Note.coauthors.through._default_manager.filter(note__in=own).values_list(
        "note_id", "person_id"
    ):
        own[note_id].add(_key(person_id))
    for note_id, person_id in Origin.objects.filter(note__in=own, note__author__isnull=True).values_list(
        "note_id", "imported_by"
    ):
        own[note_id].add(_key(person_id))
    return sum(_add(note, by_note[note.pk] - own[note.pk]) for note in notes)


def _key(person_id: int | None) -> str:
    return f"person:{person_id}"


def _same(key: str) -> str:
    """Return what stays the same when a visitor comes again: her line and her browser."""
    if key.startswith("person:"):
        return key
    address, bar, agent = key.partition("|")
    return f"{line_of(address)}{bar}{agent}"


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
