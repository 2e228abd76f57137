"""The network, its charter in all its versions, and its times of rest."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.kernel.ids import public_id
from prakai.kernel.names import TwoNames
from prakai.networks.models.memberships import Membership
from prakai.networks.models.stewardships import Stewardship
from prakai.people.models import Person
from prakai.thai.order import order_key
from prakai.thai.slugs import slug


class NetworkQuerySet(models.QuerySet["Network"]):
    """Filters on networks."""

    def visible_to(self, reader: Person | None) -> Self:
        """All networks: what they are for and which units belong to them is public."""
        return self

    def awake(self) -> Self:
        """Those that do not rest."""
        return self.filter(rested_at__isnull=True)

    def belonging_to(self, person: Person | None) -> Self:
        """Networks that ``person`` belongs to today: for herself, by a unit of hers, or as one of its stewards.

        A unit of hers is one in which she has a confirmed appointment, or one above it.
        """
        if person is None or not person.is_authenticated or not person.is_active:
            return self.none()
        # Each way is answered by an index; asked in one go, every network would be looked at.
        members = Membership.objects.standing()
        ways = (
            members.filter(unit__in=person.unit_circle).values("network"),
            Stewardship.objects.standing().filter(person=person).values("network"),
        )
        return self.filter(pk__in=members.filter(person=person).values("network").union(*ways))

    def of_unit(self, unit_id: int) -> Self:
        """Networks of which this unit itself is a member now."""
        return self.filter(pk__in=Membership.objects.standing().filter(unit=unit_id).values("network"))

    def in_order(self) -> Self:
        """In the order of the Thai dictionary."""
        return self.order_by("order_key", "pk")


class Network(TwoNames, models.Model):
    """A network. ``purpose`` copies the charter of today and ``rested_at`` the ``Rest`` that lasts, for lists."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name_th = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    slug = models.CharField(max_length=250, blank=True)
    purpose = models.TextField(blank=True)
    order_key = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    founded_at = models.DateTimeField(default=timezone.now)
    rested_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name_th"], name="network_named_once")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the address and the sorting key true, then save."""
        self.slug = slug(self.name_th, empty="network")[:250]
        self.order_key = order_key(self.name_th)[:500]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The permanent address: the number decides, the Thai name decorates."""
        return f"/networks/{self.pk}-{self.slug}" if self.slug else f"/networks/{self.pk}"


class Charter(models.Model):
    """What a network agreed on, as it was written at one moment; the newest is in force, older ones stay.

    ``purpose`` says which work shall become better, ``promises`` what all members do together for it, ``manners``
    how they treat what is told among them.
    """

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="charters")
    number = models.PositiveIntegerField()
    purpose = models.TextField()
    promises = models.TextField(blank=True)
    manners = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "number"], name="charter_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id}, charter {self.number}"


class Rest(models.Model):
    """A network rests: it keeps all that it has, and begins nothing new, until somebody wakes it."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="rests")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network"], condition=Q(woken_at__isnull=True), name="network_rests_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} rests since {self.at}"
