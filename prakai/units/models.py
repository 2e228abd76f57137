"""Tables of units: the tree, the other names a unit is known by, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import connection, models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from prakai.kernel.ids import public_id
from prakai.kernel.names import TwoNames
from prakai.thai.order import order_key
from prakai.units.provinces import province
from prakai.units.wordings import folded_names


class UnitKind(models.TextChoices):
    """What sort of public body a unit is."""

    MINISTRY = "ministry", pgettext_lazy("unit kind", "ministry")
    DEPARTMENT = "department", pgettext_lazy("unit kind", "department")
    PROVINCE = "province", pgettext_lazy("unit kind", "provincial office")
    DISTRICT = "district", pgettext_lazy("unit kind", "district office")
    HOSPITAL = "hospital", pgettext_lazy("unit kind", "hospital")
    HEALTH_CENTRE = "health_centre", pgettext_lazy("unit kind", "health centre")
    SCHOOL = "school", pgettext_lazy("unit kind", "school")
    UNIVERSITY = "university", pgettext_lazy("unit kind", "university")
    MUNICIPALITY = "municipality", pgettext_lazy("unit kind", "municipality")
    SUBDISTRICT = "subdistrict", pgettext_lazy("unit kind", "subdistrict organisation")
    OFFICE = "office", pgettext_lazy("unit kind", "office")
    CENTRE = "centre", pgettext_lazy("unit kind", "centre")
    NETWORK = "network", pgettext_lazy("unit kind", "network of units")


def beneath(path: str) -> Q:
    """Return the filter of units at ``path`` and beneath it, so that the index of paths answers it.

    SQLite uses no index for LIKE, but compares the bytes of paths; PostgreSQL compares by a language's order.
    """
    if connection.vendor == "sqlite" and path:
        return Q(path__gte=path, path__lt=f"{path[:-1]}/")
    return Q(path__startswith=path)


class UnitQuerySet(models.QuerySet["Unit"]):
    """Filters on units."""

    def visible_to(self, reader: object) -> Self:
        """All units: what public bodies exist is public."""
        return self

    def existing(self, on: date | None = None) -> Self:
        """Units that exist on a day (today if none is given)."""
        day = on or timezone.localdate()
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def under(self, unit: Unit) -> Self:
        """The unit itself and everything beneath it."""
        return self.filter(beneath(unit.path))

    def in_order(self) -> Self:
        """In the order of the Thai dictionary."""
        return self.order_by("order_key", "pk")


class Unit(TwoNames, models.Model):
    """A public body. ``path`` holds the ids from the root to itself (``"3.17.240."``): the tree in one column."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    name_th = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    abbreviations = models.JSONField(default=list, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices, default=UnitKind.OFFICE)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=250, db_index=True, blank=True, editable=False)
    province = models.CharField(max_length=2, blank=True)
    slug = models.CharField(max_length=250, blank=True)
    about = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    folded = models.TextField(blank=True, editable=False)
    order_key = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UnitQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["province", "kind"], name="unit_by_province_kind"),
            models.Index(fields=["kind", "order_key"], name="unit_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded names and the sorting key true, then save."""
        self.folded = folded_names([self.name_th, self.name_en], self.abbreviations)
        self.order_key = order_key(self.name_th)[:500]
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """The permanent address: the id decides, the Thai name decorates."""
        return f"/units/{self.pk}-{self.slug}" if self.slug else f"/units/{self.pk}"

    @property
    def province_name(self) -> str:
        """The province in the language of the moment; empty where there is none."""
        found = province(self.province)
        return found.name if found else ""

    def ancestor_ids(self) -> list[int]:
        """The ids from the root down to this unit itself."""
        return [int(step) for step in self.path.split(".") if step]


class FormerName(TwoNames, models.Model):
    """A name that a unit had until a day, its last. Old addresses and old papers are still understood by it."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    name_th = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    abbreviations = models.JSONField(default=list, blank=True)
    slug = models.CharField(max_length=250, blank=True)
    folded = models.TextField(blank=True)
    until_on = models.DateField()

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded names true, then save."""
        self.folded = folded_names([self.name_th, self.name_en], self.abbreviations)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class SuccessionKind(models.TextChoices):
    """How one unit became another."""

    MERGED = "merged", pgettext_lazy("unit succession", "merged into")
    SPLIT = "split", pgettext_lazy("unit succession", "split into")


class Succession(models.Model):
    """One unit came out of another: by merger or by split, on a day, because of something (a law, an order)."""

    earlier = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    later = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="origins")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    happened_on = models.DateField()
    because = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["earlier", "later", "kind"], name="succession_once"),
            models.CheckConstraint(condition=~Q(earlier=models.F("later")), name="succession_not_of_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.earlier} {self.kind} {self.later}"


class Closure(models.Model):
    """A unit ended without another in its place: its last day, and because of what."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="closure")
    last_on = models.DateField()
    because = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.unit} until {self.last_on}"
