"""The person, and the duties she has taken on the platform."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy

from prakai.kernel.ids import public_id
from prakai.thai.folding import fold
from prakai.thai.names import initials
from prakai.thai.order import order_key
from prakai.thai.tags import tag_key

LANGUAGES = [("th", "ไทย"), ("en", "English")]


class PersonQuerySet(models.QuerySet["Person"]):
    """Filters on persons."""

    def present(self) -> Self:
        """Those who take part: approved or needing no approval, not left, not erased."""
        return self.filter(is_active=True, erased_at__isnull=True)

    def visible_to(self, reader: Person | None) -> Self:
        """Persons whose page ``reader`` may open: members all who are present, visitors who allows it."""
        if reader is not None and reader.is_authenticated:
            return self.present() if not reader.is_steward else self.filter(erased_at__isnull=True)
        return self.present().filter(is_listed=True)

    def knowing(self, tag: str) -> Self:
        """Those who say that they know what ``tag`` names; กพร. and ก.พ.ร. are one."""
        return self.filter(known__contains=f"\n{tag_key(tag)}\n")

    def in_order(self) -> Self:
        """By given name in the order of the Thai dictionary."""
        return self.order_by("order_key", "pk")


class PersonManager(BaseUserManager["Person"]):
    """Creates persons as Django's commands and allauth expect; everybody else uses the actions."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def create_user(self, email: str | None, password: str | None = None, **fields: object) -> Person:
        person: Person = self.model(email=self.normalize_email(email) or None, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody who takes part. ``email`` is empty for one who is only named (a teller without an account)."""

    public_id = models.CharField(max_length=12, unique=True, default=public_id, editable=False)
    email = models.EmailField(unique=True, null=True, blank=True)
    title_th = models.CharField(max_length=40, blank=True)
    given_th = models.CharField(max_length=120)
    family_th = models.CharField(max_length=120, blank=True)
    nickname_th = models.CharField(max_length=60, blank=True)
    given_en = models.CharField(max_length=120, blank=True)
    family_en = models.CharField(max_length=120, blank=True)
    about = models.TextField(blank=True)
    knows = models.JSONField(default=list, blank=True)
    portrait = models.ImageField(upload_to="portraits/", blank=True)

    language = models.CharField(max_length=2, choices=LANGUAGES, default="th")
    era = models.CharField(max_length=2, choices=[("be", "พ.ศ."), ("ce", "ค.ศ.")], default="be")
    digits = models.CharField(max_length=6, choices=[("arabic", "123"), ("thai", "๑๒๓")], default="arabic")
    theme = models.CharField(
        max_length=5,
        choices=[
            ("auto", pgettext_lazy("theme", "as the device")),
            ("light", pgettext_lazy("theme", "light")),
            ("dark", pgettext_lazy("theme", "dark")),
        ],
        default="auto",
    )
    single_keys = models.BooleanField(default=True)
    is_listed = models.BooleanField(default=True)

    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)
    folded = models.TextField(blank=True, editable=False)
    order_key = models.CharField(max_length=500, blank=True, editable=False, db_index=True)
    known = models.TextField(blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["given_th"]

    objects = PersonManager.from_queryset(PersonQuerySet)()

    def __str__(self) -> str:
        return self.display_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the folded names, the sorting key and the keys of what she knows true, then save."""
        names = (f"{self.given_th} {self.family_th}", self.nickname_th, f"{self.given_en} {self.family_en}")
        self.folded = "\n".join(dict.fromkeys(fold(n) for n in names if n.strip()))
        self.order_key = order_key(f"{self.given_th} {self.family_th}".strip())[:500]
        self.known = "".join(f"\n{tag_key(tag)}" for tag in self.knows) + "\n" if self.knows else ""
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    @property
    def display_name(self) -> str:
        """Given and family name, in the language of the moment where both forms are known."""
        if (get_language() or "th").startswith("en") and self.given_en:
            return f"{self.given_en} {self.family_en}".strip()
        return f"{self.given_th} {self.family_th}".strip()

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.nickname_th or self.given_th

    def get_absolute_url(self) -> str:
        """The person's page, by public id: names change, and numbers would tell who came first."""
        return f"/people/{self.public_id}"

    @property
    def initial(self) -> str:
        """One letter for the portrait's place."""
        return initials(self.given_th or self.given_en)

    @property
    def tint(self) -> int:
        """0 to 7: which calm colour stands behind the initial."""
        return (self.pk or 0) % 8

    @property
    def portrait_url(self) -> str:
        """Address of the portrait, empty when there is none. The door serves it, wherever the files lie."""
        return f"/portraits/{(self.portrait.name or '').rpartition('/')[2]}" if self.portrait else ""

    @cached_property
    def duties_held(self) -> frozenset[str]:
        """The kinds of duty this person holds now; one query the first time."""
        return frozenset(self.duties.filter(ended_at__isnull=True).values_list("kind", flat=True))

    @property
    def is_steward(self) -> bool:
        """A network steward (คุณเอื้อ/คุณประสาน): looks after members, units and moderation."""
        return self.is_active and (self.is_superuser or DutyKind.STEWARD in self.duties_held)

    @cached_property
    def unit_circle(self) -> frozenset[int]:
        """Ids of the units with a confirmed appointment of hers today, and of all above them; one query."""
        today = timezone.localdate()
        paths = self.appointments.holding(today).confirmed().values_list("unit__path", flat=True)
        return frozenset(int(step) for path in paths for step in path.split(".") if step)


class DutyKind(models.TextChoices):
    """What a person has taken on for the platform as a whole."""

    STEWARD = "steward", pgettext_lazy("duty", "steward")
    FACILITATOR = "facilitator", pgettext_lazy("duty", "facilitator")


class Duty(models.Model):
    """A duty given to a person by another, until it ends."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=12, choices=DutyKind.choices)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="duties_given"
    )
    at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=models.Q(ended_at__isnull=True), name="duty_held_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
