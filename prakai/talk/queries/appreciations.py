"""Appreciations as pages show them. No count, no order but time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from prakai.people.models import Person
from prakai.talk import rules
from prakai.talk.models import Appreciation, Conversation
from prakai.talk.models.appreciations import led_by
from prakai.talk.queries.standing import standing_of, unit_of
from prakai.units.models import Unit


@dataclass(slots=True)
class Given:
    """An appreciation as a page shows it to one reader: who gave it, and whether she may take it back or keep it."""

    row: Appreciation
    is_own: bool = False
    is_received: bool = False

    @property
    def people(self) -> list[Person]:
        """Who gave it; nobody when that person has left."""
        by = self.row.by
        return [] if by is None or by.erased_at is not None else [by]

    @property
    def unit(self) -> Unit | None:
        """The unit of who gave it."""
        return unit_of(self.people[0]) if self.people else None

    @property
    def moment(self) -> datetime:
        """When it was given."""
        return self.row.given_at

    @property
    def saw(self) -> str:
        """What was seen."""
        return self.row.saw

    @property
    def effect(self) -> str:
        """What it did."""
        return self.row.effect

    @property
    def wants_to_learn(self) -> bool:
        """Whether who gave it wants to learn it."""
        return self.row.wants_to_learn

    @property
    def anchor(self) -> str:
        """The place in the page, ``a12``."""
        return f"a{self.row.pk}"

    @property
    def is_public(self) -> bool:
        """Whether neither side keeps it private."""
        return self.row.is_public

    @property
    def is_kept_by_reader(self) -> bool:
        """Whether it is the reader's own wish that keeps it private."""
        return (self.is_own and self.row.is_private) or (self.is_received and self.row.kept_at is not None)


def given_as(
    rows: QuerySet[Appreciation], reader: Person | None, *, conversation: Conversation | None = None
) -> list[Given]:
    """Return ``rows`` as ``reader`` sees them: three queries at most, however many."""
    found = list(rows.select_related("by").prefetch_related(standing_of("by")))
    if reader is None or not found:
        return [Given(row) for row in found]
    hosts = conversation is not None and rules.is_host(reader, conversation)
    units = {row.unit_id for row in found} - {None}
    led = set(led_by(reader).filter(unit__in=units).values_list("unit_id", flat=True)) if units else set()
    return [
        Given(
            row,
            is_own=row.by_id == reader.pk,
            is_received=row.person_id == reader.pk or row.unit_id in led or hosts,
        )
        for row in found
    ]


def appreciations_of_unit(unit_id: int, reader: Person | None, *, most: int = 6) -> list[Given]:
    """Return some appreciations of a unit that ``reader`` may see, newest first."""
    rows = Appreciation.objects.filter(unit_id=unit_id).visible_to(reader).order_by("-given_at", "-pk")
    return given_as(rows[:most], reader)


def appreciations_of_person(person: Person, reader: Person | None, *, most: int = 6) -> list[Given]:
    """Return some appreciations of a person that ``reader`` may see, newest first."""
    rows = Appreciation.objects.filter(person=person).visible_to(reader).order_by("-given_at", "-pk")
    return given_as(rows[:most], reader)
