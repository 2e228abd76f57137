"""The forum, the series it belongs to, and the rows that decide its state."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.forums.codes import join_code
from prakai.kernel.ids import public_id
from prakai.networks.models import Network
from prakai.people.models import Audience, Person, readable_by
from prakai.thai.slugs import slug
from prakai.units.models import Unit

ANNOUNCED = Q(announced_at__isnull=False)
OWNED_BY_ONE = Q(unit__isnull=False, network__isnull=True) | Q(unit__isnull=True, network__isnull=False)
NETWORK = "network"
"""The audience of a forum that is for the network to which it belongs."""


class Mode(models.TextChoices):
    """Where people meet."""

    PLACE = "place", pgettext_lazy("forum mode", "in one place")
    ONLINE = "online", pgettext_lazy("forum mode", "online")
    BOTH = "both", pgettext_lazy("forum mode", "in one place and online")


class ForumAudience(models.TextChoices):
    """Who may see a forum and register: as ``Audience``, and the network that it belongs to."""

    UNIT = Audience.UNIT.value, Audience.UNIT.label
    NETWORK = NETWORK, pgettext_lazy("audience", "our network")
    MEMBERS = Audience.MEMBERS.value, Audience.MEMBERS.label
    PUBLIC = Audience.PUBLIC.value, Audience.PUBLIC.label


class WalkIns(models.TextChoices):
    """Whether somebody who did not register may come in on the day."""

    NONE = "none", pgettext_lazy("forum walk-ins", "only who registered")
    SEATS = "seats", pgettext_lazy("forum walk-ins", "while there are seats")
    ALL = "all", pgettext_lazy("forum walk-ins", "everybody who comes")


def owner_of(thing: ForumSeries | Forum) -> Unit | Network:
    """Return the unit or the network that a forum or a series belongs to; rows hold that it is one of the two."""
    owner = thing.unit if thing.unit_id is not None else thing.network
    if owner is None:
        raise LookupError(f"{thing.pk} belongs to nobody")
    return owner


def owned(owner: Unit | Network) -> dict[str, Unit | Network]:
    """Return the column that ``owner`` stands in, for making and finding what belongs to it."""
    return {"unit": owner} if isinstance(owner, Unit) else {"network": owner}


class ForumSeries(models.Model):
    """Forums that a unit or a network holds again and again: what one teaches is shown before the next."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="forum_series"
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="forum_series"
    )
    name = models.CharField(max_length=300)
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name_plural = "forum series"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="forum_series_named_once"),
            models.UniqueConstraint(fields=["network", "name"], name="network_series_named_once"),
            models.CheckConstraint(condition=OWNED_BY_ONE, name="forum_series_of_unit_or_network"),
        ]

    def __str__(self) -> str:
        return self.name


def read_by(reader: Person | None) -> Q:
    """Return the filter of forums whose audience includes ``reader``: ``readable_by``, and those of her networks."""
    allowed = readable_by(reader)
    if reader is not None and reader.is_authenticated and reader.is_active:
        hers = Network.objects.belonging_to(reader)
        allowed |= Q(audience=NETWORK, network__in=hers.values("pk"))
    return allowed


class ForumQuerySet(models.QuerySet["Forum"]):
    """Filters on forums."""

    def announced(self) -> Self:
        """Those that were announced; a cancelled one stays among them, and says so."""
        return self.filter(ANNOUNCED)

    def visible_to(self, reader: Person | None) -> Self:
        """Announced forums whose audience includes ``reader``; those she has a role or a seat in; for stewards, all."""
        allowed = ANNOUNCED & read_by(reader)
        if reader is not None and reader.is_authenticated:
            if reader.is_steward:
                return self
            roles = reader.forum_roles.filter(forum=models.OuterRef("pk"), ended_at__isnull=True)
            seats = reader.forum_seats.filter(forum=models.OuterRef("pk"), left_at__isnull=True)
            allowed |= Q(models.Exists(roles)) | (ANNOUNCED & Q(models.Exists(seats)))
        return self.filter(allowed)

    def readable_by(self, reader: Person | None) -> Self:
        """What lists show: announced forums whose audience includes ``reader``."""
        return self.announced().filter(read_by(reader))

    def owned_by(self, owner: Unit | Network) -> Self:
        """Forums that belong to this unit, or to this network."""
        return self.filter(**owned(owner))


class Forum(models.Model):
    """A day, or some days, of dialogue. Its state is told by ``Announcement``, ``Cancellation`` and ``Closing`` rows.

    It belongs to a unit or to a network (``owner``); ``host`` is the unit that receives the guests, if it is another.
    ``announced_at``, ``cancelled_at`` and ``closed_at`` copy those rows, ``starts_at`` and ``ends_at`` its days and
    blocks, for the lists' indexes; actions keep them true. ``code`` is what people type to come in on the day.
    """

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    code = models.CharField(max_length=5, unique=True, default=join_code)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="forums")
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="forums"
    )
    host = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="hosted_forums"
    )
    series = models.ForeignKey(
        ForumSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="forums"
    )
    cloned_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="clones"
    )
    title = models.CharField(max_length=300)
    purpose = models.TextField(blank=True)
    about = models.TextField(blank=True)
    slug = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=2, default="th")
    audience = models.CharField(max_length=10, choices=ForumAudience.choices, default=Audience.PUBLIC)
    mode = models.CharField(max_length=6, choices=Mode.choices, default=Mode.PLACE)
    place = models.CharField(max_length=300, blank=True)
    online_url = models.URLField(max_length=500, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)
    team_least = models.PositiveSmallIntegerField(null=True, blank=True)
    team_most = models.PositiveSmallIntegerField(null=True, blank=True)
    team_rule = models.CharField(max_length=300, blank=True)
    walk_ins = models.CharField(max_length=5, choices=WalkIns.choices, default=WalkIns.SEATS)
    registration_until = models.DateTimeField(null=True, blank=True)

    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    announced_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["audience", "-starts_at", "-id"], name="forum_lists", condition=ANNOUNCED),
            models.Index(fields=["unit", "-starts_at", "-id"], name="forum_of_unit"),
            models.Index(fields=["network", "-starts_at", "-id"], name="forum_of_network"),
            models.Index(fields=["series", "-starts_at", "-id"], name="forum_in_series"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=OWNED_BY_ONE, name="forum_of_unit_or_network"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the slug true, then save."""
        self.put_in_order()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The permanent address: the number decides, the title decorates."""
        return f"/forums/{self.pk}-{self.slug}" if self.slug else f"/forums/{self.pk}"

    def put_in_order(self) -> None:
        """Keep the slug true; to be called before rows are written in bulk."""
        self.slug = slug(self.title, empty="forum")

    @property
    def owner(self) -> Unit | Network:
        """The unit or the network that it belongs to."""
        return owner_of(self)

    @property
    def has_begun(self) -> bool:
        """Whether its first block has begun."""
        return self.starts_at is not None and self.starts_at <= timezone.now()


class Announcement(models.Model):
    """Somebody announced the forum to its audience, once."""

    forum = models.OneToOneField(Forum, on_delete=models.CASCADE, related_name="announcement")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.forum_id} announced {self.at}"


class Cancellation(models.Model):
    """Somebody cancelled the forum, because of something that those who wanted to come are told."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="cancellations")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    because = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forum"], condition=Q(undone_at__isnull=True), name="forum_cancelled_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} cancelled {self.at}"


class Closing(models.Model):
    """The harvest is brought in: the forum is closed, until somebody opens it again."""

    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="closings")
    by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forum"], condition=Q(reopened_at__isnull=True), name="forum_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} closed {self.at}"
