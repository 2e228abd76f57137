"""The after-action review (AAR): its phases, its questions, and who writes in it.

What people write is in ``answers``; what they promise themselves in ``promises``.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.codes import ALPHABET
from prakai.forums.models.forums import Forum
from prakai.forums.models.participants import Participant
from prakai.forums.models.roles import forums_held_by
from prakai.networks.models import Stewardship
from prakai.people.models import Person

SLIP_LENGTH = 4


class PhaseKind(models.TextChoices):
    """What a stretch of a review is for."""

    WRITING = "writing", pgettext_lazy("review phase", "silent writing")
    CIRCLE = "circle", pgettext_lazy("review phase", "round in the circle")
    PATTERNS = "patterns", pgettext_lazy("review phase", "what keeps coming back")
    PROMISES = "promises", pgettext_lazy("review phase", "promises to oneself")
    IMPROVING = "improving", pgettext_lazy("review phase", "making the forum better")
    CLOSE = "close", pgettext_lazy("review phase", "closing together")


class QuestionKind(models.TextChoices):
    """What a question asks for; its usual words are ``prakai.forums.asking``."""

    EXPECTED = "expected", pgettext_lazy("review question", "expected")
    EXCEEDED = "exceeded", pgettext_lazy("review question", "as hoped, or more")
    FELL_SHORT = "fell_short", pgettext_lazy("review question", "less than hoped")
    CHANGE = "change", pgettext_lazy("review question", "to change next time")
    PROMISE = "promise", pgettext_lazy("review question", "what I will do")
    OWN = "own", pgettext_lazy("review question", "a question of this forum")


def reviews_open_to(reader: Person | None) -> Q:
    """Filter on reviews: of forums in which ``reader`` has a role or a seat, of her units, of networks she tends."""
    if reader is None or not reader.is_authenticated or not reader.is_active:
        return Q(pk__in=[])
    if reader.is_steward:
        return Q()
    seats = Participant.objects.coming().filter(person=reader).values("forum")
    announced = Q(forum__announced_at__isnull=False)
    looked_after = Stewardship.objects.standing().filter(person=reader).values("network")
    return (
        Q(forum__in=forums_held_by(reader))
        | (announced & Q(forum__in=seats))
        | (announced & Q(forum__unit__in=reader.unit_circle))
        | (announced & Q(forum__network__in=looked_after))
    )


class ReviewQuerySet(models.QuerySet["Review"]):
    """Filters on reviews."""

    def visible_to(self, reader: Person | None) -> Self:
        """Reviews whose revealed answers ``reader`` may read, as ``reviews_open_to`` says; for stewards all."""
        return self.filter(reviews_open_to(reader))


class Review(models.Model):
    """The review of one forum: minutes that it is given, and until when answers are still taken in.

    ``collects_until`` is empty while only the facilitator decides; it may lie days after the forum ("on the bus").
    ``promises_told`` is what is told of the number of promises, once it is published (``prakai.forums.sums``).
    """

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="review")
    minutes = models.PositiveSmallIntegerField(default=150)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    collects_until = models.DateTimeField(null=True, blank=True)
    promises_told = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return f"review of {self.forum_id}"

    def get_absolute_url(self) -> str:
        """Where it is run and read."""
        return f"/forums/{self.forum_id}/review"

    @property
    def writing_address(self) -> str:
        """Where phones come in."""
        return f"/forums/{self.forum_id}/review/write"


class Phase(models.Model):
    """A stretch of the review. The one that has begun and not ended is running; the facilitator moves it by hand."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(max_length=10, choices=PhaseKind.choices)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    is_anonymous = models.BooleanField(default=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(begun_at__isnull=False, ended_at__isnull=True),
                name="one_phase_runs",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.kind}"

    @property
    def is_running(self) -> bool:
        """Whether this phase goes on now."""
        return self.begun_at is not None and self.ended_at is None

    @property
    def ends_at(self) -> datetime | None:
        """When its minutes are over, if it runs; nobody is cut off then."""
        return self.begun_at + timedelta(minutes=self.minutes) if self.begun_at else None


class Question(models.Model):
    """A question; ``words`` are empty while it has the usual ones. Once it is revealed, all read its answers."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=QuestionKind.choices)
    position = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=600, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    revealed_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.words or str(self.get_kind_display())


class Voice(models.Model):
    """Somebody who writes in a review: a member, a phone without an account, or a paper form.

    ``token_hash`` is a hash of what that phone keeps. ``person`` and ``participant`` are told to nobody: what others
    see is ``name``, which is empty when she does not want to be named.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="voices")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    participant = models.ForeignKey(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token_hash = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=120, blank=True)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    spoken_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="voice_numbered_once"),
            models.UniqueConstraint(
                fields=["review", "token_hash"], condition=~Q(token_hash=""), name="voice_of_a_phone"
            ),
            models.UniqueConstraint(
                fields=["review", "person"], condition=Q(person__isnull=False), name="voice_of_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.number}"


class Ready(models.Model):
    """ "I am ready": a voice says so in a phase, so that nobody has to be asked aloud."""

    phase = models.ForeignKey(Phase, on_delete=models.CASCADE, related_name="ready")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="ready")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phase", "voice"], name="ready_once"),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} ready in {self.phase_id}"


def slip_code() -> str:
    """Return a random short code for a paper form, easy to read and to key."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SLIP_LENGTH))


class Slip(models.Model):
    """A printed paper form with a short code; keyed in once, by a recorder, it becomes a voice."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="slips")
    code = models.CharField(max_length=SLIP_LENGTH, default=slip_code)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    voice = models.OneToOneField(Voice, on_delete=models.SET_NULL, null=True, blank=True, related_name="slip")
    keyed_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    keyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "code"], name="slip_coded_once"),
        ]

    def __str__(self) -> str:
        return self.code
