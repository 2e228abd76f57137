"""Roles at a forum: many to a person, for one forum only."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models.forums import Forum
from prakai.people.models import Person


class RoleKind(models.TextChoices):
    """What somebody does at a forum."""

    SPONSOR = "sponsor", pgettext_lazy("forum role", "sponsor")
    FACILITATOR = "facilitator", pgettext_lazy("forum role", "facilitator")
    TELLER = "teller", pgettext_lazy("forum role", "teller")
    RECORDER = "recorder", pgettext_lazy("forum role", "recorder")
    COORDINATOR = "coordinator", pgettext_lazy("forum role", "coordinator")
    OBSERVER = "observer", pgettext_lazy("forum role", "observer")


PREPARES: Final = (RoleKind.SPONSOR, RoleKind.FACILITATOR, RoleKind.COORDINATOR)


def forums_held_by(person: Person, *kinds: str) -> models.QuerySet[Any, Any]:
    """Return the ids of the forums in which ``person`` has one of these roles now (any if none is named)."""
    held = Role.objects.filter(person=person, ended_at__isnull=True)
    return (held.filter(kind__in=kinds) if kinds else held).values("forum")


class Role(models.Model):
    """A role of a person at a forum, given by somebody, until it ends."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="forum_roles")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forum", "person", "kind"],
                condition=Q(ended_at__isnull=True),
                name="forum_role_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
