"""Ways to join: invitations, e-mail domains, and the approval of those who asked."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.kernel.ids import public_id
from prakai.people.models.persons import Person
from prakai.units.models import Unit


class Joining(models.TextChoices):
    """Who may join this place."""

    OPEN = "open", pgettext_lazy("joining", "everybody")
    APPROVAL = "approval", pgettext_lazy("joining", "everybody whom a steward lets in")
    INVITATION = "invitation", pgettext_lazy("joining", "who was invited")
    DOMAIN = "domain", pgettext_lazy("joining", "who has an e-mail address of a known domain")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Filters on invitations."""

    def open(self, at: datetime | None = None) -> Self:
        """Those by which somebody may still join: ``Invitation.is_open``, for many."""
        now = at or timezone.now()
        return self.filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now)).filter(
            revoked_at__isnull=True, uses__lt=F("most_uses")
        )


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

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.token

    def get_absolute_url(self) -> str:
        """The link that is given away."""
        return f"/join/{self.token}"

    def is_open(self, at: datetime | None = None) -> bool:
        """Return whether somebody may still join by it."""
        now = at or timezone.now()
        return (
            self.revoked_at is None
            and self.uses < self.most_uses
            and (self.expires_at is None or self.expires_at > now)
        )


class EmailDomainQuerySet(models.QuerySet["EmailDomain"]):
    """Filters on domains."""

    def covering(self, email: str) -> Self:
        """Domains that ``email`` belongs to, itself or as a subdomain; the narrowest first."""
        _, at_sign, domain = email.strip().lower().rpartition("@")
        if not at_sign or not domain:
            return self.none()
        steps = domain.split(".")
        return self.filter(domain__in=[".".join(steps[n:]) for n in range(len(steps))]).order_by(
            Length("domain").desc()
        )


class EmailDomain(models.Model):
    """A domain whose addresses may join without asking (``go.th`` covers ``moph.go.th``)."""

    domain = models.CharField(max_length=200, unique=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = EmailDomainQuerySet.as_manager()

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
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.person}: {self.approved}"
