"""Words that mean the same to those who search: กพร., ก.พ.ร., OPDC, สำนักงานคณะกรรมการพัฒนาระบบราชการ."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils import timezone

from prakai.people.models import Person


class EquivalentsQuerySet(models.QuerySet["Equivalents"]):
    """Filters on equivalents."""

    def standing(self) -> Self:
        """Those that nobody has struck out."""
        return self.filter(struck_at__isnull=True)


class Equivalents(models.Model):
    """One line of the stewards' list: two or more ways to write one thing, each on a line of ``words``."""

    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    struck_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)

    objects = EquivalentsQuerySet.as_manager()

    def __str__(self) -> str:
        return " ≡ ".join(self.forms)

    @property
    def forms(self) -> tuple[str, ...]:
        """The ways to write it, as a steward wrote them; ``~`` before one says that it stands for other things, too."""
        return tuple(self.words.split("\n"))
