"""Tags: short words by which notes are found together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.thai.order import order_key
from prakai.thai.slugs import slug

if TYPE_CHECKING:
    from prakai.notes.models.notes import Note


class Tag(models.Model):
    """A tag as first written (``label``) and its identity (``key``): กพร. and ก.พ.ร. are one tag.

    ``same_as`` leads from an alias to the tag that took it over.
    """

    key = models.CharField(max_length=200, unique=True)
    label = models.CharField(max_length=200)
    slug = models.CharField(max_length=250, db_index=True)
    order_key = models.CharField(max_length=500, blank=True, editable=False)
    same_as = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="aliases"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["order_key", "id"], name="tag_in_order", condition=Q(same_as__isnull=True))
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep slug and sorting key true, then save."""
        self.name_well()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The tag's page."""
        return f"/tags/{self.pk}-{self.slug}"

    def name_well(self) -> None:
        """Make slug and sorting key from the label, as ``save`` does; for rows that are made in one go."""
        self.slug = self.slug or slug(self.label, empty="tag")
        self.order_key = order_key(self.label)[:500]


class Tagging(models.Model):
    """A note carries a tag, at a place in its list.

    ``listed_at`` copies the moment of publication while the note stands in lists, so that the newest notes of a tag
    are read from one index; the note's actions keep it true.
    """

    note: models.ForeignKey[Note, Note] = models.ForeignKey(
        "notes.Note", on_delete=models.CASCADE, related_name="taggings"
    )
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")
    place = models.PositiveSmallIntegerField(default=0)
    listed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["place", "pk"]
        indexes: ClassVar = [models.Index(fields=["tag", "-listed_at", "-note"], name="tagging_listed")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "tag"], name="tagged_once")]

    def __str__(self) -> str:
        return f"{self.note_id} #{self.tag_id}"
