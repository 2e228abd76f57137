"""Following the journal: each follower has a cursor and deals with every entry once.

A follower's rows and the move of its cursor are one transaction, so killing the process at any moment neither loses
an entry nor deals with it twice. What a follower does outside the database (an index, a mail) it makes idempotent by
the entry's id.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from django.db import close_old_connections, connection, transaction

from prakai.journal.models import Cursor, Entry, Setback

log = structlog.get_logger(__name__)

BATCH = 100
MOST_TRIES = 5


@dataclass(frozen=True, slots=True)
class Follower:
    """A function that reacts to certain verbs, under a name that its cursor keeps."""

    name: str
    verbs: frozenset[str]
    react: Callable[[Entry], None]


_followers: dict[str, Follower] = {}


def follow(name: str, *verbs: str) -> Callable[[Callable[[Entry], None]], Callable[[Entry], None]]:
    """Register the decorated function as follower ``name`` (``room.noun``) of ``verbs``. Names are unique."""

    def register(react: Callable[[Entry], None]) -> Callable[[Entry], None]:
        known = _followers.get(name)
        if known is not None and known.react.__module__ != react.__module__:
            raise RuntimeError(f"two followers are called {name}")
        _followers[name] = Follower(name, frozenset(verbs), react)
        return react

    return register


def followers() -> list[Follower]:
    """Return all followers known to this process, by name."""
    return [_followers[name] for name in sorted(_followers)]


def catch_up(follower: Follower, *, most: int | None = None) -> int:
    """Let ``follower`` deal with what it has not seen; return how many entries its cursor passed.

    Entries are dealt with in order. One that fails five times is put aside as a ``Setback`` and passed.
    """
    passed = 0
    while most is None or passed < most:
        step = _one_step(follower)
        if step == 0:
            break
        passed += step
    return passed


def _one_step(follower: Follower) -> int:
    """Deal with up to one matching entry in one transaction; return how many entries the cursor moved past."""
    try:
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
            ahead = list(Entry.objects.filter(pk__gt=cursor.last_id).order_by("pk")[:BATCH])
            if not ahead:
                return 0
            steps, entry = next(
                ((n, e) for n, e in enumerate(ahead, start=1) if e.verb in follower.verbs), (len(ahead), None)
            )
            if entry is not None:
                follower.react(entry)
            cursor.last_id, cursor.tries, cursor.trouble = ahead[steps - 1].pk, 0, ""
            cursor.save()
            return steps
    except Exception as trouble:
        log.exception("follower.stumbled", follower=follower.name)
        return _stumble(follower, trouble)


def _stumble(follower: Follower, trouble: Exception) -> int:
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
        entry = Entry.objects.filter(pk__gt=cursor.last_id, verb__in=follower.verbs).order_by("pk").first()
        if entry is None:
            return 0
        cursor.tries += 1
        cursor.trouble = f"{type(trouble).__name__}: {trouble}"[:2000]
        gave_up = cursor.tries >= MOST_TRIES
        if gave_up:
            Setback.objects.get_or_create(
                follower=follower.name, entry=entry, defaults={"trouble": cursor.trouble}
            )
            cursor.last_id, cursor.tries = entry.pk, 0
        cursor.save()
        return 1 if gave_up else 0


def catch_up_all() -> int:
    """Let every follower catch up; return the number of entries passed in sum."""
    return sum(catch_up(follower) for follower in followers())


def sweep() -> int:
    """Let those followers catch up that are behind; return the number of entries passed in sum.

    A sweep that finds nothing to do reads two rows and takes no lock, so it may run every second.
    """
    close_old_connections()
    behind = lag()
    return sum(catch_up(follower) for follower in followers() if behind[follower.name])


def lag() -> dict[str, int]:
    """Return for each follower how many entries it is behind."""
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    reached = dict(Cursor.objects.values_list("follower", "last_id"))
    return {f.name: max(0, newest - reached.get(f.name, 0)) for f in followers()}


def run(stop: threading.Event, wake: threading.Event, *, every: float = 1.0) -> None:
    """Follow until ``stop`` is set: at once when ``wake`` is set, and by a sweep ``every`` so many seconds."""
    while not stop.is_set():
        wake.wait(every)
        wake.clear()
        if stop.is_set():
            break
        try:
            sweep()
        except Exception:
            log.exception("followers.sweep_failed")
            connection.close()
            stop.wait(every)
