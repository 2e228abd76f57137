"""Comments, who is mentioned in them, and why one was hidden."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from prakai.people.models import Person
from prakai.talk.models.conversations import Conversation, hosted_by, open_to
from prakai.units.models import Unit

SHOWN = Q(is_held=False, hidden_at__isnull=True, withdrawn_at__isnull=True)


class CommentQuerySet(models.QuerySet["Comment"]):
    """Filters on comments."""

    def shown(self) -> Self:
        """Comments that are neither held for the host, nor hidden by moderation, nor withdrawn by their author."""
        return self.filter(SHOWN)

    def visible_to(self, reader: Person | None) -> Self:
        """Shown comments in conversations open to ``reader``; her own in any state.

        Hosts and stewards also see what is held or hidden; what its author withdrew is hers alone.
        """
        rows = self.filter(open_to(reader, "conversation"))
        if reader is None or not reader.is_authenticated:
            return rows.filter(SHOWN)
        not_withdrawn = Q(withdrawn_at__isnull=True)
        if reader.is_steward:
            return rows.filter(not_withdrawn | Q(by=reader))
        return rows.filter(SHOWN | Q(by=reader) | (not_withdrawn & Q(conversation__in=hosted_by(reader))))


class Comment(models.Model):
    """One comment. A reply answers a comment that is not itself a reply: one level, so that phones can show it."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="comments")
    answers = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="comments")
    by_name = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    builds_on = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    client_key = models.CharField(max_length=40, blank=True)
    origin_key = models.CharField(max_length=200, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["conversation", "made_at"], name="comment_in_order"),
            models.Index(fields=["by", "-made_at"], name="comment_by_person"),
            models.Index(fields=["is_held", "made_at"], name="comment_held"),
            models.Index(fields=["-made_at", "-id"], name="comment_newest", condition=SHOWN),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["conversation", "client_key"], condition=~Q(client_key=""), name="comment_sent_once"
            ),
            models.UniqueConstraint(
                fields=["conversation", "origin_key"],
                condition=~Q(origin_key=""),
                name="comment_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} in {self.conversation_id}"

    def get_absolute_url(self) -> str:
        """The permalink: the page of the conversation, at this comment."""
        return f"{self.conversation.address}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """The comment's place in its page."""
        return f"c{self.pk}"

    @property
    def markup(self) -> SafeString:
        """The body for pages: it was cleaned before it was stored, down to the few tags of a comment."""
        return mark_safe(self.body)  # noqa: S308

    @property
    def is_by_visitor(self) -> bool:
        """Whether somebody wrote it here without signing in: whatever name she gave, nobody has vouched for it."""
        return self.by_id is None and not self.origin_key

    @property
    def is_shown(self) -> bool:
        """Whether every reader of the conversation sees it: the rule of ``shown()``, for one row."""
        return not self.is_held and self.hidden_at is None and self.withdrawn_at is None


class Mention(models.Model):
    """A person or a unit was called by name in a comment, and may read it. ``words`` are those after the ``@``."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")
    words = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, unit__isnull=True)
                | Q(person__isnull=True, unit__isnull=False),
                name="mention_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.unit} in {self.comment_id}"


class Hiding(models.Model):
    """Somebody hid a comment from readers, because of something that its author is told, until it is undone.

    ``by_stewards`` says that it was moderation: then a host cannot undo it.
    """

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="hidings")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    by_stewards = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    because = models.TextField(blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["comment"], condition=Q(undone_at__isnull=True), name="hidden_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} hidden {self.at}"
