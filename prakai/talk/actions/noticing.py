"""Reading one's notices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.kernel.verdicts import YES
from prakai.people.models import Person
from prakai.talk.models import Notice


@transaction.atomic
def read_notices(person: Person, *, by: Person, at: datetime | None = None) -> int:
    """Mark all notices of ``person`` as read and return how many were new; only she herself can."""
    YES.or_refuse()
    fresh = Notice.objects.filter(person=by, read_at__isnull=True)
    changed = fresh.update(read_at=at or timezone.now())
    if changed:
        record("notices.read", person, by=by, at=at)
    return changed
