"""What the team sees before the day: its own answers, and what earlier forums of the series taught."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from prakai.forums.models import Answer, BeforeReview, Forum, Pattern, QuestionKind, Review
from prakai.forums.queries.forums import forums_before
from prakai.forums.queries.people import who_prepares
from prakai.people.models import Person

MOST_LESSONS: Final = 7


@dataclass(frozen=True, slots=True)
class EarlierForum:
    """An earlier forum of the series. ``lessons`` are the sentences of its review that say what to change."""

    forum: Forum
    lessons: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class BeforePage:
    """The page before the day."""

    review: BeforeReview
    earlier: list[EarlierForum]
    preparing: list[tuple[str, list[Person]]]


def before_page(forum: Forum, reader: Person) -> BeforePage:
    """Return the page before the day, for those who prepare it."""
    review = BeforeReview.objects.select_related("by").filter(forum=forum).first()
    return BeforePage(
        review or BeforeReview(forum=forum), earlier_in_series(forum, reader), who_prepares(forum)
    )


def earlier_in_series(forum: Forum, reader: Person | None) -> list[EarlierForum]:
    """Return the earlier forums of the series that ``reader`` may see, the latest first, with what they taught."""
    earlier = forums_before(forum, reader)
    lessons = _lessons([one.pk for one in earlier], reader)
    return [EarlierForum(one, lessons[one.pk][:MOST_LESSONS]) for one in earlier]


def _lessons(forums: Sequence[int], reader: Person | None) -> dict[int, list[str]]:
    """Return what the reviews of ``forums`` say to change, as far as ``reader`` follows them; two queries.

    Patterns come first, for many said them; then the sentences that stand alone.
    """
    found: dict[int, list[str]] = defaultdict(list)
    open_reviews = Review.objects.visible_to(reader).filter(forum__in=forums)
    patterns = Pattern.objects.filter(review__in=open_reviews, kind=QuestionKind.CHANGE)
    alone = Answer.objects.revealed().filter(
        question__review__in=open_reviews, question__kind=QuestionKind.CHANGE, pattern__isnull=True
    )
    said = (
        *patterns.order_by("position", "pk").values_list("review__forum", "title"),
        *alone.order_by("pk").values_list("question__review__forum", "words"),
    )
    for forum_id, words in said:
        if words not in found[forum_id]:
            found[forum_id].append(words)
    return found
