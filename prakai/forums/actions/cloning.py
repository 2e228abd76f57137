"""Making the next forum from one that was."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from prakai.forums import rules
from prakai.forums.actions.times import agenda_changed
from prakai.forums.models import Block, Day, Forum, Role, RoleKind
from prakai.forums.wording import line
from prakai.journal.recording import record
from prakai.people.models import Person
from prakai.units.models import Unit

COPIED = (
    "title", "purpose", "about", "language", "audience", "mode", "place", "online_url", "seats", "team_least",
    "team_most", "team_rule", "walk_ins",
)  # fmt: skip


@transaction.atomic
def clone_forum(
    forum: Forum, *, by: Person, unit: Unit, first_on: date, title: str = "", at: datetime | None = None
) -> Forum:
    """Prepare a new forum of ``unit`` from the plan of another, its first day on ``first_on``.

    Words, days and blocks come along; people, registrations and what was said do not. The series comes along when it
    is the same unit's.
    """
    rules.may_read(by, forum).or_refuse()
    rules.may_found(by, unit).or_refuse()
    moment = at or timezone.now()
    copy = Forum(unit=unit, by=by, made_at=moment, changed_at=moment, cloned_from=forum)
    for name in COPIED:
        setattr(copy, name, getattr(forum, name))
    copy.title = line(title, most=300, field="title") or forum.title
    if unit.pk == forum.unit_id:
        copy.host, copy.series = forum.host, forum.series
    else:
        copy.online_url = copy.place = ""
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
