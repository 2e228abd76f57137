"""Consents: given and taken back, each kept as a row."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people import rules
from prakai.people.actions.wording import TERMS
from prakai.people.models import Consent, ConsentKind, Person


@transaction.atomic
def give_consent(
    person: Person, kind: str, *, by: Person, wording: str = TERMS, at: datetime | None = None
) -> Consent:
    """Keep that ``person`` agreed to ``kind`` in this ``wording``; agreeing twice to the same keeps one row."""
    rules.may_decide_for(by, person).or_refuse()
    if kind not in ConsentKind.values:
        raise ValidationError({"kind": pgettext("people error", "There is nothing like that to agree to.")})
    held = person.consents.filter(kind=kind, wording=wording, withdrawn_at__isnull=True).first()
    if held is not None:
        return held
    consent = Consent.objects.create(person=person, kind=kind, wording=wording, given_at=at or timezone.now())
    _follow(person, kind, given=True)
    record("consent.given", consent, by=by, at=at, kind=kind, wording=wording)
    return consent


@transaction.atomic
def withdraw_consent(person: Person, kind: str, *, by: Person, at: datetime | None = None) -> int:
    """Take back every consent of this ``kind``; return how many held."""
    rules.may_withdraw_consent(by, person, kind).or_refuse()
    held = list(person.consents.filter(kind=kind, withdrawn_at__isnull=True))
    for consent in held:
        consent.withdrawn_at = at or timezone.now()
        consent.save(update_fields=["withdrawn_at"])
        record("consent.withdrawn", consent, by=by, at=at, kind=kind)
    _follow(person, kind, given=False)
    return len(held)


def _follow(person: Person, kind: str, *, given: bool) -> None:
    """What a consent means for the person's row, in the same transaction."""
    if kind == ConsentKind.LISTED and person.is_listed != given:
        person.is_listed = given
        person.save(update_fields=["is_listed"])
