"""Stories told at a forum, as the recorder wrote them down; and their withdrawal."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from prakai.forums.models.circles import Circle
from prakai.forums.models.forums import Forum
from prakai.forums.models.participants import Participant
from prakai.forums.models.roles import forums_held_by
from prakai.kernel.ids import public_id
from prakai.people.models import Person
from prakai.units.models import Unit

PARTS: Final[dict[str, Promise]] = {
    "situation": pgettext_lazy("story part", "The situation"),
    "what_we_did": pgettext_lazy("story part", "What we did"),
    "turning_point": pgettext_lazy("story part", "The turning point"),
    "what_changed": pgettext_lazy("story part", "What changed"),
    "advice": pgettext_lazy("story part", "What I would tell a friend"),
}
"""The columns that hold a story's text, in the order in which it is told, with their headings."""


class StoryQuerySet(models.QuerySet["Story"]):
    """Filters on stories."""

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """What may be quoted, with its forum; the rest for those who were there, and her own.

        A withdrawn story is seen by its teller and by who withdrew it.
        """
        stands = Q(withdrawn_at__isnull=True)
        allowed = stands & Q(allows_quotes=True, forum__in=Forum.objects.visible_to(reader).values("pk"))
        if reader is not None and reader.is_authenticated:
            seats = Participant.objects.seated().filter(person=reader, forum__announced_at__isnull=False)
            own = StoryWithdrawal.objects.filter(story=OuterRef("pk"), by=reader, undone_at__isnull=True)
            allowed |= Q(person=reader) | Q(Exists(own))
            allowed |= stands & (
                Q(recorder=reader)
                | Q(forum__in=forums_held_by(reader))
                | Q(forum__in=seats.values("forum"))
                | Q(forum__in=forums_with_circles_of(reader))
            )
            if reader.is_steward:
                allowed |= stands
        return self.filter(allowed)


def forums_with_circles_of(person: Person) -> models.QuerySet[Any, Any]:
    """Return the ids of the forums in which ``person`` facilitates or records a circle."""
    return Circle.objects.filter(Q(facilitator=person) | Q(recorder=person)).values("round__forum")


class Story(models.Model):
    """What somebody told: whose it is, from which unit, and its five parts. ``client_id`` is made in the browser.

    ``teller_name`` is how she was called that day; ``person`` is set when she is a member. ``allows_quotes`` is what
    she said when she was asked: without it the story stays among those who were there. ``taken_over_at``: its teller
    has corrected it herself; since then only she does. ``withdrawn_at`` copies ``StoryWithdrawal``.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="stories")
    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    client_id = models.CharField(max_length=40)
    circle = models.ForeignKey(
        Circle, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="stories"
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="forum_stories"
    )
    teller_name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="forum_stories"
    )
    unit_words = models.CharField(max_length=250, blank=True)
    title = models.CharField(max_length=300)
    situation = models.TextField(blank=True)
    what_we_did = models.TextField(blank=True)
    turning_point = models.TextField(blank=True)
    what_changed = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    allows_quotes = models.BooleanField(default=False)
    recorder = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="recorded_stories"
    )
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    taken_over_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        indexes: ClassVar = [models.Index(fields=["forum", "-id"], name="story_of_forum")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "client_id"], name="story_told_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address of its page."""
        return f"/forums/{self.forum_id}/stories/{self.pk}"

    @property
    def unit_name(self) -> str:
        """The unit it comes from: as it is known here, else as it was said."""
        return self.unit.name if self.unit is not None else self.unit_words


class StoryWithdrawal(models.Model):
    """Somebody took a story back, because of something; undone when ``undone_at`` is set."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="withdrawals")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["story"], condition=Q(undone_at__isnull=True), name="story_withdrawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.story_id} withdrawn {self.at}"
