"""Tending the wall: let in, hide with a reason, show again, pin, put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import spark_rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import Forum, Spark, SparkGroup, SparkHiding
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person

BECAUSE = 300
GROUP = 80


@transaction.atomic
def release_spark(spark: Spark, *, by: Person, at: datetime | None = None) -> Spark:
    """Let a spark that waits onto the wall. One that does not wait stays as it is."""
    _hold(spark, by)
    if spark.held_at is not None:
        spark.held_at = None
        spark.save(update_fields=["held_at"])
        record("spark.released", spark, by=by, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def hide_spark(spark: Spark, *, by: Person, because: str, at: datetime | None = None) -> Spark:
    """Take a spark off the wall, because of something that its author can read; it can be shown again."""
    _hold(spark, by)
    reason = line(because, most=BECAUSE, field="because")
    if not reason:
        raise ValidationError({"because": pgettext("spark error", "Please say why: its author reads it.")})
    if spark.hidden_at is None:
        moment = at or timezone.now()
        SparkHiding.objects.create(spark=spark, by=by, at=moment, because=reason)
        spark.hidden_at, spark.pinned_at = moment, None
        spark.save(update_fields=["hidden_at", "pinned_at"])
        record("spark.hidden", spark, by=by, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def show_spark(spark: Spark, *, by: Person, at: datetime | None = None) -> Spark:
    """Put a hidden spark back on the wall. One that is not hidden stays as it is."""
    _hold(spark, by)
    if spark.hidden_at is not None:
        SparkHiding.objects.filter(spark=spark, undone_at__isnull=True).update(undone_at=at or timezone.now())
        spark.hidden_at = spark.held_at = None
        spark.save(update_fields=["hidden_at", "held_at"])
        record("spark.shown", spark, by=by, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def pin_spark(spark: Spark, *, by: Person, at: datetime | None = None) -> Spark:
    """Keep a spark at the head of the wall, so that the hall can talk about it. It has to be on the wall."""
    _hold(spark, by)
    if not spark_rules.is_shown(spark):
        spark_rules.GONE.or_refuse()
    if spark.pinned_at is None:
        spark.pinned_at = at or timezone.now()
        spark.save(update_fields=["pinned_at"])
        record("spark.pinned", spark, by=by, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def unpin_spark(spark: Spark, *, by: Person, at: datetime | None = None) -> Spark:
    """Let a pinned spark go back among the others."""
    _hold(spark, by)
    if spark.pinned_at is not None:
        spark.pinned_at = None
        spark.save(update_fields=["pinned_at"])
        record("spark.unpinned", spark, by=by, at=at, forum=spark.forum_id)
    return spark


@transaction.atomic
def group_sparks(
    forum: Forum,
    sparks: Iterable[Spark],
    *,
    by: Person,
    title: str = "",
    at: datetime | None = None,
) -> SparkGroup | None:
    """Put sparks of ``forum`` together under ``title``, and return their group; without a title, take them apart.

    A group that bears the title already takes them in. A group that nobody is in any more is gone.
    """
    hold(forum)
    spark_rules.may_keep_wall(by, forum).or_refuse()
    chosen = list(
        Spark.objects.filter(forum=forum, pk__in=[spark.pk for spark in sparks], withdrawn_at__isnull=True)
    )
    words = line(title, most=GROUP, field="title")
    if not chosen:
        raise ValidationError({"sparks": pgettext("spark error", "Please choose some sparks first.")})
    group = _group(forum, words, by, at or timezone.now()) if words else None
    changed = [spark for spark in chosen if spark.group_id != (group.pk if group else None)]
    Spark.objects.filter(pk__in=[spark.pk for spark in changed]).update(group=group)
    named = {"group": group.pk} if group else {}
    for one in changed:
        record("spark.grouped", one, by=by, at=at, forum=forum.pk, **named)
    SparkGroup.objects.filter(forum=forum, sparks__isnull=True).delete()
    return group


def _group(forum: Forum, title: str, by: Person, at: datetime) -> SparkGroup:
    known = SparkGroup.objects.filter(forum=forum, title=title).first()
    if known is not None:
        return known
    last = SparkGroup.objects.filter(forum=forum).order_by("-position").first()
    position = last.position + 1 if last is not None else 1
    return SparkGroup.objects.create(forum=forum, title=title, position=position, by=by, at=at)


def _hold(spark: Spark, by: Person) -> None:
    """Ask the rule, read the spark anew and hold it until the end of the transaction; withdrawn, it is gone."""
    spark_rules.may_keep_wall(by, spark.forum).or_refuse()
    spark.refresh_from_db(from_queryset=Spark.objects.select_for_update())
    if spark.withdrawn_at is not None:
        spark_rules.GONE.or_refuse()
