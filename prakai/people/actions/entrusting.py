"""Entrusting the place: its first steward, named by whoever runs it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.models import Duty, DutyKind, Person


@transaction.atomic
def entrust_place(person: Person, *, by: Person | None, at: datetime | None = None) -> Duty:
    """Make ``person`` a steward; doing it twice changes nothing.

    For the command line of the machine, where nobody is signed in (``by`` is ``None``): the first steward of a place
    cannot be given the duty by a steward. On pages, ``give_duty`` is the way.
    """
    rules.may_be_entrusted(by, person).or_refuse()
    held = Duty.objects.filter(person=person, kind=DutyKind.STEWARD, ended_at__isnull=True).first()
    if held is not None:
        return held
    duty = Duty.objects.create(person=person, kind=DutyKind.STEWARD, by=by, at=at or timezone.now())
    person.__dict__.pop("duties_held", None)
    record("duty.given", duty, by=by, at=at, person=person.pk, kind=str(DutyKind.STEWARD))
    return duty
