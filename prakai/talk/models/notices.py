"""Notices: what a person should hear of, written by a follower of the journal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models import Person
from prakai.talk.models.appreciations import Appreciation
from prakai.talk.models.comments import Comment
from prakai.talk.models.conversations import Conversation


class NoticeKind(models.TextChoices):
    """Why somebody hears of something."""

    COMMENT = "comment", pgettext_lazy("notice", "a comment on what you wrote")
    REPLY = "reply", pgettext_lazy("notice", "a reply to your comment")
    MENTION = "mention", pgettext_lazy("notice", "somebody mentioned you")
    APPRECIATION = "appreciation", pgettext_lazy("notice", "an appreciation")
    HELD = "held", pgettext_lazy("notice", "a comment waits for you")


class Notice(models.Model):
    """One notice for one person about one journal entry: at most once each."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    entry_id = models.BigIntegerField()
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, null=True, blank=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, blank=True)
    appreciation = models.ForeignKey(Appreciation, on_delete=models.CASCADE, null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="notice_newest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "entry_id"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"
