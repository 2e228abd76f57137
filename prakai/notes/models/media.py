"""Attachments: pictures and files that belong to a note or to a draft of one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.kernel.ids import public_id
from prakai.notes.models.notes import Note
from prakai.people.models import Person


class AttachmentKind(models.TextChoices):
    """What an attachment is."""

    PICTURE = "picture", pgettext_lazy("attachment kind", "picture")
    FILE = "file", pgettext_lazy("attachment kind", "file")


class Attachment(models.Model):
    """A picture (re-encoded, no place data) or a file of a checked type, at an address that cannot be guessed."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    note = models.ForeignKey(
        Note, on_delete=models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="attachments")
    kind = models.CharField(max_length=8, choices=AttachmentKind.choices)
    file = models.FileField(upload_to="attachments/%Y/%m/", max_length=300)
    name = models.CharField(max_length=200, blank=True)
    alt = models.CharField(max_length=300, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, db_index=True)
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["by", "-added_at"], name="attachment_by_person")]

    def __str__(self) -> str:
        return self.name or self.public_id

    def get_absolute_url(self) -> str:
        """Where the file is read; the door checks whether the reader may."""
        return f"/media/{self.public_id}/{self.name}" if self.name else f"/media/{self.public_id}"
