"""What the platform knows of a unit's knowledge work in one fiscal year, as far as its reader may see it.

Counts and titles only; any year costs the same number of queries.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from prakai.forums.meter import Meter
from prakai.forums.models import (
    Answer,
    Core,
    Forum,
    Growth,
    Nugget,
    Participant,
    Pattern,
    QuestionKind,
    Review,
    Spark,
    Story,
)
from prakai.forums.queries.plan import meters_of
from prakai.forums.queries.promises import sums_by_review
from prakai.notes.models import Note, Tag
from prakai.people.models import Audience, Person
from prakai.talk.models import Comment
from prakai.thai.dates import BANGKOK
from prakai.thai.order import order_key
from prakai.thai.years import fiscal_days
from prakai.units.models import Unit

MOST_NOTES: Final = 500


class Span(NamedTuple):
    """From the first moment to the last, which is not in it any more."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class HeldForum:
    """A forum that was held: what came of it in numbers, what to change next time, and its meter if it was planned.

    ``promises`` is at least so many, in fives; 0 for fewer.
    """

    forum: Forum
    people: int
    stories: int
    nuggets: int
    cores: int
    sparks: int
    patterns: int
    promises: int
    has_review: bool
    changes: tuple[str, ...]
    meter: Meter | None


@dataclass(frozen=True, slots=True)
class UnitKnowledge:
    """All of it. ``notes`` are the newest of ``note_count``; ``tags`` and ``by_unit`` in the order of the dictionary.

    ``by_unit`` counts seats at forums by unit; ``elsewhere`` those of units that are not in the tree.
    """

    unit: Unit
    year: int
    forums: Sequence[HeldForum]
    by_unit: Sequence[tuple[Unit, int]]
    elsewhere: int
    notes: Sequence[Note]
    note_count: int
    public_notes: int
    tags: Sequence[tuple[Tag, int]]
    grown: Sequence[Growth]
    comments: int
    additions: int

    def sum_of(self, name: str) -> int:
        """Return one figure of the forums, added up."""
        return sum(int(getattr(one, name)) for one in self.forums)


def knowledge_of(
    unit: Unit, reader: Person | None, *, year: int, now: datetime | None = None
) -> UnitKnowledge:
    """Return what ``unit`` and the units beneath it did in a fiscal ``year`` of the Buddhist era."""
    units = Unit.objects.under(unit).values("pk")
    span = _span(year)
    held = _forums(units, reader, span, now or timezone.now())
    ids = [one.pk for one in held]
    people, by_unit, elsewhere = _people(ids)
    notes = Note.objects.readable_by(reader).filter(
        unit__in=units, published_at__gte=span.begins, published_at__lt=span.ends
    )
    audiences = dict(notes.order_by().values_list("audience").annotate(Count("pk")))
    talk = _talk(units, reader, span)
    return UnitKnowledge(
        unit=unit,
        year=year,
        forums=_told(held, people, reader),
        by_unit=by_unit,
        elsewhere=elsewhere,
        notes=list(
            notes.defer("body", "plain")
            .select_related("author", "teller", "unit")
            .order_by("-published_at", "-pk")[:MOST_NOTES]
        ),
        note_count=sum(audiences.values()),
        public_notes=audiences.get(Audience.PUBLIC, 0),
        tags=_tags(notes),
        grown=list(
            Growth.objects.readable_by(reader)
            .filter(Q(story__forum__in=ids) | Q(spark__forum__in=ids))
            .select_related("note")
            .order_by("note__published_at", "pk")
        ),
        comments=talk["all"],
        additions=talk["additions"],
    )


def _span(year: int) -> Span:
    first, last = fiscal_days(year)
    return Span(
        datetime.combine(first, time(0), tzinfo=BANGKOK),
        datetime.combine(last + timedelta(days=1), time(0), tzinfo=BANGKOK),
    )


def _forums(units: QuerySet[Unit, object], reader: Person | None, span: Span, now: datetime) -> list[Forum]:
    rows = Forum.objects.visible_to(reader).announced().filter(Q(unit__in=units) | Q(host__in=units))
    rows = rows.filter(
        starts_at__gte=span.begins, starts_at__lt=min(span.ends, now), cancelled_at__isnull=True
    )
    return list(rows.select_related("unit").order_by("starts_at", "pk"))


def _told(held: Iterable[Forum], people: dict[int, int], reader: Person | None) -> list[HeldForum]:
    forums = list(held)
    ids = [one.pk for one in forums]
    stories = _by_forum(Story.objects.standing().visible_to(reader).filter(forum__in=ids))
    nuggets = _by_forum(Nugget.objects.visible_to(reader).filter(story__forum__in=ids), "story__forum")
    cores = _by_forum(Core.objects.visible_to(reader).filter(forum__in=ids))
    sparks = _by_forum(Spark.objects.shown().filter(forum__in=ids))
    reviews = dict(Review.objects.filter(forum__in=ids).values_list("forum", "pk"))
    promises = sums_by_review(list(reviews.values()))
    patterns: Counter[int] = Counter()
    changes: dict[int, list[str]] = defaultdict(list)
    revealed = Answer.objects.revealed().filter(pattern=OuterRef("pk"))
    rows = Pattern.objects.filter(Exists(revealed), review__in=Review.objects.visible_to(reader).values("pk"))
    rows = rows.filter(review__forum__in=ids).exclude(kind=QuestionKind.PROMISE)
    for forum, kind, title in rows.order_by("position", "pk").values_list("review__forum", "kind", "title"):
        patterns[forum] += 1
        if kind == QuestionKind.CHANGE:
            changes[forum].append(title)
    meters = meters_of(ids)
    return [
        HeldForum(
            forum=one,
            people=people.get(one.pk, 0),
            stories=stories[one.pk],
            nuggets=nuggets[one.pk],
            cores=cores[one.pk],
            sparks=sparks[one.pk],
            patterns=patterns[one.pk],
            promises=promises[reviews[one.pk]].promises if one.pk in reviews else 0,
            has_review=one.pk in reviews,
            changes=tuple(changes[one.pk]),
            meter=meters.get(one.pk),
        )
        for one in forums
    ]


def _by_forum(
    rows: QuerySet[Story] | QuerySet[Nugget] | QuerySet[Core] | QuerySet[Spark], forum: str = "forum"
) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(forum).annotate(Count("pk"))))


def _people(forums: Sequence[int]) -> tuple[dict[int, int], list[tuple[Unit, int]], int]:
    """Return people by forum, by unit, and of no unit: those seen at the door, else those with a seat."""
    rows = list(
        Participant.objects.seated().filter(forum__in=forums).values_list("forum", "unit", "arrived_at")
    )
    at_door = {forum for forum, _, arrived in rows if arrived is not None}
    came = [(forum, unit) for forum, unit, arrived in rows if arrived is not None or forum not in at_door]
    seats: Counter[int | None] = Counter(unit for _, unit in came)
    units = Unit.objects.filter(pk__in=[pk for pk in seats if pk is not None]).in_order()
    return dict(Counter(forum for forum, _ in came)), [(one, seats[one.pk]) for one in units], seats[None]


def _tags(notes: QuerySet[Note]) -> list[tuple[Tag, int]]:
    rows = Tag.objects.filter(taggings__note__in=notes.order_by().values("pk")).annotate(
        times=Count("taggings", filter=Q(taggings__note__in=notes.order_by().values("pk")))
    )
    return sorted(((tag, tag.times) for tag in rows), key=lambda one: order_key(one[0].label))


def _talk(units: QuerySet[Unit, object], reader: Person | None, span: Span) -> dict[str, int]:
    rows = (
        Comment.objects.shown()
        .visible_to(reader)
        .filter(conversation__note__unit__in=units, made_at__gte=span.begins, made_at__lt=span.ends)
    )
    return rows.aggregate(all=Count("pk"), additions=Count("pk", filter=Q(builds_on=True)))
