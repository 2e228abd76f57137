"""Who comes: registrations, with a seat or on the wait-list; who left again; who arrived."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.models.forums import Forum
from prakai.forums.models.roles import PREPARES, forums_held_by
from prakai.kernel.ids import public_id
from prakai.people.models import Person
from prakai.thai.folding import fold
from prakai.thai.order import order_key
from prakai.units.models import Unit


class Experience(models.TextChoices):
    """How long somebody has done this work, for mixing circles; her own word, shown to nobody else."""

    NEW = "new", pgettext_lazy("experience", "new to this work")
    SOME = "some", pgettext_lazy("experience", "some years")
    LONG = "long", pgettext_lazy("experience", "many years")


class ParticipantQuerySet(models.QuerySet["Participant"]):
    """Filters on participants."""

    def coming(self) -> Self:
        """Those who did not leave again, with a seat or on the wait-list."""
        return self.filter(left_at__isnull=True)

    def seated(self) -> Self:
        """Those who have a seat."""
        return self.filter(left_at__isnull=True, seated_at__isnull=False)

    def waiting(self) -> Self:
        """Those on the wait-list, who came first first."""
        return self.filter(left_at__isnull=True, seated_at__isnull=True).order_by("registered_at", "pk")

    def in_order(self) -> Self:
        """By given name in the order of the Thai dictionary."""
        return self.order_by("order_key", "pk")

    def visible_to(self, reader: Person | None) -> Self:
        """Who comes and agreed to be listed, at forums that ``reader`` may see; herself; all where she prepares."""
        forums = Forum.objects.visible_to(reader).values("pk")
        allowed = Q(left_at__isnull=True, seated_at__isnull=False, is_listed=True, forum__in=forums)
        if reader is not None and reader.is_authenticated:
            if reader.is_steward:
                return self
            allowed |= Q(person=reader)
            if reader.is_active:
                allowed |= Q(forum__in=forums_held_by(reader, *PREPARES))
        return self.filter(allowed)


class Participant(models.Model):
    """Somebody who registered for a forum, or was entered by another; a member, or only a name.

    ``seated_at`` is empty on the wait-list. ``left_at`` and ``arrived_at`` copy the rows ``Leaving`` and ``Arrival``.
    ``needs`` and ``experience`` are for those who prepare the day alone. ``public_id`` is what her card's QR says.
    """

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="participants")
    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="forum_seats"
    )
    name = models.CharField(max_length=200)
    nickname = models.CharField(max_length=60, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="forum_participants"
    )
    unit_words = models.CharField(max_length=250, blank=True)
    position = models.CharField(max_length=160, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    team = models.CharField(max_length=120, blank=True)
    experience = models.CharField(max_length=4, choices=Experience.choices, blank=True)
    needs = models.CharField(max_length=500, blank=True)
    is_listed = models.BooleanField(default=False)
    is_walk_in = models.BooleanField(default=False)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    registered_at = models.DateTimeField(default=timezone.now)
    seated_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    folded = models.CharField(max_length=300, blank=True, editable=False)
    order_key = models.CharField(max_length=500, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["forum", "order_key", "id"], name="participant_by_name"),
            models.Index(fields=["forum", "registered_at", "id"], name="participant_by_time"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forum", "person"],
                condition=Q(left_at__isnull=True, person__isnull=False),
                name="registered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded name and the sorting key true, then save."""
        self.put_in_order()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def put_in_order(self) -> None:
        """Keep the folded name and the sorting key true; to be called before rows are written in bulk."""
        self.folded = fold(f"{self.name} {self.nickname}")[:300]
        self.order_key = order_key(self.name)[:500]

    @property
    def unit_name(self) -> str:
        """Her unit in words: of the tree, or as it was typed."""
        return self.unit.name if self.unit is not None else self.unit_words

    @property
    def waits(self) -> bool:
        """Whether she comes, but has no seat yet."""
        return self.left_at is None and self.seated_at is None


class Leaving(models.Model):
    """A participant will not come after all."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="leavings")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.participant_id} left {self.at}"


class Arrival(models.Model):
    """A participant is there: seen at the door by somebody, by her card or her name."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="arrivals")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(undone_at__isnull=True), name="arrived_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} arrived {self.at}"
