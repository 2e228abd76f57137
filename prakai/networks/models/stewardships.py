"""Stewardships: who looks after a network, from when to when."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models import Person


class Care(models.TextChoices):
    """In which way somebody looks after a network. Both may do the same; it says whom to ask for what."""

    STEWARD = "steward", pgettext_lazy("network care", "steward (gives it room)")
    COORDINATOR = "coordinator", pgettext_lazy("network care", "coordinator (keeps people in touch)")


class StewardshipQuerySet(models.QuerySet["Stewardship"]):
    """Filters on stewardships."""

    def standing(self) -> Self:
        """Those that last."""
        return self.filter(ended_at__isnull=True)


class Stewardship(models.Model):
    """Somebody looks after a network, until it ends."""

    network = models.ForeignKey("networks.Network", on_delete=models.CASCADE, related_name="stewardships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="network_stewardships")
    care = models.CharField(max_length=12, choices=Care.choices, default=Care.STEWARD)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = StewardshipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "person", "care"],
                condition=Q(ended_at__isnull=True),
                name="network_looked_after_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} looks after {self.network_id}"
