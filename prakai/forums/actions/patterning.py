"""Putting answers together into patterns, by hand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import review_rules as rules
from prakai.forums.models import Answer, Pattern, QuestionKind, Review
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person
from prakai.thai.folding import fold

LONGEST_TITLE = 120


@transaction.atomic
def make_pattern(
    review: Review,
    title: str,
    answers: Iterable[Answer] = (),
    *,
    by: Person,
    kind: str,
    at: datetime | None = None,
) -> Pattern:
    """Begin a pattern of a kind (a ``QuestionKind``) with these answers, and return it."""
    row = Review.objects.select_for_update(of=("self",)).select_related("forum").get(pk=review.pk)
    rules.may_group(by, row).or_refuse()
    if kind not in set(QuestionKind.values) - {QuestionKind.PROMISE}:
        raise ValidationError(
            {"kind": pgettext("review error", "Please choose to which question it belongs.")}
        )
    words, theme = _called(title)
    place = (Pattern.objects.filter(review=row).aggregate(last=Max("position"))["last"] or 0) + 1
    pattern = Pattern.objects.create(
        review=row, kind=kind, title=words, theme=theme, position=place, by=by, at=at or timezone.now()
    )
    for answer in answers:
        _put(answer, pattern)
    record("pattern.made", pattern, by=by, at=at, forum=row.forum_id, kind=kind)
    return pattern


@transaction.atomic
def rename_pattern(pattern: Pattern, title: str, *, by: Person, at: datetime | None = None) -> Pattern:
    """Give a pattern other words."""
    rules.may_group(by, pattern.review).or_refuse()
    pattern.title, pattern.theme = _called(title)
    pattern.save(update_fields=["title", "theme"])
    record("pattern.renamed", pattern, by=by, at=at, forum=pattern.review.forum_id)
    return pattern


@transaction.atomic
def drop_pattern(pattern: Pattern, *, by: Person, at: datetime | None = None) -> None:
    """Take a pattern apart; its answers stay, each for itself."""
    rules.may_group(by, pattern.review).or_refuse()
    record("pattern.dropped", pattern, by=by, at=at, forum=pattern.review.forum_id)
    pattern.delete()


@transaction.atomic
def put_answers(
    answers: Iterable[Answer],
    pattern: Pattern | None,
    *,
    by: Person,
    review: Review,
    at: datetime | None = None,
) -> int:
    """Put revealed answers into a pattern, or out of any; return how many were moved."""
    rules.may_group(by, review).or_refuse()
    if pattern is not None and pattern.review_id != review.pk:
        raise ValidationError(pgettext("review error", "That pattern is not one of this review."))
    moved = sum(_put(answer, pattern) for answer in answers if answer.question.review_id == review.pk)
    if moved:
        record("pattern.filled", review, by=by, at=at, forum=review.forum_id, answers=moved)
    return moved


def _put(answer: Answer, pattern: Pattern | None) -> int:
    """Put one answer, if it is revealed; of what is private nobody makes a pattern."""
    rows = Answer.objects.revealed().filter(pk=answer.pk)
    if pattern is not None:
        rows = rows.filter(question__review=pattern.review_id)
    here = Answer.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    return (here.exclude(pattern=pattern) if pattern else here.filter(pattern__isnull=False)).update(
        pattern=pattern
    )


def _called(title: str) -> tuple[str, str]:
    """Return the words of a pattern, and the folded ones by which it is found again in other reviews."""
    words = line(title, most=LONGEST_TITLE, field="title")
    if not words:
        raise ValidationError(
            {"title": pgettext("review error", "Please say in a few words what they have in common.")}
        )
    return words, fold(words)[:300]
