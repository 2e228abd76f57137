"""Where those who speak stand: the unit that is named beside a person."""

from __future__ import annotations

from django.db.models import Prefetch
from django.utils import timezone

from prakai.people.models import Appointment, Person
from prakai.units.models import Unit


def standing_of(person: str) -> Prefetch[str]:
    """Return the prefetch of today's confirmed appointments of the persons at the path ``person``; one query."""
    held = Appointment.objects.holding(timezone.localdate()).confirmed().select_related("unit").newest_first()
    return Prefetch(f"{person}__appointments", queryset=held, to_attr="standing_now")


def unit_of(person: Person) -> Unit | None:
    """Return the unit of a person who was read with ``standing_of``; nothing when she holds no appointment."""
    standing: list[Appointment] = getattr(person, "standing_now", [])
    return standing[0].unit if standing else None
