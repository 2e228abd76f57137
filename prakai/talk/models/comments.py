"""Comments, mentions in them, reports of them, and what was decided."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models import Person
from prakai.talk.models.conversations import Conversation
from prakai.units.models import Unit


class CommentQuerySet(models.QuerySet["Comment"]):
    """Filters on comments."""

    def shown(self) -> Self:
        """Comments that are neither held for the host, nor hidden by moderation, nor withdrawn by their author."""
        return self.filter(is_held=False, hidden_at__isnull=True, withdrawn_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """Shown comments in conversations open to ``reader``; authors see their own, hosts and stewards all."""
        rows = self.filter(conversation__in=Conversation.objects.visible_to(reader))
        if reader is None or not reader.is_authenticated:
            return rows.filter(is_held=False, hidden_at__isnull=True, withdrawn_at__isnull=True)
        if reader.is_steward:
            return rows
        return rows.filter(
            Q(is_held=False, hidden_at__isnull=True, withdrawn_at__isnull=True)
            | Q(by=reader)
            | Q(conversation__hosts=reader)
        ).distinct()


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

    @property
    def anchor(self) -> str:
        """The comment's place in its page."""
        return f"c{self.pk}"

    def get_absolute_url(self) -> str:
        """The permalink: the page of the conversation, at this comment."""
        return f"{self.conversation.address}#{self.anchor}"


class Mention(models.Model):
    """A person or a unit was called by name in a comment, and may read it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="mentions")

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


class ReportReason(models.TextChoices):
    """Why something is reported."""

    HURTS = "hurts", pgettext_lazy("report reason", "it hurts somebody")
    PRIVATE = "private", pgettext_lazy("report reason", "it shows private matters")
    RIGHTS = "rights", pgettext_lazy("report reason", "it takes somebody's work")
    UNTRUE = "untrue", pgettext_lazy("report reason", "it is not true")
    SPAM = "spam", pgettext_lazy("report reason", "it is advertising")
    OTHER = "other", pgettext_lazy("report reason", "something else")


class Report(models.Model):
    """Somebody asks the stewards to look at a comment, or (without one) at the thing that owns the conversation."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reports")
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports")
    reason = models.CharField(max_length=10, choices=ReportReason.choices)
    words = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at"], name="report_newest")]

    def __str__(self) -> str:
        return f"report {self.pk}: {self.reason}"


class DecisionKind(models.TextChoices):
    """What a steward decided about a report."""

    KEPT = "kept", pgettext_lazy("decision", "kept as it is")
    HIDDEN = "hidden", pgettext_lazy("decision", "hidden")


class Decision(models.Model):
    """The decision on a report, with its reason; a report without one waits in the queue."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="decision")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"
