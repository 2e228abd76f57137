"""Nuggets (ขุมความรู้), sentences of stories that say how; and cores (แก่นความรู้), under which they are grouped."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from prakai.forums.models.forums import Forum
from prakai.forums.models.roles import PREPARES, RoleKind, forums_held_by
from prakai.forums.models.stories import PARTS, Story, forums_with_circles_of
from prakai.people.models import Person


class CoreQuerySet(models.QuerySet["Core"]):
    """Filters on cores."""

    def visible_to(self, reader: Person | None) -> Self:
        """Those that stand on a sentence that ``reader`` may read; for who groups them, all of that forum."""
        seen = Nugget.objects.visible_to(reader).filter(core=OuterRef("pk"))
        allowed = Q(Exists(seen))
        if reader is not None and reader.is_authenticated and reader.is_active:
            if reader.is_steward:
                return self
            held = forums_held_by(reader, RoleKind.RECORDER, *PREPARES)
            allowed |= Q(forum__in=held) | Q(forum__in=forums_with_circles_of(reader))
        return self.filter(allowed)


class Core(models.Model):
    """A few words for what several nuggets say together: a capability that many units could have."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="cores")
    title = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = CoreQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class NuggetQuerySet(models.QuerySet["Nugget"]):
    """Filters on nuggets."""

    def standing(self) -> Self:
        """Those whose story stands, and whose sentence is still in it."""
        return self.filter(gone_at__isnull=True, story__withdrawn_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """Standing nuggets of the stories that ``reader`` may read."""
        return self.standing().filter(story__in=Story.objects.visible_to(reader).values("pk"))


class Nugget(models.Model):
    """One sentence of a story, marked because it says *how*; with its place, so that it leads back there.

    ``start`` and ``end`` are places in the text of ``part`` (a column of the story). ``paraphrase`` says it in other
    words, for readers who were not there. ``gone_at``: the teller took the sentence out of her story; so it is empty.
    """

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="nuggets")
    part = models.CharField(max_length=14, choices=list(PARTS.items()))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    verbatim = models.TextField()
    paraphrase = models.CharField(max_length=600, blank=True)
    core = models.ForeignKey(Core, on_delete=models.SET_NULL, null=True, blank=True, related_name="nuggets")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = NuggetQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["story", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story", "part", "start"],
                condition=Q(gone_at__isnull=True),
                name="nugget_marked_once",
            ),
        ]

    def __str__(self) -> str:
        return self.verbatim[:60]
