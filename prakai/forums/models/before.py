"""The review before the day (BAR): what the team that prepares a forum says to the five questions."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from prakai.forums.models.forums import Forum
from prakai.people.models import Person


class BeforeReview(models.Model):
    """Answers of those who prepare a forum, for themselves: seen by nobody else.

    The goal is the forum's own purpose; ``taught`` is what the team takes from the last forum of the series.
    """

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="before_review")
    tasks = models.TextField(blank=True)
    taught = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    watched = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"before {self.forum_id}"
