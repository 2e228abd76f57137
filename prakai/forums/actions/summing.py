"""Publishing what may be told of promises: at fixed moments, for people who were in no table before."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from prakai.forums import review_rules as rules
from prakai.forums.models import Forum, PromiseNews, PromiseSum, Review, Voice
from prakai.forums.sums import BATCH, told
from prakai.journal.recording import record
from prakai.people.models import Person

# After so long the number of promises is told, even where answers are still taken in.
OPEN: Final = timedelta(days=30)


@transaction.atomic
def publish_sums(*, by: Person | None, at: datetime | None = None) -> int:
    """Publish what is due, by the method of ``prakai.forums.sums``; return how many reviews it was for.

    Only the machinery calls it (``by`` is ``None``). Called again, it publishes nothing twice. A copy of a forum that
    has its home elsewhere publishes nothing: two tables of the same people would tell more than either.
    """
    rules.may_begin_askings(by).or_refuse()
    now = at or timezone.now()
    done = 0
    over = Q(forum__closed_at__isnull=False) | Q(collects_until__lte=now) | Q(forum__ends_at__lte=now - OPEN)
    due = Review.objects.filter(over, promises_told__isnull=True).exclude(forum__passage__is_home=False)
    for review in due.select_related("forum"):
        done += _tell_number(review, now)
    month = timezone.localtime(now).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    waiting = Voice.objects.filter(counted_at__isnull=True, promises__news__at__lt=month)
    waiting = waiting.exclude(review__forum__passage__is_home=False)
    many = waiting.values("review").annotate(people=Count("pk", distinct=True)).filter(people__gte=BATCH)
    for pk in many.values_list("review", flat=True):
        done += _publish(pk, before=month, now=now)
    return done


def tell_promises(forum: Forum, *, at: datetime) -> None:
    """Tell how many promises were made at ``forum``, if no more are taken in: part of closing it."""
    rows = Review.objects.filter(forum=forum, promises_told__isnull=True).exclude(
        forum__passage__is_home=False
    )
    review = rows.select_related("forum").first()
    if review is not None:
        _tell_number(review, at)


def _tell_number(review: Review, now: datetime) -> bool:
    """Publish once how many people made a promise, of all who wrote."""
    late = review.forum.ends_at is not None and review.forum.ends_at <= now - OPEN
    if rules.is_collecting(review, now) and not late:
        return False
    voices = Voice.objects.filter(review=review)
    made = voices.filter(promises__isnull=False).distinct().count()
    least = told({"made": made}, voices.count()).get("made", 0)
    if not Review.objects.filter(pk=review.pk, promises_told__isnull=True).update(promises_told=least):
        return False
    record("promises.summed", review, by=None, at=now, forum=review.forum_id)
    return True


def _publish(pk: int, *, before: datetime, now: datetime) -> bool:
    """Count together who told something before this month and was never counted; each by her latest word."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=pk)
    news = PromiseNews.objects.filter(
        promise__review=review, promise__voice__counted_at__isnull=True, at__lt=before
    )
    latest = dict(news.order_by("after", "at", "pk").values_list("promise__voice", "answer"))
    if len(latest) < BATCH:
        return False
    PromiseSum.objects.create(review=review, at=now, **told(Counter(latest.values()), len(latest)))
    Voice.objects.filter(pk__in=latest).update(counted_at=now)
    record("promises.summed", review, by=None, at=now, forum=review.forum_id)
    return True
