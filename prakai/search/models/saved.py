"""Saved searches: a question that somebody wants to be told about when something new answers it."""

from __future__ import annotations

from typing import ClassVar, Self
from urllib.parse import urlencode

from django.db import models
from django.utils import timezone

from prakai.kernel.ids import public_id
from prakai.people.models import Person


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Filters on saved searches."""

    def visible_to(self, reader: Person | None) -> Self:
        """Her own: what somebody looks for is nobody else's matter."""
        if reader is None or not reader.is_authenticated:
            return self.none()
        return self.filter(person=reader)


class SavedSearch(models.Model):
    """A query with its chosen facets. Its person has been told of what is new up to ``told_until``."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_searches")
    text = models.CharField(max_length=400)
    chosen = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    by_letter = models.BooleanField(default=True)
    told_until = models.DateTimeField(default=timezone.now)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "-saved_at"], name="saved_by_person"),
            # Whoever was told at the same moment stands in order, too: else all of them are sorted for each turn.
            models.Index(
                fields=["told_until", "id"], name="saved_in_turn", condition=models.Q(by_letter=True)
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "text", "chosen"], name="search_saved_once"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Where the search is asked again, newest first."""
        # Sorted: PostgreSQL keeps the facets in an order of its own.
        chosen = [(facet, value) for facet, values in sorted(self.chosen.items()) for value in values]
        return f"/search?{urlencode([('q', self.text), *chosen, ('sort', 'newest')])}"

    @property
    def feed_address(self) -> str:
        """Where its feed is: known to whom she tells it, and with nothing in it that visitors may not see."""
        return f"/searches/{self.public_id}.xml"
