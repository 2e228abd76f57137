"""The wall of sparks (ประกาย): small thoughts of those who are there."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.forums.models.forums import Forum
from prakai.forums.models.participants import Participant
from prakai.forums.models.roles import PREPARES, forums_held_by
from prakai.kernel.ids import public_id
from prakai.people.models import Person

SHOWN = Q(held_at__isnull=True, hidden_at__isnull=True, withdrawn_at__isnull=True)


class Wall(models.Model):
    """A forum's wall: open while ``opened_at`` and not ``closed_at``; frozen, what comes waits before it is shown."""

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="wall")
    question = models.CharField(max_length=300, blank=True)
    is_held = models.BooleanField(default=False)  # each spark waits for a look before it is shown
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"wall of {self.forum_id}"

    @property
    def is_open(self) -> bool:
        """Whether sparks are taken in now."""
        return self.opened_at is not None and self.closed_at is None


class SparkGroup(models.Model):
    """Sparks that say something together, under a few words."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="spark_groups")
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class SparkQuerySet(models.QuerySet["Spark"]):
    """Filters on sparks."""

    def shown(self) -> Self:
        """Those that are on the wall: let in, not hidden, not withdrawn."""
        return self.filter(SHOWN)

    def visible_to(self, reader: Person | None) -> Self:
        """Shown sparks of forums that ``reader`` may see, her own in any state, and all of those she prepares."""
        forums = Forum.objects.visible_to(reader).values("pk")
        allowed = SHOWN & Q(forum__in=forums)
        if reader is not None and reader.is_authenticated:
            if reader.is_steward:
                return self
            allowed |= Q(person=reader) | Q(forum__in=forums_held_by(reader, *PREPARES))
        return self.filter(allowed)


class Spark(models.Model):
    """At most 240 letters and a picture, said once: ``client_id`` is made on the phone; a second post is the same.

    ``name`` is empty when its author does not want to be named; then nobody is told ``person``, not even who prepares
    the day.
    ``token_hash`` lets that author claim it later. ``held_at``, ``hidden_at``, ``pinned_at`` are states of today.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="sparks")
    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    client_id = models.CharField(max_length=36)
    token_hash = models.CharField(max_length=64, blank=True)
    words = models.CharField(max_length=2000, blank=True)
    picture = models.ImageField(upload_to="sparks/", blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="sparks"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="sparks"
    )
    name = models.CharField(max_length=120, blank=True)
    builds_on = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="continuations"
    )
    group = models.ForeignKey(
        SparkGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="sparks"
    )
    at = models.DateTimeField(default=timezone.now)
    held_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    pinned_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = SparkQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["forum", "id"], name="spark_on_wall", condition=SHOWN),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "client_id"], name="spark_thrown_once"),
        ]

    def __str__(self) -> str:
        return self.words[:60]

    def get_absolute_url(self) -> str:
        """Its place among the sparks of its wall."""
        return f"/forums/{self.forum_id}/wall/list#s-{self.public_id}"


class SparkHiding(models.Model):
    """Somebody who runs the day took a spark off the wall, because of something; undone when ``undone_at`` is set."""

    spark = models.ForeignKey(Spark, on_delete=models.CASCADE, related_name="hidings")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["spark"], condition=Q(undone_at__isnull=True), name="spark_hidden_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spark_id} hidden {self.at}"


class Echo(models.Model):
    """ "Same here" (เหมือนกัน): one phone says so once to a spark; ``phone`` is a hash of what that phone keeps."""

    spark = models.ForeignKey(Spark, on_delete=models.CASCADE, related_name="echoes")
    phone = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["spark", "phone"], name="echoed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.spark_id} {self.at}"
