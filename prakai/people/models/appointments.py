"""Appointments: who holds which position in which unit, from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from prakai.people.models.persons import Person
from prakai.units.models import Unit


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Filters on appointments."""

    def holding(self, on: date) -> Self:
        """Appointments in force on a day."""
        return self.filter(
            Q(from_on__isnull=True) | Q(from_on__lte=on), Q(until_on__isnull=True) | Q(until_on__gte=on)
        )


class Appointment(models.Model):
    """A person's position in a unit. ``until_on`` is the last day of it; empty while it lasts."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    position_th = models.CharField(max_length=160, blank=True)
    position_en = models.CharField(max_length=160, blank=True)
    is_head = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "until_on"], name="appointment_by_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="appointment_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.position} ({self.unit})"

    @property
    def position(self) -> str:
        """The position in the language of the moment."""
        if (get_language() or "th").startswith("en"):
            return self.position_en or self.position_th
        return self.position_th or self.position_en
