"""Drafts: what somebody typed and has not yet saved on purpose, one row a person, note and window."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from prakai.notes.models.notes import Note
from prakai.people.models import Person


class Draft(models.Model):
    """Typed text of one window (``window``: a random key that the page makes).

    ``base_version`` is the version of the note that the typing began from; when the note has moved on, or another
    window holds other text, both are shown side by side and nothing is overwritten. ``fields`` holds the form.
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="drafts")
    window = models.CharField(max_length=40)
    base_version = models.PositiveIntegerField(default=0)
    fields = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-saved_at"], name="draft_newest")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "window"], name="draft_of_window")]

    def __str__(self) -> str:
        return f"draft {self.window} of {self.person_id}"
