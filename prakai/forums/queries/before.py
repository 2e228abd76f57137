"""What the team sees before the day: its own answers, and what earlier forums of the series taught."""

from __future__ import annotations

from dataclasses import dataclass, field

from prakai.forums.models import BeforeReview, Forum
from prakai.forums.queries.forums import forums_before
from prakai.forums.queries.people import who_prepares
from prakai.people.models import Person


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
    return [EarlierForum(earlier) for earlier in forums_before(forum, reader)]
