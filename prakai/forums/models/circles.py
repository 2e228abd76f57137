"""Circles: in each round, participants sit together in small groups to tell and listen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from prakai.forums.models.agenda import Block
from prakai.forums.models.forums import Forum
from prakai.forums.models.participants import Participant
from prakai.people.models import Person


class Round(models.Model):
    """One time at which everybody sits in circles; the second repeats as few pairs of the first as can be."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    block = models.ForeignKey(Block, on_delete=models.SET_NULL, null=True, blank=True, related_name="rounds")
    question = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "number"], name="forum_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} round {self.number}"


class Circle(models.Model):
    """A small group in a round, with a facilitator and a recorder among or beside its members."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="circles")
    number = models.PositiveSmallIntegerField()
    room = models.CharField(max_length=120, blank=True)
    facilitator = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="facilitated_circles"
    )
    recorder = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="recorded_circles"
    )

    class Meta:
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
