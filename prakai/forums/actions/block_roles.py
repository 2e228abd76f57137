"""Who does what in a block: a member, or a guest by name."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.times import agenda_changed
from prakai.forums.models import Block, BlockRole, Forum, RoleKind
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def give_block_role(
    block: Block,
    kind: str,
    *,
    by: Person,
    person: Person | None = None,
    name: str = "",
    at: datetime | None = None,
) -> BlockRole:
    """Let somebody do something in a block: a member, or a guest who is only named. Twice the same is once."""
    forum = block.day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if kind not in RoleKind.values:
        raise ValidationError({"kind": pgettext("forum error", "Please choose a role.")})
    if person is not None:
        rules.may_give_role(by, forum, person).or_refuse()
    said = "" if person is not None else line(name, most=200, field="name")
    if person is None and not said:
        raise ValidationError({"name": pgettext("forum error", "Who is it? Please write a name.")})
    role, is_new = BlockRole.objects.get_or_create(block=block, kind=kind, person=person, name=said)
    if is_new:
        agenda_changed(forum, at, by=by)
        record("block_role.given", role, by=by, at=at, forum=forum.pk, kind=kind)
    return role


@transaction.atomic
def end_block_role(role: BlockRole, *, by: Person, at: datetime | None = None) -> Forum:
    """Take somebody out of a block."""
    forum = role.block.day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    record("block_role.ended", role, by=by, at=at, forum=forum.pk)
    role.delete()
    agenda_changed(forum, at, by=by)
    return forum
