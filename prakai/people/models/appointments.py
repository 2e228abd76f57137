"""Appointments: who holds which position in which unit, from when to when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
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

    def confirmed(self) -> Self:
        """Appointments that count: what a unit writes for itself is read by these alone."""
        return self.filter(confirmed_at__isnull=False)

    def waiting(self) -> Self:
        """Appointments that a person stated herself and that nobody of the unit has confirmed yet."""
        return self.filter(confirmed_at__isnull=True)

    def newest_first(self) -> Self:
        """Those that last first, then by the day they began."""
        return self.order_by(F("until_on").desc(nulls_first=True), F("from_on").desc(nulls_last=True), "-pk")


class Appointment(models.Model):
    """A person's position in a unit. ``until_on`` is the last day of it; empty while it lasts.

    ``confirmed_at`` is empty while only she herself says so: then it is shown as hers, but opens no door.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    position_th = models.CharField(max_length=160, blank=True)
    position_en = models.CharField(max_length=160, blank=True)
    is_head = models.BooleanField(default=False)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True, default=timezone.now)
    confirmed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

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

    def holds(self, on: date | None = None) -> bool:
        """Return whether it is in force on a day (today if none is given): ``holding``, for one."""
        day = on or timezone.localdate()
        return (self.from_on is None or self.from_on <= day) and (
            self.until_on is None or self.until_on >= day
        )

    @property
    def position(self) -> str:
        """The position in the language of the moment."""
        if (get_language() or "th").startswith("en"):
            return self.position_en or self.position_th
        return self.position_th or self.position_en
