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
    another place names so.
    """

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="passage")
    place = models.CharField(max_length=12, default=public_id)
    key = models.CharField(max_length=64, default=passage_key)
    is_home = models.BooleanField(default=True)
    names = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.forum_id} at {self.place}"


class Parcel(models.Model):
    """The newest file that came from another place. ``state``: digests of what it said, row by row.

    ``made_at`` is by the clock of ``place``, ``at`` by ours.
    """

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="parcels")
    place = models.CharField(max_length=12)
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
