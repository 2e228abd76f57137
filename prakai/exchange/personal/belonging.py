"""What networks keep about a person: those that she belongs to for herself, looks after, and wrote a charter of."""

from __future__ import annotations

from typing import Any

from prakai.networks.models import Charter, Membership, Stewardship
from prakai.people.models import Person

Row = dict[str, Any]

_BELONGS = ("invited_at", "agreed_at", "began_at", "ended_at", "because")
_CHARTER = ("number", "purpose", "promises", "manners", "at")


def memberships(person: Person) -> list[Row]:
    """Networks that she belongs to for herself, was invited to, or left; by her unit she belongs as all there do."""
    rows = Membership.objects.filter(person=person).select_related("network").order_by("pk")
    return [{"network": str(row.network), **{name: getattr(row, name) for name in _BELONGS}} for row in rows]


def cares(person: Person) -> list[Row]:
    """Networks that she looks after, or looked after."""
    rows = Stewardship.objects.filter(person=person).select_related("network").order_by("at", "pk")
    return [
        {"network": str(row.network), "role": row.care, "at": row.at, "ended_at": row.ended_at}
        for row in rows
    ]


def charters(person: Person) -> list[Row]:
    """Charters of networks as she wrote them down."""
    rows = Charter.objects.filter(by=person).select_related("network").order_by("at", "pk")
    return [{"network": str(row.network), **{name: getattr(row, name) for name in _CHARTER}} for row in rows]
