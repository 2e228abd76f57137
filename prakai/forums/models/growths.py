"""Growths: a spark or a story becomes a note of the person who said it, when she was asked and agreed."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from prakai.forums.models.sparks import Spark
from prakai.forums.models.stories import Story
from prakai.notes.models import Note
from prakai.people.models import Person


class GrowthQuerySet(models.QuerySet["Growth"]):
    """Filters on growths."""

    def waiting(self) -> Self:
        """Asked and not answered yet."""
        return self.filter(answered_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """Traces of which ``reader`` may read both ends."""
        note = Note.objects.visible_to(reader).filter(pk=OuterRef("note"))
        story = Story.objects.visible_to(reader).filter(pk=OuterRef("story"))
        spark = Spark.objects.visible_to(reader).filter(pk=OuterRef("spark"))
        return self.filter(Q(Exists(note)) & (Q(Exists(story)) | Q(Exists(spark))))

    def readable_by(self, reader: Person | None) -> Self:
        """The same for lists: notes that are published, out of what stands at the forum now."""
        note = Note.objects.readable_by(reader).filter(pk=OuterRef("note"))
        story = Story.objects.standing().visible_to(reader).filter(pk=OuterRef("story"))
        spark = Spark.objects.shown().visible_to(reader).filter(pk=OuterRef("spark"))
        return self.filter(Q(Exists(note)) & (Q(Exists(story)) | Q(Exists(spark))))


class Growth(models.Model):
    """Somebody asked the one who told it whether it may grow into a note; ``note`` is set when she agreed.

    ``author`` is who is asked, and whose note it becomes; ``None`` while a spark without a name is asked about: then
    the phone that threw it knows, or who claims it.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, null=True, blank=True, related_name="growths")
    spark = models.ForeignKey(Spark, on_delete=models.CASCADE, null=True, blank=True, related_name="growths")
    author = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="growths"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.OneToOneField(
        Note, on_delete=models.SET_NULL, null=True, blank=True, related_name="grown_from"
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = GrowthQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(story__isnull=False, spark__isnull=True)
                | Q(story__isnull=True, spark__isnull=False),
                name="growth_of_one_thing",
            ),
            models.UniqueConstraint(fields=["story"], name="story_grows_once"),
            models.UniqueConstraint(fields=["spark"], name="spark_grows_once"),
        ]

    def __str__(self) -> str:
        return f"{self.story_id or self.spark_id} → {self.note_id}"

    def get_absolute_url(self) -> str:
        """Where it is asked and answered."""
        if self.spark is not None:
            return f"/forums/{self.spark.forum_id}/wall/sparks/{self.spark.public_id}"
        return self.thing.get_absolute_url()

    @property
    def thing(self) -> Story | Spark:
        """What it grows out of."""
        found = self.story or self.spark
        assert found is not None  # by the constraint
        return found
