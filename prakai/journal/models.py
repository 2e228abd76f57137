"""Tables of the journal: entries, and one cursor for each follower."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Entry(models.Model):
    """One line: ``by`` did ``verb`` to the thing, at a moment. Ids rise in order of commit (see ``record``)."""

    id = models.BigAutoField(primary_key=True)
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60)
    thing_id = models.BigIntegerField()
    # The journal is below people, so it keeps the number and the name of the actor, not a key.
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["thing_kind", "thing_id", "id"], name="entry_by_thing"),
            models.Index(fields=["by_id", "id"], name="entry_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.thing_kind}:{self.thing_id}"


class Cursor(models.Model):
    """How far a follower has come: the id of the last entry that it has dealt with."""

    follower = models.CharField(max_length=80, primary_key=True)
    last_id = models.BigIntegerField(default=0)
    tries = models.PositiveIntegerField(default=0)
    trouble = models.TextField(blank=True)
    moved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.follower} at {self.last_id}"


class Setback(models.Model):
    """An entry that a follower could not deal with after several tries; kept for people to look at."""

    follower = models.CharField(max_length=80)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="setbacks")
    trouble = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["follower", "entry"], name="setback_once"),
        ]

    def __str__(self) -> str:
        return f"{self.follower} stumbled over {self.entry_id}"
