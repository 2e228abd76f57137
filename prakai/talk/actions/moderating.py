"""Moderating: report, decide, hide, show again."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Comment, Conversation, Decision, DecisionKind, Report, ReportReason


@transaction.atomic
def report(
    conversation: Conversation,
    *,
    reason: str,
    by: Person | None,
    comment: Comment | None = None,
    words: str = "",
    at: datetime | None = None,
) -> Report:
    """Ask the stewards to look at a comment, or at what the conversation is about. Anybody who can read may."""
    rules.may_read(by, conversation).or_refuse()
    if reason not in ReportReason.values:
        raise ValidationError(pgettext("talk error", "Please choose a reason."), code="reason")
    if comment is not None and comment.conversation_id != conversation.pk:
        raise ValidationError(pgettext("talk error", "That comment belongs to another conversation."))
    row = Report.objects.create(
        conversation=conversation,
        comment=comment,
        by=by,
        reason=reason,
        words=words.strip(),
        at=at or timezone.now(),
    )
    record("report.made", row, by=by, at=at)
    return row


@transaction.atomic
def decide_on_report(
    row: Report, *, kind: str, by: Person, because: str = "", at: datetime | None = None
) -> Decision:
    """Decide on a report: keep what it is about, or hide it (a comment). Decided once; say why."""
    rules.may_decide_on(by, row.comment.by_id if row.comment is not None else None).or_refuse()
    if Decision.objects.filter(report=row).exists():
        raise ValidationError(
            pgettext("talk error", "Somebody has decided on this report already."), code="decided"
        )
    if kind not in DecisionKind.values:
        raise ValidationError(pgettext("talk error", "Please choose a decision."), code="kind")
    decision = Decision.objects.create(
        report=row, kind=kind, by=by, because=because.strip(), at=at or timezone.now()
    )
    if kind == DecisionKind.HIDDEN and row.comment is not None:
        hide_comment(row.comment, by=by, at=at)
    record("report.decided", row, by=by, at=at, kind=str(kind))
    return decision


@transaction.atomic
def hide_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Hide a comment from readers: a host in her own conversation, or a steward."""
    rules.may_guard(by, comment.conversation).or_refuse()
    if comment.hidden_at is None:
        comment.hidden_at = at or timezone.now()
        comment.is_held = False
        comment.save(update_fields=["hidden_at", "is_held"])
        record("comment.hidden", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment


@transaction.atomic
def show_comment(comment: Comment, *, by: Person, at: datetime | None = None) -> Comment:
    """Show a hidden comment again."""
    rules.may_guard(by, comment.conversation).or_refuse()
    if comment.hidden_at is not None:
        comment.hidden_at = None
        comment.save(update_fields=["hidden_at"])
        record("comment.shown", comment, by=by, at=at, conversation=comment.conversation_id)
    return comment
