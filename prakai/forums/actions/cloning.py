"""Making the next forum from one that was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.times import agenda_changed
from prakai.forums.models import Block, Day, Forum, ForumAudience, Role, RoleKind, owned
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.units.models import Unit

COPIED = (
    "title", "purpose", "about", "language", "audience", "mode", "place", "online_url", "seats", "team_least",
    "team_most", "team_rule", "walk_ins",
)  # fmt: skip


@transaction.atomic
def clone_forum(
    forum: Forum,
    *,
    by: Person,
    owner: Unit | Network,
    first_on: date,
    host: Unit | None = None,
    title: str = "",
    at: datetime | None = None,
) -> Forum:
    """Prepare a new forum of a unit or network from the plan of another, its first day on ``first_on``.

    Words, days and blocks come along; people, registrations and what was said do not. The series, and the host unless
    another is named, come along when it is the same owner's. An audience that the new owner does not have becomes the
    new owner's own.
    """
    rules.may_read(by, forum).or_refuse()
    rules.may_found(by, owner).or_refuse()
    moment = at or timezone.now()
    copy = Forum(**owned(owner), by=by, made_at=moment, changed_at=moment, cloned_from=forum)
    for name in COPIED:
        setattr(copy, name, getattr(forum, name))
    copy.title = line(title, most=300, field="title") or forum.title
    if owner == forum.owner:
        copy.host, copy.series = host or forum.host, forum.series
    else:
        copy.host = host
        copy.online_url = copy.place = ""
        if copy.audience in (ForumAudience.UNIT, ForumAudience.NETWORK):
            copy.audience = ForumAudience.UNIT if copy.network is None else ForumAudience.NETWORK
    copy.save()
    Role.objects.create(forum=copy, person=by, kind=RoleKind.COORDINATOR, by=by, at=moment)
    _copy_days(forum, copy, first_on)
    agenda_changed(copy, at, by=by)
    record("forum.founded", copy, by=by, at=at, cloned_from=forum.pk)
    return copy


def _copy_days(forum: Forum, copy: Forum, first_on: date) -> None:
    days = list(Day.objects.filter(forum=forum).order_by("on"))
    blocks = list(Block.objects.filter(day__forum=forum).order_by("position", "pk"))
    for day in days:
        moved = first_on + timedelta(days=(day.on - days[0].on).days)
        new = Day.objects.create(forum=copy, on=moved, begins_at=day.begins_at)
        Block.objects.bulk_create(
            Block(
                day=new,
                position=block.position,
                kind=block.kind,
                title=block.title,
                about=block.about,
                minutes=block.minutes,
                room=block.room if copy.place else "",
                beside=block.beside,
            )
            for block in blocks
            if block.day_id == day.pk
        )
    if not days:
        Day.objects.create(forum=copy, on=first_on)
