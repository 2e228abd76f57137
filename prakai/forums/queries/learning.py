"""Learning across reviews: what keeps coming back, forum after forum, down to the sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from prakai.forums.models import Answer, Forum, ForumSeries, Pattern, QuestionKind, Review
from prakai.forums.queries.patterns import content_words, likeness
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
    titles: list[str] = field(default_factory=list)

    @property
    def keeps_coming(self) -> bool:
        """Whether more than one forum says it."""
        return len(self.forums) > 1


@dataclass(frozen=True, slots=True)
class LearningPage:
    """Themes that keep coming back, those said once, and by what the list can be narrowed."""

    coming: list[Theme]
    once: list[Theme]
    series: Sequence[ForumSeries]
    units: Sequence[Unit]
    forums: int


def learning_page(
    reader: Person | None,
    *,
    series: int = 0,
    unit: int = 0,
    theme: str = "",
    months: int = 12,
    now: datetime | None = None,
) -> LearningPage:
    """Return what the reviews that ``reader`` may follow teach together; the same number of queries for any number."""
    since = (now or timezone.now()) - timedelta(days=round(months * 30.44))
    reviews = Review.objects.visible_to(reader).filter(forum__starts_at__gte=since)
    all_series = ForumSeries.objects.filter(forums__review__in=reviews).distinct().order_by("name")
    all_units = Unit.objects.filter(forums__review__in=reviews).distinct().in_order()
    if series:
        reviews = reviews.filter(forum__series=series)
    if unit:
        reviews = reviews.filter(forum__unit=unit)
    patterns = Pattern.objects.filter(review__in=reviews).exclude(kind=QuestionKind.PROMISE)
    newest = patterns.select_related("review__forum").order_by("-review__forum__starts_at", "position", "pk")
    rows = list(newest[:MOST_PATTERNS])
    said = Answer.objects.revealed().filter(pattern__in=[row.pk for row in rows]).order_by("client_id")
    sentences: dict[int, list[Answer]] = {}
    for answer in said[:MOST_SENTENCES]:
        sentences.setdefault(answer.pattern_id or 0, []).append(answer)
    wanted = fold(theme)
    themes = [one for one in _themes(rows, sentences) if _is_about(one, wanted)]
    return LearningPage(
        coming=[one for one in themes if one.keeps_coming],
        once=[one for one in themes if not one.keeps_coming],
        series=list(all_series),
        units=list(all_units),
        forums=reviews.count(),
    )


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
            home = Theme(row.title, row.kind, label, [], [])
            themes.append(home)
        if row.review.forum not in home.forums:
            home.forums.append(row.review.forum)
        if row.title not in home.titles:
            home.titles.append(row.title)
        home.sentences.extend(said)
    return sorted(themes, key=lambda one: -len(one.forums))


def _same(theme: Theme, row: Pattern) -> bool:
    said = content_words(row.title)
    return any(
        fold(title) == row.theme or likeness(content_words(title), said) >= ALIKE for title in theme.titles
    )


def _is_about(theme: Theme, wanted: str) -> bool:
    if not wanted:
        return True
    return any(wanted in fold(text) for text in (*theme.titles, *(one.words for one in theme.sentences)))
