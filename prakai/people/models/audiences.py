"""Audiences: for whom a thing is. One vocabulary, so that every room filters in the same way."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from prakai.people.models.persons import Person


class Audience(models.TextChoices):
    """Who may read what is published."""

    UNIT = "unit", pgettext_lazy("audience", "my unit")
    MEMBERS = "members", pgettext_lazy("audience", "members")
    PUBLIC = "public", pgettext_lazy("audience", "everyone")


def readable_by(reader: Person | None, *, audience: str = "audience", unit: str = "unit_id") -> Q:
    """Return the filter of rows whose audience includes ``reader`` (``None`` or anonymous: a visitor).

    A row for a unit is read by those appointed today in that unit or in one beneath it.
    """
    if reader is None or not reader.is_authenticated or not reader.is_active:
        return Q(**{audience: Audience.PUBLIC})
    allowed = Q(**{f"{audience}__in": [Audience.PUBLIC, Audience.MEMBERS]})
    if reader.unit_circle:
        allowed |= Q(**{audience: Audience.UNIT, f"{unit}__in": reader.unit_circle})
    return allowed


def includes(reader: Person | None, audience: str, unit_id: int | None) -> bool:
    """Return whether ``reader`` belongs to the audience of one row: ``readable_by``, for one."""
    if audience == Audience.PUBLIC:
        return True
    if reader is None or not reader.is_authenticated or not reader.is_active:
        return False
    return audience == Audience.MEMBERS or (audience == Audience.UNIT and unit_id in reader.unit_circle)
