"""Where an imported note comes from, and the addresses it had there."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.notes.models.notes import Note
from prakai.people.models import Person

SEALED = "sealed:"


def sealed(key: str) -> str:
    """Return what stands for an origin's key when nothing of it may be read any more: still known, never told."""
    return f"{SEALED}{hashlib.sha256(key.encode()).hexdigest()}"


class Rights(models.TextChoices):
    """On what ground an imported text is shown."""

    GRANTED = "granted", pgettext_lazy("import rights", "its licence grants reuse")
    HELD = "held", pgettext_lazy("import rights", "the importer holds the rights")
    LINK = "link", pgettext_lazy("import rights", "only a link and a short quotation")


class Origin(models.Model):
    """What was known of an imported note at its source. Unknown stays empty; ``raw`` keeps what was not understood."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, related_name="origin")
    key = models.CharField(max_length=300, unique=True)
    site = models.CharField(max_length=20)
    source = models.CharField(max_length=500, blank=True)
    source_number = models.BigIntegerField(null=True, blank=True, db_index=True)
    url = models.URLField(max_length=600, blank=True)
    rights = models.CharField(max_length=8, choices=Rights.choices)
    licence_text = models.CharField(max_length=200, blank=True)
    reads = models.PositiveIntegerField(null=True, blank=True)
    comment_count = models.PositiveIntegerField(null=True, blank=True)
    dates = models.JSONField(default=list, blank=True)
    raw = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)
    richness = models.JSONField(default=list, blank=True)
    imported_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="brought_origins"
    )
    imported_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


class OldAddress(models.Model):
    """A path (without host) under which a note was known elsewhere; it leads to the note for ever."""

    path = models.CharField(max_length=500, unique=True)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="old_addresses")

    def __str__(self) -> str:
        return self.path
