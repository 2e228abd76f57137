"""The wall itself: open, change, freeze, thaw, close."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.forums import spark_rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import Forum, Spark, Wall
from prakai.journal.recording import line_of, record, record_all
from prakai.kernel.typed import line
from prakai.people.models import Person

QUESTION = 300


@transaction.atomic
def open_wall(
    forum: Forum,
    *,
    by: Person,
    question: str | None = None,
    is_held: bool | None = None,
    at: datetime | None = None,
) -> Wall:
    """Open the forum's wall, for the first time or again; ``None`` leaves its question and its guard as they are."""
    wall = _hold(forum)
    spark_rules.may_open_wall(by, forum).or_refuse()
    _say(wall, question, is_held)
    if not wall.is_open:
        wall.opened_at, wall.closed_at = at or timezone.now(), None
        wall.save()
        record("wall.opened", wall, by=by, at=at, forum=forum.pk)
    return wall


@transaction.atomic
def change_wall(
    forum: Forum,
    *,
    by: Person,
    question: str | None = None,
    is_held: bool | None = None,
    at: datetime | None = None,
) -> Wall:
    """Change what the wall asks, and whether each spark waits for a look before it is shown."""
    wall = _hold(forum)
    spark_rules.may_keep_wall(by, forum).or_refuse()
    if _say(wall, question, is_held):
        wall.save()
        record("wall.changed", wall, by=by, at=at, forum=forum.pk)
    return wall


@transaction.atomic
def close_wall(forum: Forum, *, by: Person, at: datetime | None = None) -> Wall:
    """Take no more sparks in; what is on the wall stays. Closed already: nothing changes."""
    wall = _hold(forum)
    spark_rules.may_keep_wall(by, forum).or_refuse()
    if wall.is_open:
        wall.closed_at = at or timezone.now()
        wall.save()
        record("wall.closed", wall, by=by, at=at, forum=forum.pk)
    return wall


@transaction.atomic
def freeze_wall(forum: Forum, *, by: Person, at: datetime | None = None) -> Wall:
    """Let the wall stand still, so that the hall can read: what comes from now on waits until it is thawed."""
    wall = _hold(forum)
    spark_rules.may_keep_wall(by, forum).or_refuse()
    if wall.frozen_at is None:
        wall.frozen_at = at or timezone.now()
        wall.save()
        record("wall.frozen", wall, by=by, at=at, forum=forum.pk)
    return wall


@transaction.atomic
def thaw_wall(forum: Forum, *, by: Person, at: datetime | None = None) -> Wall:
    """Let the wall move again; what came while it was frozen is shown now, unless each spark waits for a look."""
    wall = _hold(forum)
    spark_rules.may_keep_wall(by, forum).or_refuse()
    if wall.frozen_at is None:
        return wall
    waited = Spark.objects.filter(
        forum=forum, held_at__gte=wall.frozen_at, hidden_at__isnull=True, withdrawn_at__isnull=True
    ).order_by("pk")
    wall.frozen_at = None
    wall.save()
    record("wall.thawed", wall, by=by, at=at, forum=forum.pk)
    if not wall.is_held and (released := list(waited)):
        Spark.objects.filter(pk__in=[spark.pk for spark in released]).update(held_at=None)
        record_all([line_of("spark.released", spark, by=by, at=at, forum=forum.pk) for spark in released])
    return wall


def _hold(forum: Forum) -> Wall:
    """Read the forum and its wall anew and hold them until the end of the transaction; unsaved when there is none."""
    hold(forum)
    wall = Wall.objects.select_for_update().filter(forum=forum).first() or Wall(forum=forum)
    forum.wall = wall
    return wall


def _say(wall: Wall, question: str | None, is_held: bool | None) -> bool:
    """Write question and guard into ``wall``; return whether one of them is new."""
    before = (wall.question, wall.is_held)
    if question is not None:
        wall.question = line(question, most=QUESTION, field="question")
    if is_held is not None:
        wall.is_held = is_held
    changed = before != (wall.question, wall.is_held)
    if changed and wall.pk is not None:
        wall.save()
    return changed
