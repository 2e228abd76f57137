"""Guarding a conversation: close, reopen, hold back, release."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Closing, Comment, Conversation, Guard
from prakai.thai.folding import clean


@transaction.atomic
def close_conversation(
    conversation: Conversation, *, by: Person, because: str = "", at: datetime | None = None
) -> Closing:
    """Close a conversation to new comments; what was said stays. Closing a closed one changes nothing."""
    rules.may_guard(by, conversation).or_refuse()
    closing, is_new = Closing.objects.get_or_create(
        conversation=conversation,
        reopened_at=None,
        defaults={"by": by, "because": clean(because).strip()[:300], "at": at or timezone.now()},
    )
    if is_new:
        record("conversation.closed", conversation, by=by, at=at)
    return closing


@transaction.atomic
def reopen_conversation(conversation: Conversation, *, by: Person, at: datetime | None = None) -> None:
    """Open a closed conversation again."""
    rules.may_guard(by, conversation).or_refuse()
    if conversation.closings.filter(reopened_at__isnull=True).update(reopened_at=at or timezone.now()):
        record("conversation.reopened", conversation, by=by, at=at)


@transaction.atomic
def guard_conversation(
    conversation: Conversation, *, guard: str, by: Person, at: datetime | None = None
) -> None:
    """Choose whether comments appear at once or wait for the host."""
    rules.may_guard(by, conversation).or_refuse()
    if guard not in Guard.values:
        raise ValidationError(pgettext("talk error", "Please choose how comments appear."), code="guard")
    if conversation.guard != guard:
        conversation.guard = guard
        conversation.save(update_fields=["guard"])
        record("conversation.guarded", conversation, by=by, at=at, guard=str(guard))


@transaction.atomic
def release_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Let a held comment appear."""
    rules.may_release(by, comment).or_refuse()
    if comment.is_held:
        comment.is_held = False
        comment.save(update_fields=["is_held"])
        record("comment.released", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment
