"""Bringing in the harvest: closing a forum, opening it again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.summing import tell_promises
from prakai.forums.models import Closing, Forum
from prakai.journal.recording import record
from prakai.people.models import Person


@transaction.atomic
def close_forum(forum: Forum, *, by: Person, at: datetime | None = None) -> Closing:
    """Close a forum that has begun: its harvest is in. Closing twice is the same closing."""
    hold(forum)
    rules.may_close(by, forum).or_refuse()
    known = Closing.objects.filter(forum=forum, reopened_at__isnull=True).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    closing = Closing.objects.create(forum=forum, by=by, at=moment)
    forum.closed_at = moment
    forum.save(update_fields=["closed_at", "slug"])
    record("forum.closed", forum, by=by, at=at)
    tell_promises(forum, at=moment)
    return closing


@transaction.atomic
def reopen_forum(forum: Forum, *, by: Person, at: datetime | None = None) -> Forum:
    """Open a closed forum again; one that is not closed stays as it is."""
    hold(forum)
    rules.may_close(by, forum).or_refuse()
    undone = Closing.objects.filter(forum=forum, reopened_at__isnull=True).update(
        reopened_at=at or timezone.now()
    )
    if undone:
        forum.closed_at = None
        forum.save(update_fields=["closed_at", "slug"])
        record("forum.reopened", forum, by=by, at=at)
    return forum
