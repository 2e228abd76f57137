"""Appreciating: give, take back, keep private."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Appreciation, Conversation
from prakai.talk.wording import short_words
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
    """Appreciate what a conversation is about, a person, or a unit. Two of three are asked: saw, effect, learn.

    ``client_key`` makes a double tap one appreciation; the same key with other words is another one.
    """
    rules.may_appreciate(by, conversation, to=person).or_refuse()
    if conversation is None and person is None and unit is None:
        raise ValidationError(pgettext("talk error", "Please choose what you appreciate."))
    saw = short_words(saw, most=LONGEST, field="saw")
    effect = short_words(effect, most=LONGEST, field="effect")
    if not saw:
        raise ValidationError({"saw": pgettext("talk error", "Please tell what you saw.")})
    if not effect and not wants_to_learn:
        raise ValidationError(
            {"effect": pgettext("talk error", "Please add what it did, or tick that you want to learn it.")}
        )
    key = client_key[:40]
    if (given := _given(by, key, saw)) is not None:
        return given
    row = Appreciation(
        by=by,
        saw=saw,
        effect=effect,
        wants_to_learn=wants_to_learn,
        conversation=conversation,
        person=person,
        unit=unit,
        is_private=is_private,
        client_key=key,
        given_at=at or timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # The other tap came first while this one was on its way, or the key stands with other words.
        if (given := _given(by, key, saw)) is not None:
            return given
        row.client_key = ""
        row.save()
    record("appreciation.given", row, by=by, at=at, conversation=conversation.pk if conversation else None)
    return row


def _given(by: Person | None, key: str, saw: str) -> Appreciation | None:
    if not key or by is None:
        return None
    return Appreciation.objects.filter(by=by, client_key=key, saw=saw).first()


@transaction.atomic
def withdraw_appreciation(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Take an appreciation back (who gave it), or let it disappear (who received it)."""
    rules.may_take_back(by, row).or_refuse()
    if row.withdrawn_at is None:
        row.withdrawn_at = at or timezone.now()
        row.save(update_fields=["withdrawn_at"])
        record("appreciation.withdrawn", row, by=by, at=at)
    return row


@transaction.atomic
def keep_appreciation_private(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Keep an appreciation between who gave and who received it; each of them may, and undoes only the own wish."""
    rules.may_take_back(by, row).or_refuse()
    if row.by_id == by.pk:
        row.is_private = True
    else:
        row.kept_at = row.kept_at or at or timezone.now()
    row.save(update_fields=["is_private", "kept_at"])
    record("appreciation.kept_private", row, by=by, at=at)
    return row


@transaction.atomic
def share_appreciation(row: Appreciation, *, by: Person, at: datetime | None = None) -> Appreciation:
    """Undo one's own wish to keep it private; it is shown again when the other side does not keep it either."""
    rules.may_take_back(by, row).or_refuse()
    if row.by_id == by.pk:
        row.is_private = False
    else:
        row.kept_at = None
    row.save(update_fields=["is_private", "kept_at"])
    record("appreciation.shared", row, by=by, at=at)
    return row
