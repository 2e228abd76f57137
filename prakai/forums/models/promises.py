"""Promises (สัญญาใจ): what somebody tells herself that she will do, and what became of it. Nobody is held to account."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models.reviews import Review, Voice
from prakai.kernel.ids import public_id
from prakai.people.models import Person

AFTER_DAYS: Final = (30, 90, 180)


class NewsKind(models.TextChoices):
    """What became of a promise; each of them is a good answer."""

    TRIED = "tried", pgettext_lazy("promise news", "I have tried it")
    TRYING = "trying", pgettext_lazy("promise news", "I am trying it")
    NOT_YET = "not_yet", pgettext_lazy("promise news", "Not yet")
    CHANGED = "changed", pgettext_lazy("promise news", "I changed my mind")


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Filters on promises."""

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """Her own, and no others: not even those who prepare the forum, nor stewards, read a promise."""
        if reader is None or not reader.is_authenticated:
            return self.none()
        return self.filter(voice__person=reader)

    def told_next(self) -> Self:
        """Those whose owners agreed that the next forum of the series opens with them."""
        return self.standing().filter(tells_next=True)


class Promise(models.Model):
    """A promise to oneself: words, a first small step, a day, who may help. Private.

    ``reminds``: she agreed to be asked after 30, 90 and 180 days, at ``email`` or the address of her account.
    ``tells_next``: she agreed that the next forum of the series opens with it, with her name if ``is_named``.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="promises")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="promises")
    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    client_id = models.CharField(max_length=48)
    words = models.TextField()
    first_step = models.CharField(max_length=1200, blank=True)
    due_on = models.DateField(null=True, blank=True)
    helper = models.CharField(max_length=600, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, default="th")
    reminds = models.BooleanField(default=False)
    tells_next = models.BooleanField(default=False)
    is_named = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        indexes: ClassVar = [models.Index(fields=["reminds", "at"], name="promise_to_ask")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["voice", "client_id"], name="promised_once"),
        ]

    def __str__(self) -> str:
        return f"promise {self.public_id}"


class PromiseNews(models.Model):
    """What its owner said of a promise when she was asked after so many days; her latest word for that time counts."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="news")
    after = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=8, choices=NewsKind.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "promise news"
        ordering: ClassVar = ["after"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise", "after"], name="promise_news_once"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} after {self.after}: {self.answer}"


class PromiseSum(models.Model):
    """What people said of their promises, counted together once: at least so many (``prakai.forums.sums``).

    Who they were is not kept with it; that a voice was counted is ``Voice.counted_at``.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="promise_sums")
    at = models.DateTimeField(default=timezone.now)
    tried = models.PositiveSmallIntegerField(default=0)
    trying = models.PositiveSmallIntegerField(default=0)
    not_yet = models.PositiveSmallIntegerField(default=0)
    changed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"promises of {self.review_id} in sum"


class PromiseAsking(models.Model):
    """A letter was wanted that asks for a promise after so many days: once."""

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="askings")
    after = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["promise", "after"], name="promise_asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} asked after {self.after}"
