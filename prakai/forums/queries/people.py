"""Who does what at a forum."""

from __future__ import annotations

from itertools import groupby

from prakai.forums.models import PREPARES, Forum, Participant, Role, RoleKind
from prakai.people.models import Person


def who_prepares(forum: Forum) -> list[tuple[str, list[Person]]]:
    """Return those who prepare ``forum``, by role in words, in the order in which roles are told."""
    held = Role.objects.filter(forum=forum, kind__in=PREPARES, ended_at__isnull=True)
    order = {kind: place for place, kind in enumerate(RoleKind.values)}
    roles = sorted(held.select_related("person").order_by("pk"), key=lambda role: order[role.kind])
    return [
        (str(RoleKind(kind).label), [role.person for role in group])
        for kind, group in groupby(roles, key=lambda role: role.kind)
    ]


def has_a_part(person: Person | None, forum: Forum) -> bool:
    """Return whether ``person`` has a role or a seat at ``forum``: to her the way in online is told."""
    if person is None:
        return False
    return (
        Role.objects.filter(forum=forum, person=person, ended_at__isnull=True).exists()
        or Participant.objects.seated().filter(forum=forum, person=person).exists()
    )
