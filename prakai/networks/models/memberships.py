"""Memberships: which units and people belong to a network, since both sides agreed."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils import timezone

from prakai.networks.models.stewardships import Stewardship
from prakai.people.models import Appointment, Person
from prakai.units.models import Unit

ONE_OF_TWO = Q(unit__isnull=False, person__isnull=True) | Q(unit__isnull=True, person__isnull=False)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Filters on memberships."""

    def standing(self) -> Self:
        """Those that both sides agreed to, and that last."""
        return self.filter(began_at__isnull=False, ended_at__isnull=True)

    def waiting(self) -> Self:
        """Those that one side wants and the other has not answered."""
        return self.filter(began_at__isnull=True, ended_at__isnull=True)

    def lasting(self) -> Self:
        """Standing and waiting ones together."""
        return self.filter(ended_at__isnull=True)

    def answered_by(self, person: Person) -> Self:
        """Waiting ones that ``person`` may answer today: ``may_answer``, for many."""
        today = timezone.localdate()
        held = Appointment.objects.holding(today).confirmed().filter(person=person)
        here = ExpressionWrapper(OuterRef("unit__path"), output_field=models.CharField())
        leads = held.filter(is_head=True).annotate(here=here)
        speaks = Q(Exists(held.filter(unit=OuterRef("unit"))))
        speaks |= Q(Exists(leads.filter(here__startswith=F("unit__path"))))
        tends = Q(Exists(Stewardship.objects.standing().filter(person=person, network=OuterRef("network"))))
        if person.is_steward:
            speaks, tends = Q(unit__isnull=False), Q()
        speaks &= Q(unit__valid_to__isnull=True) | Q(unit__valid_to__gte=today)
        invited = Q(agreed_at__isnull=True) & (Q(person=person) | speaks)
        rows = self.waiting().filter(network__rested_at__isnull=True)
        return rows.filter(invited | (Q(invited_at__isnull=True) & tends))


class Membership(models.Model):
    """A unit, or a person for herself, in a network.

    ``invited_at`` is when the network said yes, ``agreed_at`` when the member did (``agreed_by`` for a unit is who
    spoke for it); ``began_at`` is the later of the two. ``ended_at`` ends it, or what never began.
    """

    network = models.ForeignKey("networks.Network", on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="network_memberships"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="network_memberships"
    )
    invited_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    invited_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_OF_TWO, name="membership_of_unit_or_person"),
            models.CheckConstraint(
                condition=Q(began_at__isnull=True) | Q(invited_at__isnull=False, agreed_at__isnull=False),
                name="membership_began_when_both_agreed",
            ),
            models.UniqueConstraint(
                fields=["network", "unit"], condition=Q(ended_at__isnull=True), name="unit_in_network_once"
            ),
            models.UniqueConstraint(
                fields=["network", "person"],
                condition=Q(ended_at__isnull=True),
                name="person_in_network_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit or self.person} in {self.network_id}"

    def get_absolute_url(self) -> str:
        """Where it is answered, and where one reads what became of it."""
        return f"/networks/{self.network_id}/members/{self.pk}"

    @property
    def first_by(self) -> int | None:
        """The person who said yes first: who invited, or who asked."""
        if self.agreed_at is None or (self.invited_at is not None and self.invited_at <= self.agreed_at):
            return self.invited_by_id
        return self.agreed_by_id

    def begin_when_agreed(self) -> bool:
        """Let it begin when both sides have said yes, and return whether it begins now; does not save."""
        if self.began_at is not None or self.invited_at is None or self.agreed_at is None:
            return False
        self.began_at = max(self.invited_at, self.agreed_at)
        return True
