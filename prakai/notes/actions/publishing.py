"""Publishing, withdrawing, bringing back."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.notes import rules
from prakai.notes.actions.writing import tell_conversation
from prakai.notes.models import Note, Publication, Withdrawal
from prakai.people.models import Person


@transaction.atomic
def publish_note(note: Note, *, by: Person, at: datetime | None = None) -> Publication:
    """Let the note's audience read it, and return the publication. Publishing twice is the same publication."""
    note.refresh_from_db()
    rules.may_publish(by, note).or_refuse()
    known = Publication.objects.filter(note=note).order_by("-pk").first()
    if note.published_at is not None and known is not None:
        return known
    moment = at or timezone.now()
    publication = Publication.objects.create(note=note, by=by, at=moment)
    note.published_at = moment
    note.raised_at = moment
    note.save(update_fields=["published_at", "raised_at", "slug"])
    tell_conversation(note, by=by)
    record("note.published", note, by=by, at=at)
    return publication


@transaction.atomic
def withdraw_note(note: Note, *, by: Person, because: str = "", at: datetime | None = None) -> Withdrawal:
    """Take a published note away from its readers, who are told; it can be brought back."""
    note.refresh_from_db()
    rules.may_withdraw(by, note).or_refuse()
    known = Withdrawal.objects.filter(note=note, undone_at__isnull=True).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    withdrawal = Withdrawal.objects.create(note=note, by=by, because=because.strip()[:300], at=moment)
    note.withdrawn_at = moment
    note.save(update_fields=["withdrawn_at", "slug"])
    tell_conversation(note, by=by)
    record("note.withdrawn", note, by=by, at=at)
    return withdrawal


@transaction.atomic
def return_note(note: Note, *, by: Person, at: datetime | None = None) -> Note:
    """Undo a withdrawal. Who was withdrawn by a steward asks a steward."""
    note.refresh_from_db()
    rules.may_withdraw(by, note).or_refuse()
    withdrawal = Withdrawal.objects.filter(note=note, undone_at__isnull=True).select_related("by").first()
    if withdrawal is None:
        return note
    if (
        withdrawal.by_id != by.pk
        and withdrawal.by is not None
        and withdrawal.by.is_steward
        and not by.is_steward
    ):
        raise ValidationError(
            pgettext("note error", "A steward withdrew this note; please talk with the stewards.")
        )
    withdrawal.undone_at = at or timezone.now()
    withdrawal.save(update_fields=["undone_at"])
    note.withdrawn_at = None
    note.save(update_fields=["withdrawn_at", "slug"])
    tell_conversation(note, by=by)
    record("note.returned", note, by=by, at=at)
    return note
