"""Appreciating: give, take back, keep private."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Appreciation, Conversation
from prakai.thai.folding import clean
from prakai.thai.graphemes import count
from prakai.units.models import Unit

LONGEST = 1000


@transaction.atomic
def appreciate(
    *,
    by: Person | None,
    saw: str,
    effect: str = "",
    wants_to_learn: bool = False,
    conversation: Conversation | None = None,
    person: Person | None = None,
    unit: Unit | None = None,
    is_private: bool = False,
    client_key: str = "",
    at: datetime | None = None,
) -> Appreciation:
    """Appreciate what a conversation is about, a person, or a unit. Two of three are asked: saw, effect, learn."""
    rules.may_appreciate(by, conversation, to=person).or_refuse()
    saw, effect = clean(saw).strip(), clean(effect).strip()
    if not saw:
        raise ValidationError({"saw": pgettext("talk error", "Please tell what you saw.")})
    if not effect and not wants_to_learn:
        raise ValidationError(
            {"effect": pgettext("talk error", "Please add what it did, or tick that you want to learn it.")}
        )
    for name, text in (("saw", saw), ("effect", effect)):
        if count(text) > LONGEST:
            raise ValidationError({name: pgettext("talk error", "Please keep it under 1,000 characters.")})
    if client_key:
        known = Appreciation.objects.filter(by=by, client_key=client_key[:40]).first()
        if known is not None:
            return known
    row = Appreciation.objects.create(
        by=by,
        saw=saw,
        effect=effect,
        wants_to_learn=wants_to_learn,
        conversation=conversation,
        person=person,
        unit=unit,
        is_private=is_private,
        client_key=client_key[:40],
        given_at=at or timezone.now(),
    )
    record("appreciation.given", row, by=by, at=at, conversation=conversation.pk if conversation else None)
    return row


@transaction.atomic
def withdraw_appreciation(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Take an appreciation back (who gave it), or let it disappear (who received it)."""
    rules.may_change_appreciation(by, row).or_refuse()
    row.withdrawn_at = at or timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record("appreciation.withdrawn", row, by=by, at=at)
    return row


@transaction.atomic
def keep_appreciation_private(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Keep an appreciation between who gave and who received it."""
    rules.may_change_appreciation(by, row).or_refuse()
    row.is_private = True
    row.save(update_fields=["is_private"])
    record("appreciation.kept_private", row, by=by, at=at)
    return row


@transaction.atomic
def share_appreciation(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Show a private appreciation to the readers of the page again."""
    rules.may_change_appreciation(by, row).or_refuse()
    row.is_private = False
    row.save(update_fields=["is_private"])
    record("appreciation.shared", row, by=by, at=at)
    return row
