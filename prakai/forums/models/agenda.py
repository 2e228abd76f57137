"""The agenda: days, blocks of time of a kind, and who does what in them."""

from __future__ import annotations

from datetime import time
from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from prakai.forums.models.forums import Forum
from prakai.forums.models.roles import RoleKind
from prakai.people.models import Person


class BlockKind(models.TextChoices):
    """What a block of time is for: the two-way meter reads it."""

    OPENING = "opening", pgettext_lazy("block kind", "opening")
    STORY = "story", pgettext_lazy("block kind", "stories")
    CIRCLE = "circle", pgettext_lazy("block kind", "circles")
    DIALOGUE = "dialogue", pgettext_lazy("block kind", "dialogue")
    SPARKS = "sparks", pgettext_lazy("block kind", "sparks")
    LECTURE = "lecture", pgettext_lazy("block kind", "lecture")
    MEAL = "meal", pgettext_lazy("block kind", "meal or break")
    AAR = "aar", pgettext_lazy("block kind", "after-action review")
    CEREMONY = "ceremony", pgettext_lazy("block kind", "ceremony")


class Day(models.Model):
    """One day of a forum, and when its first block begins (in the place's own time)."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    begins_at = models.TimeField(default=time(8, 30))

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "on"], name="forum_day_once"),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.on}"


class Block(models.Model):
    """Minutes of a day for one thing; it begins where the one before it ends.

    ``beside``: it begins together with the one before it, in another room; the next begins when the longer of them
    has ended.
    """

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=BlockKind.choices)
    title = models.CharField(max_length=200, blank=True)
    about = models.CharField(max_length=600, blank=True)
    minutes = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=120, blank=True)
    beside = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["day", "position", "pk"]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class BlockRole(models.Model):
    """Somebody does something in a block: a member, or a guest by name."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=12, choices=RoleKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="block_roles"
    )
    name = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name or self.person}: {self.kind}"
