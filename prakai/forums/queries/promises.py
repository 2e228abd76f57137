"""What is told of promises: all of it to their owners, and to others only sums that expose nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils import timezone

from prakai.forums.models import NewsKind, Promise, PromiseNews, Review
from prakai.people.models import Person

STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Sums:
    """At least so many: multiples of five, never fewer than five; what is smaller is not there at all."""

    promises: int
    news: Mapping[str, int]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The answers that are told, in their usual order, in words."""
        return [(str(kind.label), self.news[kind]) for kind in NewsKind if kind in self.news]


def at_least(count: int) -> int:
    """Return ``count`` rounded down to a multiple of five; 0 for fewer than five.

    So no figure, and no difference of two figures, tells one person: of every band of five each number is possible.
    """
    return count - count % STEP


def sums_of(review: Review, *, now: datetime | None = None) -> Sums:
    """Return what others may know of a review's promises: ``sums_by_review``, of one."""
    return sums_by_review([review.pk], now=now)[review.pk]


def sums_by_review(reviews: Collection[int], *, now: datetime | None = None) -> dict[int, Sums]:
    """Return what others may know of the promises of each of ``reviews`` (their ids); three queries for any number.

    The latest news of each promise counts, as it stood when this month began: so that nobody sees from one day to the
    next who has just answered.
    """
    standing = Promise.objects.standing().filter(review__in=reviews)
    month = timezone.localtime(now or timezone.now()).replace(
        day=1, hour=0, minute=0, second=0, microsecond=0
    )
    told = PromiseNews.objects.filter(promise__in=standing, at__lt=month)
    newest = told.values("promise").annotate(last=Max("after")).values_list("promise", "last")
    latest = dict(newest)
    made = Counter(standing.values_list("review", flat=True))
    answers: dict[int, Counter[str]] = defaultdict(Counter)
    for review, promise, after, answer in told.values_list("promise__review", "promise", "after", "answer"):
        if latest[promise] == after:
            answers[review][answer] += 1
    return {review: sums(made[review], answers[review]) for review in reviews}


def sums(promises: int, news: Mapping[str, int]) -> Sums:
    """Return the sums that may be shown of these counts."""
    shown = {kind: at_least(count) for kind, count in news.items() if count >= STEP}
    return Sums(at_least(promises), shown)


def own_promises(person: Person) -> list[Promise]:
    """Return her promises with what she told of them, newest first."""
    rows = Promise.objects.standing().visible_to(person).select_related("review__forum")
    return list(rows.prefetch_related("news").order_by("-at", "-pk"))
