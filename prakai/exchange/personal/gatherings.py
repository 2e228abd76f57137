"""What forums keep about a person."""

from __future__ import annotations

from typing import Any

from prakai.forums.models import Growth, Participant, Role, Spark, Story
from prakai.people.models import Person

Row = dict[str, Any]

_SEAT = (
    "name", "nickname", "unit_name", "position", "email", "phone", "team", "experience", "needs", "is_listed",
    "is_walk_in", "registered_at", "seated_at", "left_at", "arrived_at",
)  # fmt: skip
_STORY = (
    "title", "teller_name", "unit_name", "situation", "what_we_did", "turning_point", "what_changed", "advice",
    "allows_quotes", "at", "withdrawn_at",
)  # fmt: skip


def seats(person: Person) -> list[Row]:
    """Forums that she registered for, with what she said of herself."""
    rows = Participant.objects.filter(person=person).select_related("forum", "unit").order_by("registered_at")
    return [{"forum": row.forum.title, **{name: getattr(row, name) for name in _SEAT}} for row in rows]


def roles(person: Person) -> list[Row]:
    """Roles that she has or had at forums."""
    rows = Role.objects.filter(person=person).select_related("forum").order_by("at", "pk")
    return [
        {"forum": row.forum.title, "kind": row.kind, "at": row.at, "ended_at": row.ended_at} for row in rows
    ]


def sparks(person: Person) -> list[Row]:
    """Sparks that she threw while signed in, also those without her name."""
    rows = Spark.objects.filter(person=person).select_related("forum").order_by("at", "pk")
    return [
        {
            "forum": row.forum.title,
            "words": row.words,
            "name": row.name,
            "at": row.at,
            "withdrawn_at": row.withdrawn_at,
        }
        for row in rows
    ]


def stories(person: Person) -> list[Row]:
    """Stories that she told, as they were written down."""
    rows = Story.objects.filter(person=person).select_related("forum", "unit").order_by("at", "pk")
    return [{"forum": row.forum.title, **{name: getattr(row, name) for name in _STORY}} for row in rows]


def growths(person: Person) -> list[Row]:
    """That somebody asked her whether a story or spark of hers may grow into a note, and when she answered."""
    rows = Growth.objects.filter(author=person).select_related("story", "spark").order_by("asked_at", "pk")
    return [
        {"about": str(row.story or row.spark), "asked_at": row.asked_at, "answered_at": row.answered_at}
        for row in rows
    ]
