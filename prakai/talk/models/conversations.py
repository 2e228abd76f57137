"""The conversation: a place to talk that a thing of a higher room owns."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models import Audience, Person, readable_by
from prakai.units.models import Unit


class Guard(models.TextChoices):
    """How freely comments appear."""

    OPEN = "open", pgettext_lazy("comment guard", "comments appear at once")
    HELD = "held", pgettext_lazy("comment guard", "comments wait for the host")


def hosted_by(person: Person) -> models.QuerySet[Any, Any]:
    """Return the ids of the conversations that ``person`` looks after, as a subquery."""
    return Conversation.hosts.through._default_manager.filter(person=person).values("conversation")


def open_to(reader: Person | None, through: str = "") -> Q:
    """Return the filter of rows whose conversation is open to ``reader``: the audience, and hosts in any case.

    ``through`` is the way from the row to its conversation (``"conversation"``). It joins instead of listing ids, so
    that "the newest ten" reads ten rows of an index and not the whole table.
    """
    at = f"{through}__" if through else ""
    allowed = readable_by(reader, audience=f"{at}audience", unit=f"{at}unit_id")
    allowed &= Q(**{f"{at}is_shown": True})
    if reader is not None and reader.is_authenticated:
        allowed |= Q(**{f"{at}pk__in": hosted_by(reader)})
    return allowed


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Filters on conversations."""

    def visible_to(self, reader: Person | None) -> Self:
        """Conversations of things that are open to ``reader``; hosts always see their own."""
        return self.filter(open_to(reader))


class Conversation(models.Model):
    """What the owner tells this room about itself, kept true by the owner's actions (``talk.actions.retell``)."""

    title = models.CharField(max_length=300)
    address = models.CharField(max_length=400)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    unit = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations"
    )
    hosts = models.ManyToManyField(Person, related_name="hosted_conversations", blank=True)
    is_shown = models.BooleanField(default=False)
    allows_anonymous = models.BooleanField(default=False)
    guard = models.CharField(max_length=5, choices=Guard.choices, default=Guard.OPEN)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ConversationQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the thing that owns the conversation."""
        return self.address


class Closing(models.Model):
    """A host closed the conversation to new comments, until it is reopened."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="closings")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation"], condition=Q(reopened_at__isnull=True), name="closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.conversation} closed {self.at}"
