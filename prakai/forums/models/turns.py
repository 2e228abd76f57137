"""Turns: who tells in a circle, and since when, so that every phone of the circle shows the same clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.forums.models.circles import Circle
from prakai.forums.models.participants import Participant
from prakai.people.models import Person

TELLING: Final = timedelta(minutes=5)
ASKING: Final = timedelta(minutes=3)
FORGOTTEN: Final = timedelta(hours=6)


class TurnQuerySet(models.QuerySet["Turn"]):
    """Filters on turns."""

    def standing(self, at: datetime | None = None) -> Self:
        """Those that nobody ended, and that were not forgotten: begun within the last 6 hours."""
        moment = at or timezone.now()
        return self.filter(ended_at__isnull=True, began_at__gt=moment - FORGOTTEN, began_at__lte=moment)


class Turn(models.Model):
    """Somebody of a circle tells: 5 minutes, then the others ask for 3. Begun by whoever of the circle pressed."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="turns")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="turns")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["circle", "began_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["circle"], condition=Q(ended_at__isnull=True), name="one_turn_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} tells in {self.circle_id}"

    @property
    def tells_until(self) -> datetime:
        """When the others may ask."""
        return self.began_at + TELLING

    @property
    def asks_until(self) -> datetime:
        """When the next one tells."""
        return self.began_at + TELLING + ASKING
