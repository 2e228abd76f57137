"""Who does what at a forum, and what they read the evening before."""

from __future__ import annotations

from dataclasses import dataclass, field

from prakai.forums import rules
from prakai.forums.models import Circle, Forum, Participant, Role, RoleKind
from prakai.forums.queries.participants import Team, teams_of
from prakai.people.models import Person


@dataclass(frozen=True, slots=True)
class Held:
    """All who have one kind of role now."""

    kind: str
    label: str
    roles: list[Role]


@dataclass(slots=True)
class BriefingPage:
    """What who runs the day needs to know the evening before; needs only for those who prepare it."""

    held: list[Held]
    mine: set[str]
    circles: list[Circle]
    teams: list[Team] = field(default_factory=list)
    seated: int = 0
    with_needs: list[Participant] = field(default_factory=list)


def roles_now(forum: Forum) -> list[Held]:
    """Return each kind of role with those who have it now, the kinds without anybody, too. One query."""
    now = list(
        Role.objects.filter(forum=forum, ended_at__isnull=True)
        .select_related("person", "forum")
        .order_by("person__order_key", "pk")
    )
    return [
        Held(kind.value, str(kind.label), [role for role in now if role.kind == kind]) for kind in RoleKind
    ]


def briefing_page(forum: Forum, reader: Person) -> BriefingPage:
    """Return the briefing as ``reader`` may see it. A constant number of queries."""
    held = roles_now(forum)
    mine = {one.kind for one in held if any(role.person_id == reader.pk for role in one.roles)}
    circles = Circle.objects.filter(round__forum=forum).select_related("round", "facilitator", "recorder")
    led = [one for one in circles.order_by("round__number", "number") if reader.pk in _leaders(one)]
    seated = list(Participant.objects.seated().filter(forum=forum).select_related("unit").in_order())
    needs = [row for row in seated if row.needs] if rules.may_prepare(reader, forum) else []
    return BriefingPage(held, mine, led, teams_of(seated, forum), len(seated), needs)


def _leaders(circle: Circle) -> set[int | None]:
    return {circle.facilitator_id, circle.recorder_id}
