"""Circles: in each round, participants sit together in small groups to tell and listen."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models.agenda import Block
from prakai.forums.models.forums import Forum
from prakai.forums.models.participants import Participant
from prakai.forums.models.roles import PREPARES, RoleKind, forums_held_by
from prakai.people.models import Person


class Round(models.Model):
    """One time at which everybody sits in circles; the second repeats as few pairs of the first as can be.

    Until ``shown_at`` only who prepares the forum and its recorders see who sits where.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    block = models.ForeignKey(Block, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds")
    question = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    shown_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "number"], name="forum_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} round {self.number}"


class CircleQuerySet(models.QuerySet["Circle"]):
    """Filters on circles."""

    def visible_to(self, reader: Person | None) -> Self:
        """Circles of forums that she prepares or records; of shown rounds those she sits in or keeps; stewards: all."""
        if reader is None or not reader.is_authenticated:
            return self.none()
        if reader.is_steward:
            return self
        sits = Placement.objects.filter(
            circle=models.OuterRef("pk"), participant__person=reader, participant__left_at__isnull=True
        )
        hers = Q(facilitator=reader) | Q(recorder=reader) | Q(models.Exists(sits))
        allowed = Q(round__shown_at__isnull=False) & hers
        if reader.is_active:
            allowed |= Q(round__forum__in=forums_held_by(reader, *PREPARES, RoleKind.RECORDER))
        return self.filter(allowed)


class Circle(models.Model):
    """A small group in a round, with a facilitator and a recorder among or beside its members.

    ``is_easy``: easy to reach, for who needs that. ``name_circle_keepers`` says all of this.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="circles")
    number = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=120, blank=True)
    is_easy = models.BooleanField(default=False)
    facilitator = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="facilitated_circles"
    )
    recorder = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="recorded_circles"
    )

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["round", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="circle_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} circle {self.number}"


class Placement(models.Model):
    """A participant sits in a circle; ``by_hand`` placements stay when the rest is worked out again."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="placements")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="placements")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="placements")
    turn = models.PositiveSmallIntegerField(default=0)
    by_hand = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["circle", "turn", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "participant"], name="placed_once_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} in {self.circle_id}"


class WishKind(models.TextChoices):
    """What somebody needs of her circle, as those who prepare the day have understood it."""

    EASY = "easy", pgettext_lazy("seat wish", "a circle that is easy to reach")
    TOGETHER = "together", pgettext_lazy("seat wish", "in the same circle with")
    APART = "apart", pgettext_lazy("seat wish", "not in the same circle with")
    NONE = "none", pgettext_lazy("seat wish", "read; it changes nothing for circles")


class SeatWish(models.Model):
    """A need of a participant, noted by somebody who prepares the day; seen by those who prepare it alone."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="seat_wishes")
    kind = models.CharField(max_length=8, choices=WishKind.choices)
    other = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="wished_by"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["participant", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "kind"],
                condition=Q(ended_at__isnull=True, other__isnull=True),
                name="seat_wished_once",
            ),
            models.UniqueConstraint(
                fields=["participant", "kind", "other"],
                condition=Q(ended_at__isnull=True, other__isnull=False),
                name="seat_wished_once_with",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.kind} {self.other_id or ''}"
