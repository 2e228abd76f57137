"""What is told of promises: all of it to their owners, and to others only sums that expose nobody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Sum

from prakai.forums.models import NewsKind, Promise, PromiseSum, Review
from prakai.people.models import Person


@dataclass(frozen=True, slots=True)
class Sums:
    """At least so many: multiples of five, never fewer than five; what is smaller is not there at all."""

    promises: int
    news: Mapping[str, int]

    @property
    def rows(self) -> list[tuple[str, int]]:
        """The answers that are told, in their usual order, in words."""
        return [(str(kind.label), self.news[kind]) for kind in NewsKind if kind in self.news]


def sums_of(review: Review) -> Sums:
    """Return what others may know of a review's promises, published as ``prakai.forums.sums`` says."""
    return sums_by_review([review.pk])[review.pk]


def sums_by_review(reviews: Collection[int]) -> dict[int, Sums]:
    """Return ``sums_of`` each of ``reviews`` (their ids); two queries for any number."""
    told = dict(Review.objects.filter(pk__in=reviews).values_list("pk", "promises_told"))
    parts = [Sum(kind) for kind in NewsKind.values]
    rows = PromiseSum.objects.filter(review__in=reviews).values_list("review").annotate(*parts)
    news = {pk: dict(zip(NewsKind.values, counts, strict=True)) for pk, *counts in rows}
    return {
        pk: Sums(told.get(pk) or 0, {kind: least for kind, least in news.get(pk, {}).items() if least})
        for pk in reviews
    }


def own_promises(person: Person) -> list[Promise]:
    """Return her promises with what she told of them, newest first."""
    rows = Promise.objects.standing().visible_to(person).select_related("review__forum")
    return list(rows.prefetch_related("news").order_by("-at", "-pk"))
