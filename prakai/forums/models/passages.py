"""A forum that is kept at two places: the key that both share, and what each has last heard of the other."""

from __future__ import annotations

import secrets
from typing import ClassVar

from django.db import models
from django.utils import timezone

from prakai.forums.models.forums import Forum
from prakai.kernel.ids import public_id
from prakai.people.models import Person


def passage_key() -> str:
    """Return a new key of 256 bits, as 64 hexadecimal digits."""
    return secrets.token_hex(32)


class Passage(models.Model):
    """A forum travels between places: the name of this one, and the key by which its files are signed.

    ``is_home``: the key was made here, and goes out with each file. ``names``: by kind, which row here is the one that
    another place names so. ``sent`` counts the files that left from here, for the clocks of laptops are wrong.
    """

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="passage")
    place = models.CharField(max_length=12, default=public_id)
    key = models.CharField(max_length=64, default=passage_key)
    is_home = models.BooleanField(default=True)
    sent = models.PositiveIntegerField(default=0)
    names = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.forum_id} at {self.place}"


class Parcel(models.Model):
    """The newest file that came from another place. ``state``: digests of what it said, row by row.

    ``number`` is that of the file, ``made_at`` by the clock of ``place``, ``at`` by ours.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="parcels")
    place = models.CharField(max_length=12)
    number = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    state = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["passage", "place"], name="newest_parcel_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.passage_id} from {self.place} {self.made_at}"


class Difference(models.Model):
    """Something that two places say differently, and that nobody has decided yet: it stays as it is here.

    ``kind`` and ``name`` are the row, as files call it; ``column`` is empty when it is about the whole row. ``theirs``
    is their word as it would stand here, ``heard`` what the parcel keeps of it. Of what is private neither is kept.
    ``person`` is whose row it is, as known here: who is forgotten takes it along.
    """

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="differences")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    what = models.CharField(max_length=400, blank=True)
    column = models.CharField(max_length=40, blank=True)
    is_private = models.BooleanField(default=False)
    is_gone_there = models.BooleanField(default=False)
    theirs = models.JSONField(null=True, blank=True)
    heard = models.CharField(max_length=30, blank=True)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parcel", "kind", "name", "column"], name="differs_once"),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} {self.kind} {self.name} {self.column}"
