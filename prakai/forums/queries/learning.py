"""Learning across reviews: what keeps coming back, forum after forum, down to the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet
from django.utils import timezone

from prakai.forums.models import (
    PREPARES,
    Answer,
    Forum,
    ForumSeries,
    Pattern,
    QuestionKind,
    Review,
    Role,
    Settling,
)
from prakai.forums.queries.patterns import content_words, likeness
from prakai.forums.review_rules import can_be_settled
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.thai.folding import fold
from prakai.units.models import Unit

ALIKE: Final = 0.4
MOST_PATTERNS: Final = 600
MOST_SENTENCES: Final = 2000
SPANS: Final = (12, 24, 36)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What somebody wrote, revealed, and at which forum."""

    words: str
    name: str
    forum: Forum


@dataclass(frozen=True, slots=True)
class Theme:
    """Patterns of several reviews that say the same, under the words of the newest."""

    title: str
    kind: str
    label: str
    forums: list[Forum]
    sentences: list[Sentence]
    newest: Pattern
    titles: list[str] = field(default_factory=list)
    settlings: list[Settling] = field(default_factory=list)
    may_settle: bool = False

    @property
    def keeps_coming(self) -> bool:
        """Whether more than one forum says it."""
        return len(self.forums) > 1

    @property
    def settled(self) -> Settling | None:
        """The latest word that it is dealt with, if that was not taken back."""
        return self.settlings[0] if self.settlings else None

    @property
    def came_back(self) -> list[Forum]:
        """The forums that said it again after it was dealt with, the newest first."""
        if self.settled is None:
            return []
        return [one for one in self.forums if one.starts_at is not None and one.starts_at > self.settled.at]

    @property
    def can_be_settled(self) -> bool:
        """Whether there is something to mend: what went well, or was hoped for, is not dealt with."""
        return can_be_settled(self.kind)

    @property
    def is_done(self) -> bool:
        """Whether it is dealt with, and has not come back since."""
        return self.settled is not None and not self.came_back


@dataclass(frozen=True, slots=True)
class LearningPage:
    """Themes that keep coming back, those said once, those dealt with, and by what the list can be narrowed."""

    coming: list[Theme]
    once: list[Theme]
    done: list[Theme]
    series: Sequence[ForumSeries]
    units: Sequence[Unit]
    networks: Sequence[Network]
    forums: int


def learning_page(
    reader: Person | None,
    *,
    series: int = 0,
    unit: int = 0,
    network: int = 0,
    theme: str = "",
    months: int = 12,
    now: datetime | None = None,
) -> LearningPage:
    """Return what the reviews that ``reader`` may follow teach together; the same number of queries for any number."""
    moment = now or timezone.now()
    # What can be chosen is the same however far back she looks: else a choice that still narrows would not be seen.
    offered = _reviews_since(reader, moment, max(SPANS))
    all_series = ForumSeries.objects.filter(forums__review__in=offered).distinct().order_by("name")
    all_units = Unit.objects.filter(forums__review__in=offered).distinct().in_order()
    all_networks = Network.objects.filter(forums__review__in=offered).distinct().in_order()
    reviews = _reviews_since(reader, moment, months)
    if series:
        reviews = reviews.filter(forum__series=series)
    if unit:
        reviews = reviews.filter(forum__unit=unit)
    if network:
        reviews = reviews.filter(forum__network=network)
    patterns = Pattern.objects.filter(review__in=reviews).exclude(kind=QuestionKind.PROMISE)
    newest = patterns.select_related("review__forum").order_by("-review__forum__starts_at", "position", "pk")
    rows = list(newest[:MOST_PATTERNS])
    said = Answer.objects.revealed().filter(pattern__in=[row.pk for row in rows]).order_by("client_id")
    sentences: dict[int, list[Answer]] = {}
    for answer in said[:MOST_SENTENCES]:
        sentences.setdefault(answer.pattern_id or 0, []).append(answer)
    wanted = fold(theme)
    themes = [one for one in _themes(rows, sentences) if _is_about(one, wanted)]
    themes = _with_settlings(themes, reviews, reader)
    open_ones = [one for one in themes if not one.is_done]
    return LearningPage(
        coming=[one for one in open_ones if one.keeps_coming],
        once=[one for one in open_ones if not one.keeps_coming],
        done=[one for one in themes if one.is_done],
        series=list(all_series),
        units=list(all_units),
        networks=list(all_networks),
        forums=reviews.count(),
    )


def _reviews_since(reader: Person | None, now: datetime, months: int) -> QuerySet[Review]:
    since = now - timedelta(days=round(months * 30.44))
    return Review.objects.visible_to(reader).filter(forum__starts_at__gte=since)


def _themes(rows: list[Pattern], sentences: dict[int, list[Answer]]) -> list[Theme]:
    """Put patterns of one kind together whose words are the same or much alike; most forums first, then the newest."""
    themes: list[Theme] = []
    for row in rows:
        said = [Sentence(one.words, one.name, row.review.forum) for one in sentences.get(row.pk, [])]
        if not said:
            continue
        home = next((one for one in themes if one.kind == row.kind and _same(one, row)), None)
        if home is None:
            label = str(QuestionKind(row.kind).label)
            home = Theme(row.title, row.kind, label, [], [], row)
            themes.append(home)
        if row.review.forum not in home.forums:
            home.forums.append(row.review.forum)
        if row.title not in home.titles:
            home.titles.append(row.title)
        home.sentences.extend(said)
    return sorted(themes, key=lambda one: -len(one.forums))


def _with_settlings(themes: list[Theme], reviews: QuerySet[Review], reader: Person | None) -> list[Theme]:
    """Return the themes with what was said of their being dealt with, and whether ``reader`` may say so."""
    standing = Settling.objects.filter(review__in=reviews, undone_at__isnull=True)
    known = list(standing.select_related("by", "review__forum"))
    led = Role.objects.filter(person=reader, kind__in=PREPARES, ended_at__isnull=True)
    forums = set(led.values_list("forum", flat=True))
    told = []
    for theme in themes:
        own = [row for row in known if row.kind == theme.kind and _same(theme, row)]
        is_led = reader is not None and (reader.is_steward or theme.newest.review.forum_id in forums)
        told.append(
            replace(theme, settlings=own, may_settle=is_led and reader is not None and reader.is_active)
        )
    return told


def _same(theme: Theme, row: Pattern | Settling) -> bool:
    said = content_words(row.title)
    return any(
        fold(title) == row.theme or likeness(content_words(title), said) >= ALIKE for title in theme.titles
    )


def _is_about(theme: Theme, wanted: str) -> bool:
    if not wanted:
        return True
    return any(wanted in fold(text) for text in (*theme.titles, *(one.words for one in theme.sentences)))
