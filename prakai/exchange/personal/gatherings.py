"""What forums keep about a person."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from prakai.forums.models import (
    BeforeReview,
    BlockRole,
    Circle,
    Growth,
    Participant,
    Placement,
    Role,
    SeatWish,
    Spark,
    Story,
)
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
    """Roles that she has or had at forums, and what she does in their blocks."""
    rows = Role.objects.filter(person=person).select_related("forum").order_by("at", "pk")
    told: list[Row] = [
        {"forum": row.forum.title, "kind": row.kind, "at": row.at, "ended_at": row.ended_at} for row in rows
    ]
    parts = BlockRole.objects.filter(person=person).select_related("block__day__forum").order_by("pk")
    return told + [
        {"forum": row.block.day.forum.title, "kind": row.kind, "about": str(row.block)} for row in parts
    ]


def circles(person: Person) -> list[Row]:
    """Circles of rounds that were shown: those in which she sits, and those that she facilitates or records."""
    sits = Placement.objects.filter(participant__person=person, round__shown_at__isnull=False)
    kept = Circle.objects.filter(Q(facilitator=person) | Q(recorder=person), round__shown_at__isnull=False)
    found = [(row.circle, "") for row in sits.select_related("circle__round__forum")]
    for circle in kept.select_related("round__forum"):
        found += [(circle, "facilitator")] if circle.facilitator_id == person.pk else []
        found += [(circle, "recorder")] if circle.recorder_id == person.pk else []
    return [
        {
            "forum": circle.round.forum.title,
            "round": circle.round.number,
            "number": circle.number,
            "room": circle.room,
            "role": role,
        }
        for circle, role in sorted(found, key=lambda one: (one[0].round_id, one[0].number, one[1]))
    ]


def wishes(person: Person) -> list[Row]:
    """What those who prepare noted of her needs for circles; with or without whom is the other's, too, and not told."""
    rows = SeatWish.objects.filter(participant__person=person).select_related("participant__forum")
    return [
        {"forum": row.participant.forum.title, "kind": row.kind, "at": row.at, "ended_at": row.ended_at}
        for row in rows.order_by("at", "pk")
    ]


def before(person: Person) -> list[Row]:
    """Reviews before the day that she wrote down last, for the team."""
    rows = BeforeReview.objects.filter(by=person).select_related("forum").order_by("at", "pk")
    return [
        {
            "forum": row.forum.title,
            "words": "\n".join(filter(None, (row.tasks, row.taught, row.risks, row.watched))),
            "at": row.at,
        }
        for row in rows
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
