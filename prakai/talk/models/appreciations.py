"""Appreciation: what I saw, what it did, and whether I want to learn it. Words, never a count."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.people.models import Person
from prakai.talk.models.conversations import Conversation
from prakai.units.models import Unit


class AppreciationQuerySet(models.QuerySet["Appreciation"]):
    """Filters on appreciations."""

    def visible_to(self, reader: Person | None) -> Self:
        """Shown ones in open conversations; who gave or received one also sees it when it is kept private."""
        shown = Q(is_private=False, withdrawn_at__isnull=True) & (
            Q(conversation__isnull=True) | Q(conversation__in=Conversation.objects.visible_to(reader))
        )
        if reader is not None and reader.is_authenticated:
            shown |= Q(withdrawn_at__isnull=True) & (Q(by=reader) | Q(person=reader))
        return self.filter(shown)


class Appreciation(models.Model):
    """Given to what a conversation is about, to a person, or to a unit."""

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
