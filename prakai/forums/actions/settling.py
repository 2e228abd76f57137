"""Saying that what kept coming back is dealt with, and that it is not after all."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.models import Pattern, Review, Settling
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person

LONGEST = 300


@transaction.atomic
def settle_theme(pattern: Pattern, *, by: Person, because: str, at: datetime | None = None) -> Settling:
    """Say that what ``pattern`` says is dealt with, and by what; said twice, the first stands."""
    review = Review.objects.select_for_update(of=("self",)).select_related("forum").get(pk=pattern.review_id)
    pattern.review = review
    rules.may_settle(by, pattern).or_refuse()
    said = line(because, most=LONGEST, field="because")
    if not said:
        message = pgettext("review error", "Please say in a few words what was done about it.")
        raise ValidationError({"because": message})
    settling, is_new = Settling.objects.get_or_create(
        review=review, kind=pattern.kind, theme=pattern.theme, undone_at__isnull=True,
        defaults={"title": pattern.title, "because": said, "by": by, "at": at or timezone.now()},
    )  # fmt: skip
    if is_new:
        record("theme.settled", review, by=by, at=at, forum=review.forum_id, kind=pattern.kind)
    return settling


@transaction.atomic
def unsettle_theme(settling: Settling, *, by: Person, at: datetime | None = None) -> Settling:
    """Say that it is not dealt with after all; that it was said stays in the row."""
    row = Settling.objects.select_for_update(of=("self",)).select_related("review__forum").get(pk=settling.pk)
    rules.may_unsettle(by, row.review).or_refuse()
    if row.undone_at is None:
        row.undone_at, row.undone_by = at or timezone.now(), by
        row.save(update_fields=["undone_at", "undone_by"])
        record("theme.unsettled", row.review, by=by, at=at, forum=row.review.forum_id, kind=row.kind)
    return row
