"""Giving and ending roles at a forum."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.models import Forum, Role
from prakai.journal.recording import record
from prakai.people.models import Person


@transaction.atomic
def give_role(forum: Forum, person: Person, kind: str, *, by: Person, at: datetime | None = None) -> Role:
    """Give ``person`` a role (a ``RoleKind``) at ``forum`` and return it; one that is held stays as it is."""
    hold(forum)
    rules.may_give_role(by, forum, person).or_refuse()
    role, is_new = Role.objects.get_or_create(
        forum=forum, person=person, kind=kind, ended_at=None, defaults={"by": by, "at": at or timezone.now()}
    )
    if is_new:
        record("forum_role.given", role, by=by, at=at, forum=forum.pk, kind=kind)
    return role


@transaction.atomic
def end_role(role: Role, *, by: Person, at: datetime | None = None) -> Role:
    """End a role; one that has ended stays as it is. A forum keeps somebody who prepares it."""
    Forum.objects.select_for_update().get(pk=role.forum_id)
    role.refresh_from_db()
    rules.may_end_role(by, role).or_refuse()
    if role.ended_at is None:
        role.ended_at = at or timezone.now()
        role.save(update_fields=["ended_at"])
        record("forum_role.ended", role, by=by, at=at, forum=role.forum_id, kind=role.kind)
    return role
