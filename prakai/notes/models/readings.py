"""Readings: that some distinct reader has read a note, without saying who."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from prakai.notes.models.notes import Note


class Reading(models.Model):
    """``reader`` is a keyed hash over reader and note: it cannot be turned back, nor joined between notes."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="readings")
    reader = models.BinaryField(max_length=16)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["note", "reader"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.note_id} read on {self.on}"
