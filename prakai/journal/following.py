"""Following the journal: each follower has a cursor and deals with every entry once.

A follower's rows and the move of its cursor are one transaction, so killing the process at any moment neither loses
an entry nor deals with it twice. What a follower does outside the database (an index, a mail) it makes idempotent by
the entry's id.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection, transaction
from django.utils import timezone

from prakai.journal.models import Cursor, Entry, Setback
from prakai.journal.newest import newest_id
from prakai.kernel.bus import the_bus
from prakai.kernel.outages import Outage

log = structlog.get_logger(__name__)

FOLLOWED = "followed"

A_TURN = 50
"""Entries that one follower deals with before the next follower has its turn."""

A_LOOK = 500
"""Entries that are looked at together, to see whom they concern."""

# After each failure of an entry its follower waits so long (the others go on); after the last, it is put aside.
WAITS = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))


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
    """Let ``follower`` deal with what it has not seen, in order; return how many entries it dealt with.

    One that fails five times, over some minutes, is put aside as a ``Setback`` and passed (and counts as dealt with).
    """
    dealt = 0
    while (most is None or dealt < most) and _one_step(follower):
        dealt += 1
    return dealt


def _one_step(follower: Follower) -> bool:
    """Deal with the next entry that concerns ``follower``, its rows and its cursor in one transaction.

    Return false when there is none (the cursor then stands at the newest entry), or when it failed and is to be tried
    again later.
    """
    try:
        with transaction.atomic():
            cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
            if _waits(cursor):
                return False
            # Read before the search: what is committed after this moment is left for the next step.
            newest = newest_id()
            ahead = Entry.objects.filter(pk__gt=cursor.last_id, pk__lte=newest, verb__in=follower.verbs)
            entry = ahead.order_by("pk").first()
            if entry is not None:
                follower.react(entry)
            reached = entry.pk if entry is not None else newest
            if reached > cursor.last_id or cursor.tries:
                cursor.last_id, cursor.tries, cursor.trouble = max(reached, cursor.last_id), 0, ""
                cursor.save()
            return entry is not None
    except (OperationalError, InterfaceError) as trouble:
        if not connection.is_usable():
            raise  # The database is away: that is nobody's stumbling, and the sweep tries again.
        return _stumble(follower, trouble)
    except Exception as trouble:
        return _stumble(follower, trouble)


def _waits(cursor: Cursor) -> bool:
    return cursor.tries > 0 and timezone.now() < cursor.moved_at + WAITS[min(cursor.tries, len(WAITS)) - 1]


def _stumble(follower: Follower, trouble: Exception) -> bool:
    """Remember what went wrong; return whether the entry was put aside, so that the next one may come."""
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(follower=follower.name)
        entry = Entry.objects.filter(pk__gt=cursor.last_id, verb__in=follower.verbs).order_by("pk").first()
        if entry is None:
            return False
        cursor.tries += 1
        cursor.trouble = f"{type(trouble).__name__}: {trouble}"[:2000]
        gave_up = cursor.tries > len(WAITS)
        if gave_up:
            Setback.objects.get_or_create(
                follower=follower.name, entry=entry, defaults={"trouble": cursor.trouble}
            )
            cursor.last_id, cursor.tries = entry.pk, 0
        cursor.save()
    # Told once it is kept, so that a full disk is not told again and again.
    log.error("follower.stumbled", follower=follower.name, entry=entry.pk, exc_info=trouble)
    return gave_up


def catch_up_all() -> int:
    """Let every follower catch up; return how many entries were dealt with in sum."""
    return sum(catch_up(follower) for follower in followers())


def sweep() -> int:
    """Let those followers catch up that are behind; return how many entries were dealt with in sum.

    They take turns: one with very much to do (an import) does not keep the others waiting. A sweep that finds nothing
    to do reads two rows and takes no lock, so it may run every second.
    """
    close_old_connections()
    dealt = 0
    while some := _turns():
        dealt += some
        # What is kept in memory was perhaps made between the entry and what followed from it.
        the_bus().say("journal", FOLLOWED)
    return dealt


def _turns() -> int:
    """Let each follower that is behind take one turn; return how many entries were dealt with in sum."""
    reached, newest = _reached(), newest_id()
    behind = [follower for follower in followers() if reached.get(follower.name, 0) < newest]
    led_past = _lead_past(behind, reached, newest)
    return sum(catch_up(follower, most=A_TURN) for follower in behind if follower.name not in led_past)


def _lead_past(behind: list[Follower], reached: dict[str, int], newest: int) -> set[str]:
    """Lead those whom nothing up to ``newest`` concerns there, by one write for all; return their names.

    A hall that throws ten sparks a second would otherwise have the database locked a hundred times for them. With very
    much ahead (an import) each looks for itself.
    """
    floor = min((reached.get(follower.name, 0) for follower in behind), default=newest)
    if not behind or newest - floor > A_LOOK:
        return set()
    ahead = list(Entry.objects.filter(pk__gt=floor, pk__lte=newest).values_list("pk", "verb"))
    idle = {
        follower.name
        for follower in behind
        if follower.name in reached
        and not any(verb in follower.verbs and pk > reached[follower.name] for pk, verb in ahead)
    }
    if idle:
        Cursor.objects.filter(follower__in=idle, last_id__lt=newest, tries=0).update(last_id=newest)
    return idle


def lag() -> dict[str, int]:
    """Return for each follower how many entries it is behind."""
    newest = newest_id()
    reached = _reached()
    return {f.name: max(0, newest - reached.get(f.name, 0)) for f in followers()}


def _reached() -> dict[str, int]:
    return dict(Cursor.objects.values_list("follower", "last_id"))


def run(stop: threading.Event, wake: threading.Event, *, every: float = 1.0) -> None:
    """Follow until ``stop`` is set: at once when ``wake`` is set, and by a sweep ``every`` so many seconds."""
    outage = Outage("followers.sweep_failed")
    while not stop.is_set():
        wake.wait(every)
        wake.clear()
        if stop.is_set():
            break
        try:
            sweep()
            outage.back()
        except Exception as trouble:
            outage.away(trouble)
            connection.close()
            stop.wait(every)
