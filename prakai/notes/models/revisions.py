"""Revisions: every version of a note that somebody saved on purpose."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from prakai.notes.models.notes import Note
from prakai.people.models import Person


class Revision(models.Model):
    """A whole version: title and body as saved, by whom, when; ``number`` rises from 1."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=600, blank=True)
    body = models.TextField(blank=True)
    highlight = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "number"], name="revision_numbered_once")
        ]
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.note_id} version {self.number}"
