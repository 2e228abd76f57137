"""Withdrawing a story, with its nuggets; bringing it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.forums import story_rules as rules
from prakai.forums.models import Story, StoryWithdrawal
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def withdraw_story(
    story: Story, *, by: Person, because: str = "", at: datetime | None = None
) -> StoryWithdrawal:
    """Take a story back: nobody reads it or its nuggets, and cores that stood on it say that their support changed."""
    story.refresh_from_db(from_queryset=Story.objects.select_for_update())
    rules.may_withdraw_story(by, story).or_refuse()
    known = StoryWithdrawal.objects.filter(story=story, undone_at__isnull=True).first()
    if known is not None:
        return known
    reason = line(because, most=200, field="because")
    moment = at or timezone.now()
    withdrawal = StoryWithdrawal.objects.create(story=story, by=by, at=moment, because=reason)
    story.withdrawn_at = moment
    story.save(update_fields=["withdrawn_at"])
    record("story.withdrawn", story, by=by, at=at, forum=story.forum_id)
    return withdrawal


@transaction.atomic
def return_story(story: Story, *, by: Person, at: datetime | None = None) -> Story:
    """Bring a withdrawn story back, with its nuggets; one that stands stays as it is."""
    story.refresh_from_db(from_queryset=Story.objects.select_for_update())
    if story.withdrawn_at is None:
        rules.may_withdraw_story(by, story).or_refuse()
        return story
    rules.may_return_story(by, story).or_refuse()
    StoryWithdrawal.objects.filter(story=story, undone_at__isnull=True).update(undone_at=at or timezone.now())
    story.withdrawn_at = None
    story.save(update_fields=["withdrawn_at"])
    record("story.returned", story, by=by, at=at, forum=story.forum_id)
    return story
