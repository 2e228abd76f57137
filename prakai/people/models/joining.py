"""Ways to join: invitations, e-mail domains, and the approval of those who asked."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone

from prakai.kernel.ids import public_id
from prakai.people.models.persons import Person
from prakai.units.models import Unit


class Invitation(models.Model):
    """A link that lets somebody join, a number of times, until a moment."""

    token = models.CharField(max_length=24, unique=True, default=public_id)
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    most_uses = models.PositiveIntegerField(default=1)
    uses = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.token

    def is_open(self, at: datetime | None = None) -> bool:
        """Return whether somebody may still join by it."""
        now = at or timezone.now()
        return (
            self.revoked_at is None
            and self.uses < self.most_uses
            and (self.expires_at is None or self.expires_at > now)
        )


class EmailDomain(models.Model):
    """A domain whose addresses may join without asking (``go.th`` covers ``moph.go.th``)."""

    domain = models.CharField(max_length=200, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.domain


class Approval(models.Model):
    """A request to join that a steward decides. The person is inactive until ``approved`` is true."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="approval")
    asked_at = models.DateTimeField(default=timezone.now)
    because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    approved = models.BooleanField(null=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.approved}"
