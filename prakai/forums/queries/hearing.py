"""Who hears that something about a forum changed: those who come, and those who do something there."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from prakai.forums.models import Forum, Participant, Role


def is_ahead(forum: Forum, now: datetime | None = None) -> bool:
    """Return whether people may still plan for this forum: it is not over, nor closed."""
    moment = now or timezone.now()
    return forum.closed_at is None and forum.ends_at is not None and forum.ends_at > moment


def people_of(forum: Forum) -> set[int]:
    """Return the members who come, with a seat or waiting, and those who have a role now. Two queries."""
    coming = Participant.objects.coming().filter(forum=forum, person__isnull=False)
    roles = Role.objects.filter(forum=forum, ended_at__isnull=True)
    return set(coming.values_list("person_id", flat=True)) | set(roles.values_list("person_id", flat=True))


def guests_of(forum: Forum) -> list[Participant]:
    """Return those who come without an account and left an address. One query."""
    coming = Participant.objects.coming().filter(forum=forum, person__isnull=True)
    return list(coming.exclude(email="").order_by("pk"))
