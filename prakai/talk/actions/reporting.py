"""Reporting, and deciding on reports."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.actions.hiding import hide_comment, show_comment
from prakai.talk.models import Comment, Conversation, Decision, DecisionKind, Report, ReportReason
from prakai.talk.wording import check_place, short_words

LONGEST = 2000
MOST_BY_VISITORS = 3
"""Undecided reports of one thing by people without a name; more would tell the stewards nothing new."""


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
    """Ask the stewards to look at a comment, or at what the conversation is about, and return the report.

    Anybody who can read it may. The same person about the same thing is one report until it is decided on; of
    visitors only a few are kept for one thing. The author of a hidden comment appeals (``ReportReason.APPEAL``).
    """
    if comment is not None:
        check_place(comment, conversation)
    rules.may_report(by, conversation, comment, reason).or_refuse()
    if reason not in ReportReason.values:
        raise ValidationError({"reason": pgettext("talk error", "Please choose a reason.")})
    said = short_words(words, most=LONGEST, field="words")
    # One at a time for each conversation, so that a double tap is one report.
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    waiting = Report.objects.filter(conversation=conversation, comment=comment, decision__isnull=True, by=by)
    known = waiting.order_by("pk")[: MOST_BY_VISITORS if by is None else 1]
    if len(known) >= (MOST_BY_VISITORS if by is None else 1):
        return known[0]
    row = Report.objects.create(
        conversation=conversation, comment=comment, by=by, reason=reason, words=said, at=at or timezone.now()
    )
    record("report.made", row, by=by, at=at, conversation=conversation.pk)
    return row


@transaction.atomic
def decide_on_report(
    row: Report, *, kind: str, by: Person, because: str = "", at: datetime | None = None
) -> Decision:
    """Decide on a report, and with it on all that wait about the same thing. Decided once; a reason is asked.

    ``HIDDEN`` and ``SHOWN`` hide or show the comment; what is no comment is settled on its own page (``SETTLED``).
    """
    rules.may_decide(by, row).or_refuse()
    comment = row.comment
    if kind not in DecisionKind.values:
        raise ValidationError({"kind": pgettext("talk error", "Please choose a decision.")})
    if comment is None and kind in (DecisionKind.HIDDEN, DecisionKind.SHOWN):
        raise ValidationError(
            {
                "kind": pgettext(
                    "talk error", "Only a comment can be hidden here; the rest is settled on its page."
                )
            }
        )
    said = short_words(because, most=LONGEST, field="because")
    if not said:
        raise ValidationError(
            {"because": pgettext("talk error", "Please give the reason: those concerned will read it.")}
        )
    decision = _decide(row, kind, said, by, at)
    for other in Report.objects.filter(
        conversation=row.conversation_id, comment=comment, decision__isnull=True
    ).exclude(pk=row.pk):
        _decide(other, kind, said, by, at)
    if comment is not None and kind == DecisionKind.HIDDEN:
        hide_comment(comment, by=by, because=said, at=at)
    if comment is not None and kind == DecisionKind.SHOWN:
        show_comment(comment, by=by, at=at)
    return decision


def _decide(row: Report, kind: str, because: str, by: Person, at: datetime | None) -> Decision:
    try:
        with transaction.atomic():
            decision = Decision.objects.create(
                report=row, kind=kind, by=by, because=because, at=at or timezone.now()
            )
    except IntegrityError as trouble:
        raise ValidationError(
            pgettext("talk error", "Somebody has decided on this report already."), code="decided"
        ) from trouble
    record("report.decided", row, by=by, at=at, conversation=row.conversation_id, kind=str(kind))
    return decision
