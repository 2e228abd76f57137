"""The text of attached files, read once, so that the index can be made again without opening them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.notes.models import Attachment


class Reading(models.TextChoices):
    """What came of reading a file."""

    READ = "read", pgettext_lazy("attached text", "read")
    EMPTY = "empty", pgettext_lazy("attached text", "holds no text")
    REFUSED = "refused", pgettext_lazy("attached text", "too large or not readable")


class AttachedText(models.Model):
    """The plain text of one attachment, or why there is none."""

    attachment = models.OneToOneField(Attachment, on_delete=models.CASCADE, related_name="attached_text")
    state = models.CharField(max_length=8, choices=Reading.choices)
    text = models.TextField(blank=True)
    because = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.attachment_id}: {self.state}"
