"""What becomes of the stories and sparks of a person who asks to be forgotten: part of ``person.erased``."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from prakai.forums.models import Circle, Growth, Nugget, Spark, Story, StoryWithdrawal
from prakai.forums.models.stories import PARTS
from prakai.forums.wording import SOMEBODY


@transaction.atomic
def forget_words(person_id: int, *, name: str, emptied: bool, at: datetime) -> None:
    """Let what she told stand under her name as words, or under none; or take it away, with what was marked in it."""
    stories = Story.objects.filter(person=person_id)
    sparks = Spark.objects.filter(person=person_id)
    if emptied:
        for story in stories:
            _empty_story(story, at)
        for spark in sparks:
            _empty_spark(spark, at)
    elif not name:
        sparks.update(name="")
    if not name:
        stories.update(teller_name=SOMEBODY)
    stories.update(person=None, participant=None)
    sparks.update(person=None, participant=None)
    Growth.objects.filter(author=person_id, answered_at__isnull=True).delete()
    Story.objects.filter(recorder=person_id).update(recorder=None)
    Circle.objects.filter(facilitator=person_id).update(facilitator=None)
    Circle.objects.filter(recorder=person_id).update(recorder=None)


def _empty_story(story: Story, at: datetime) -> None:
    for part in PARTS:
        setattr(story, part, "")
    story.title = "…"
    if story.withdrawn_at is None:
        StoryWithdrawal.objects.create(story=story, by=None, at=at)
        story.withdrawn_at = at
    StoryWithdrawal.objects.filter(story=story).update(because="", by=None)
    story.save()
    Nugget.objects.filter(story=story).update(verbatim="", paraphrase="")
    Nugget.objects.filter(story=story, gone_at__isnull=True).update(gone_at=at)


def _empty_spark(spark: Spark, at: datetime) -> None:
    picture = spark.picture.name
    if picture:
        store = spark.picture.storage
        transaction.on_commit(lambda: store.delete(picture))
    spark.words = spark.name = spark.picture = ""
    spark.withdrawn_at = spark.withdrawn_at or at
    spark.save()
