"""Reading one's notices."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Notice


@transaction.atomic
def read_notices(
    person: Person, *, by: Person, until: datetime | None = None, at: datetime | None = None
) -> int:
    """Mark the notices of ``person`` as read and return how many were new; only she herself can.

    ``until`` leaves those that came later than the page she looked at.
    """
    rules.may_read_notices(by, person).or_refuse()
    fresh = Notice.objects.filter(person=person, read_at__isnull=True)
    if until is not None:
        fresh = fresh.filter(at__lte=until)
    changed = fresh.update(read_at=at or timezone.now())
    if changed:
        record("notices.read", person, by=by, at=at)
    return changed
