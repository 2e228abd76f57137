"""Announcing a forum, cancelling it, bringing it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.seating import fill_seats
from prakai.forums.models import Announcement, Cancellation, Forum
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def announce_forum(forum: Forum, *, by: Person, at: datetime | None = None) -> Announcement:
    """Let the forum's audience see it and register. Announcing twice is the same announcement."""
    hold(forum)
    rules.may_announce(by, forum).or_refuse()
    known = Announcement.objects.filter(forum=forum).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    announcement = Announcement.objects.create(forum=forum, by=by, at=moment)
    forum.announced_at = moment
    forum.version += 1
    forum.save(update_fields=["announced_at", "version", "slug"])
    record("forum.announced", forum, by=by, at=at)
    return announcement


@transaction.atomic
def cancel_forum(forum: Forum, *, by: Person, because: str = "", at: datetime | None = None) -> Cancellation:
    """Say that the forum will not take place, and why; it can be brought back."""
    hold(forum)
    rules.may_cancel(by, forum).or_refuse()
    known = Cancellation.objects.filter(forum=forum, undone_at__isnull=True).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    reason = line(because, most=300, field="because")
    cancellation = Cancellation.objects.create(forum=forum, by=by, at=moment, because=reason)
    forum.cancelled_at = moment
    forum.version += 1
    forum.save(update_fields=["cancelled_at", "version", "slug"])
    record("forum.cancelled", forum, by=by, at=at)
    return cancellation


@transaction.atomic
def revive_forum(forum: Forum, *, by: Person, at: datetime | None = None) -> Forum:
    """Undo a cancellation; a forum that is not cancelled stays as it is."""
    hold(forum)
    rules.may_cancel(by, forum).or_refuse()
    undone = Cancellation.objects.filter(forum=forum, undone_at__isnull=True).update(
        undone_at=at or timezone.now()
    )
    if undone:
        forum.cancelled_at = None
        forum.version += 1
        forum.save(update_fields=["cancelled_at", "version", "slug"])
        record("forum.revived", forum, by=by, at=at)
        fill_seats(forum, by=by, at=at or timezone.now())
    return forum
