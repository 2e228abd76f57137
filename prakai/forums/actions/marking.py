"""Marking nuggets in a story, saying them in other words, taking a mark away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import story_rules as rules
from prakai.forums.models import PARTS, Nugget, Story
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person
from prakai.thai.graphemes import count

LONGEST: Final = 600


@transaction.atomic
def mark_nugget(
    story: Story,
    *,
    part: str,
    start: int,
    end: int,
    version: int,
    by: Person,
    is_demo: bool = False,
    at: datetime | None = None,
) -> Nugget:
    """Mark what stands from ``start`` to ``end`` in ``part`` of a story at ``version``; marked again it is the same.

    Raises ``ValidationError`` when the story has changed since, or something there is marked already.
    """
    story.refresh_from_db(from_queryset=Story.objects.select_for_update())
    rules.may_mark(by, story).or_refuse()
    if story.version != version:
        raise ValidationError(
            pgettext("story error", "This story was changed meanwhile; please choose the sentence once more.")
        )
    if part not in PARTS:
        raise ValidationError(pgettext("story error", "Please choose a sentence first."))
    start, end = _trimmed(getattr(story, part), start, end)
    standing = Nugget.objects.filter(story=story, part=part, gone_at__isnull=True)
    for other in standing.filter(start__lt=end, end__gt=start):
        if (other.start, other.end) == (start, end):
            return other
        raise ValidationError(pgettext("story error", "A part of this is marked already."))
    nugget = Nugget.objects.create(
        story=story,
        part=part,
        start=start,
        end=end,
        verbatim=getattr(story, part)[start:end],
        by=by,
        at=at or timezone.now(),
        is_demo=is_demo,
    )
    record("nugget.marked", nugget, by=by, at=at, forum=story.forum_id, story=story.pk)
    return nugget


@transaction.atomic
def mark_nuggets(
    story: Story,
    places: Iterable[tuple[str, int, int]],
    *,
    version: int,
    by: Person,
    together: bool = False,
    at: datetime | None = None,
) -> list[Nugget]:
    """Mark several places (part, start, end) of a story, each as a nugget; ``together`` as one, from first to last.

    All or none; raises as ``mark_nugget`` does, and when what goes together stands in two parts.
    """
    chosen = sorted(places)
    if not chosen:
        raise ValidationError(pgettext("story error", "Please choose a sentence first."))
    if together:
        if len({part for part, _, _ in chosen}) > 1:
            raise ValidationError(
                pgettext(
                    "story error", "One nugget stands in one part; please choose sentences beside each other."
                )
            )
        chosen = [(chosen[0][0], chosen[0][1], max(end for _, _, end in chosen))]
    return [
        mark_nugget(story, part=part, start=start, end=end, version=version, by=by, at=at)
        for part, start, end in chosen
    ]


@transaction.atomic
def word_nugget(nugget: Nugget, paraphrase: str, *, by: Person, at: datetime | None = None) -> Nugget:
    """Say a nugget in other words beside its own; empty takes them away."""
    nugget.refresh_from_db(from_queryset=Nugget.objects.select_for_update(of=("self",)))
    rules.may_word(by, nugget).or_refuse()
    nugget.paraphrase = line(paraphrase, most=240, field="paraphrase")
    nugget.save(update_fields=["paraphrase"])
    record("nugget.worded", nugget, by=by, at=at, forum=nugget.story.forum_id)
    return nugget


@transaction.atomic
def drop_nugget(nugget: Nugget, *, by: Person, at: datetime | None = None) -> None:
    """Take a mark away; the sentence stays in its story."""
    rules.may_word(by, nugget).or_refuse()
    record("nugget.dropped", nugget, by=by, at=at, forum=nugget.story.forum_id)
    nugget.delete()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place without spaces at its ends; raise ``ValidationError`` when nothing, or too much, is left."""
    words = text[start:end] if 0 <= start < end <= len(text) else ""
    if not words.strip():
        raise ValidationError(pgettext("story error", "Please choose a sentence first."))
    if count(words) > LONGEST:
        raise ValidationError(
            pgettext("story error", "That is a long piece. A nugget is one sentence or two that say how.")
        )
    start += len(words) - len(words.lstrip())
    return start, start + len(words.strip())
