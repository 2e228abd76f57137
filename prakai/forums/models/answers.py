"""What people write in a review, and how what is alike is put together."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from prakai.forums.models.reviews import Question, QuestionKind, Review, Voice, reviews_open_to
from prakai.people.models import Person


class Pattern(models.Model):
    """Answers that say something together, under a few words: what exceeded, what fell short, what to change."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="patterns")
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    title = models.CharField(max_length=300)
    theme = models.CharField(max_length=300, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        indexes: ClassVar = [models.Index(fields=["theme"], name="pattern_by_theme")]

    def __str__(self) -> str:
        return self.title


class Settling(models.Model):
    """Somebody said that what kept coming back is dealt with: who, when, and by what.

    It names the theme by its words and not by a pattern, so that it stays when patterns are put together anew.
    ``review`` is the last one that had said it then; what later ones say came back.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="settlings")
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    title = models.CharField(max_length=300)
    theme = models.CharField(max_length=300, editable=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=1200)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review", "kind", "theme"], condition=Q(undone_at__isnull=True), name="settled_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Filters on answers."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def revealed(self) -> Self:
        """Those that all who follow the review may read."""
        return self.standing().filter(question__revealed_at__isnull=False)

    def visible_to(self, reader: Person | None) -> Self:
        """Revealed answers of reviews that ``reader`` follows, and her own. Nobody else sees what is not revealed."""
        if reader is None or not reader.is_authenticated:
            return self.none()
        reviews = Review.objects.filter(reviews_open_to(reader)).values("pk")
        shown = Q(question__revealed_at__isnull=False, withdrawn_at__isnull=True)
        return self.filter((shown & Q(question__review__in=reviews)) | Q(voice__person=reader))


class Answer(models.Model):
    """One point in answer to a question, private until the question is revealed.

    ``client_id`` is made with the form: sent twice, it is the same answer. ``name`` is empty when it is not named.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="answers")
    client_id = models.CharField(max_length=48)
    words = models.TextField()
    name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    pattern = models.ForeignKey(
        Pattern, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    is_demo = models.BooleanField(default=False, editable=False)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voice", "client_id"], name="answered_once"),
        ]

    def __str__(self) -> str:
        return self.words[:60]
