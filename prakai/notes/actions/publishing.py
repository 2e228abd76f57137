"""Publishing, withdrawing, bringing back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.journal.recording import record
from prakai.notes import rules
from prakai.notes.actions.tagging import list_taggings
from prakai.notes.actions.telling import tell_conversation
from prakai.notes.models import Note, Publication, Withdrawal
from prakai.notes.wording import fitted
from prakai.people.models import Person
from prakai.thai.folding import clean


@transaction.atomic
def publish_note(note: Note, *, by: Person, at: datetime | None = None) -> Publication:
    """Let the note's audience read it, and return the publication. Publishing twice is the same publication."""
    _hold(note)
    rules.may_publish(by, note).or_refuse()
    known = Publication.objects.filter(note=note).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    publication = Publication.objects.create(note=note, by=by, at=moment)
    note.published_at = moment
    note.raised_at = moment
    _keep_state(note, by)
    record("note.published", note, by=by, at=at)
    return publication


@transaction.atomic
def withdraw_note(note: Note, *, by: Person, because: str = "", at: datetime | None = None) -> Withdrawal:
    """Take a published note away from its readers, who are told; it can be brought back."""
    _hold(note)
    rules.may_withdraw(by, note).or_refuse()
    known = Withdrawal.objects.filter(note=note, undone_at__isnull=True).first()
    if known is not None:
        return known
    moment = at or timezone.now()
    reason = fitted(" ".join(clean(because).split()), 300)
    withdrawal = Withdrawal.objects.create(note=note, by=by, because=reason, at=moment)
    note.withdrawn_at = moment
    _keep_state(note, by)
    record("note.withdrawn", note, by=by, at=at)
    return withdrawal


@transaction.atomic
def return_note(note: Note, *, by: Person, at: datetime | None = None) -> Note:
    """Undo a withdrawal; a note that is not withdrawn stays as it is."""
    _hold(note)
    withdrawal = Withdrawal.objects.filter(note=note, undone_at__isnull=True).select_related("by").first()
    rules.may_return(by, note, withdrawal).or_refuse()
    if withdrawal is None:
        return note
    rules.may_stand(note).or_refuse()
    withdrawal.undone_at = at or timezone.now()
    withdrawal.save(update_fields=["undone_at"])
    note.withdrawn_at = None
    _keep_state(note, by)
    record("note.returned", note, by=by, at=at)
    return note


def _hold(note: Note) -> None:
    """Read the note anew and hold it until the end of the transaction: of two at once, one comes first."""
    note.refresh_from_db(from_queryset=Note.objects.select_for_update())


def _keep_state(note: Note, by: Person) -> None:
    note.save(update_fields=["published_at", "withdrawn_at", "raised_at", "slug"])
    list_taggings(note)
    tell_conversation(note, by=by)
