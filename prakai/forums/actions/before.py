"""Writing the review before the day."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import BeforeReview, Forum
from prakai.journal.recording import record
from prakai.kernel.typed import paragraphs
from prakai.people.models import Person

ANSWERS: Final = ("tasks", "taught", "risks", "watched")
LONGEST: Final = 4000


@transaction.atomic
def write_before_review(
    forum: Forum, *, by: Person, seen: int | None = None, at: datetime | None = None, **answers: str
) -> BeforeReview:
    """Keep the team's answers before the day (``tasks``, ``taught``, ``risks``, ``watched``); what is not named stays.

    ``seen`` is the version that ``by`` had before her: when somebody else wrote meanwhile, nothing is overwritten, and
    a ``ValidationError`` with the code ``"conflict"`` says so.
    """
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    unknown = set(answers) - set(ANSWERS)
    if unknown:
        raise TypeError(f"a review before the day does not ask {sorted(unknown)}")
    review = BeforeReview.objects.filter(forum=forum).first() or BeforeReview(forum=forum)
    if seen is not None and seen != review.version:
        message = pgettext("forum error", "Somebody of your team wrote here while you were writing.")
        raise ValidationError(message, "conflict")
    for name, text in answers.items():
        setattr(review, name, paragraphs(text, most=LONGEST, field=name))
    review.by, review.at = by, at or timezone.now()
    review.version += 1
    review.save()
    record("before_review.written", review, by=by, at=at, forum=forum.pk)
    return review
