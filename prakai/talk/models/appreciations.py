"""Appreciation: what I saw, what it did, and whether I want to learn it. Words, never a count."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.people.models import Appointment, Person
from prakai.talk.models.conversations import Conversation, hosted_by, open_to
from prakai.units.models import Unit


class AppreciationQuerySet(models.QuerySet["Appreciation"]):
    """Filters on appreciations."""

    def visible_to(self, reader: Person | None) -> Self:
        """Shown ones about what ``reader`` may see; who gave or received one also sees it while it is private.

        It is received by the person, by the hosts of the conversation, or by those who lead the unit today.
        """
        shown = Q(is_private=False, kept_at__isnull=True)
        shown &= Q(conversation__isnull=True) | open_to(reader, "conversation")
        standing = self.filter(withdrawn_at__isnull=True)
        if reader is None or not reader.is_authenticated or not reader.is_active:
            # A page that its person shows to members alone is not quoted to visitors.
            return standing.filter(
                shown, Q(person__isnull=True) | Q(person__is_listed=True, person__is_active=True)
            )
        received = (
            Q(person=reader)
            | Q(conversation__in=hosted_by(reader))
            | Q(unit__in=led_by(reader).values("unit"))
        )
        return standing.filter(shown | Q(by=reader) | received)


def led_by(person: Person) -> models.QuerySet[Appointment]:
    """Return the confirmed appointments by which ``person`` leads a unit today."""
    return Appointment.objects.holding(timezone.localdate()).confirmed().filter(person=person, is_head=True)


class Appreciation(models.Model):
    """Given to what a conversation is about, to a person, or to a unit.

    ``is_private`` is the wish of who gave it, ``kept_at`` that of who received it; it is shown when neither keeps it.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, null=True, blank=True, related_name="appreciations"
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="appreciated"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="appreciated"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="appreciations")
    saw = models.TextField()
    effect = models.TextField(blank=True)
    wants_to_learn = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    given_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    client_key = models.CharField(max_length=40, blank=True)

    objects = AppreciationQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["conversation", "given_at"], name="appreciation_in_order"),
            models.Index(fields=["unit", "-given_at"], name="appreciation_of_unit"),
            models.Index(fields=["person", "-given_at"], name="appreciation_of_person"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(conversation__isnull=False) | Q(person__isnull=False) | Q(unit__isnull=False),
                name="appreciation_of_something",
            ),
            models.UniqueConstraint(
                fields=["by", "client_key"], condition=~Q(client_key=""), name="appreciated_once"
            ),
        ]

    def __str__(self) -> str:
        return self.saw[:60]

    @property
    def is_public(self) -> bool:
        """Whether neither who gave it nor who received it keeps it private."""
        return not self.is_private and self.kept_at is None
