"""Reports: somebody asks the stewards to look, and what they decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.people.models import Person
from prakai.talk.models.comments import Comment
from prakai.talk.models.conversations import Conversation


class ReportReason(models.TextChoices):
    """Why something is reported. ``APPEAL`` is for the author of a hidden comment alone."""

    HURTS = "hurts", pgettext_lazy("report reason", "it hurts somebody")
    PRIVATE = "private", pgettext_lazy("report reason", "it shows private matters")
    RIGHTS = "rights", pgettext_lazy("report reason", "it takes somebody's work")
    UNTRUE = "untrue", pgettext_lazy("report reason", "it is not true")
    SPAM = "spam", pgettext_lazy("report reason", "it is advertising")
    OTHER = "other", pgettext_lazy("report reason", "something else")
    APPEAL = "appeal", pgettext_lazy("report reason", "its author asks to look again")


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

    KEPT = "kept", pgettext_lazy("decision", "it stays as it is")
    HIDDEN = "hidden", pgettext_lazy("decision", "the comment is hidden")
    SHOWN = "shown", pgettext_lazy("decision", "the comment is shown again")
    SETTLED = "settled", pgettext_lazy("decision", "settled with its author or on its own page")


class Decision(models.Model):
    """The decision on a report, with its reason; a report without one waits in the queue."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="decision")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.report_id}: {self.kind}"
