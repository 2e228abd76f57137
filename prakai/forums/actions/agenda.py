"""Days and blocks: adding, changing, moving and removing them, and who does what in a block."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.actions.holding import hold
from prakai.forums.actions.times import agenda_changed, renumber
from prakai.forums.models import Block, BlockKind, Day, Forum
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person

LINES: Final = {"title": 200, "about": 600, "room": 120}
LONGEST: Final = 12 * 60
MOST_BLOCKS: Final = 60
MOST_DAYS: Final = 14


@transaction.atomic
def add_day(
    forum: Forum, on: date, *, by: Person, begins_at: time = time(8, 30), at: datetime | None = None
) -> Day:
    """Give a forum one more day. A day that it has already is a ``ValidationError``."""
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if forum.days.count() >= MOST_DAYS:
        raise ValidationError({"on": pgettext("forum error", "A forum has at most fourteen days.")})
    _only_once(forum, on)
    day = Day.objects.create(forum=forum, on=on, begins_at=begins_at)
    agenda_changed(forum, at, by=by)
    record("forum_day.added", day, by=by, at=at, forum=forum.pk)
    return day


@transaction.atomic
def change_day(day: Day, *, by: Person, on: date, begins_at: time, at: datetime | None = None) -> Day:
    """Move a day to another date, or let it begin at another time; its blocks go along."""
    forum = day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    _only_once(forum, on, but=day)
    day.on, day.begins_at = on, begins_at
    day.save(update_fields=["on", "begins_at"])
    agenda_changed(forum, at, by=by)
    record("forum_day.changed", day, by=by, at=at, forum=forum.pk)
    return day


@transaction.atomic
def remove_day(day: Day, *, by: Person, at: datetime | None = None) -> Forum:
    """Take a day with its blocks out of the agenda."""
    forum = day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    record("forum_day.removed", day, by=by, at=at, forum=forum.pk)
    day.delete()
    agenda_changed(forum, at, by=by)
    return forum


@transaction.atomic
def add_block(day: Day, *, by: Person, at: datetime | None = None, **words: Any) -> Block:
    """Put a block at the end of a day: ``kind``, ``minutes``, and ``title``, ``about``, ``room``, ``beside``."""
    forum = day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if day.blocks.count() >= MOST_BLOCKS:
        raise ValidationError({"kind": pgettext("forum error", "A day has at most sixty blocks.")})
    block = Block(day=day, position=day.blocks.count())
    _say(block, words)
    block.save()
    agenda_changed(forum, at, by=by)
    record("block.added", block, by=by, at=at, forum=forum.pk)
    return block


@transaction.atomic
def change_block(block: Block, *, by: Person, at: datetime | None = None, **words: Any) -> Block:
    """Change a block; what is not named stays. What comes after it moves along."""
    forum = block.day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    _say(block, words)
    block.save()
    agenda_changed(forum, at, by=by)
    record("block.changed", block, by=by, at=at, forum=forum.pk)
    return block


@transaction.atomic
def move_block(block: Block, *, by: Person, day: Day, to: int, at: datetime | None = None) -> Block:
    """Put a block at the place ``to`` (from 0; beyond the end is the end) of ``day``, its own or another."""
    forum = block.day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    if day.forum_id != forum.pk:
        raise ValidationError({"day": pgettext("forum error", "That day belongs to another forum.")})
    rows = [row for row in day.blocks.order_by("position", "pk") if row.pk != block.pk]
    left = [row for row in block.day.blocks.order_by("position", "pk") if row.pk != block.pk]
    is_new_day = block.day_id != day.pk
    block.day = day
    block.save(update_fields=["day"])
    rows.insert(max(0, min(to, len(rows))), block)
    renumber(rows)
    if is_new_day:
        renumber(left)
    agenda_changed(forum, at, by=by)
    record("block.moved", block, by=by, at=at, forum=forum.pk)
    return block


@transaction.atomic
def remove_block(block: Block, *, by: Person, at: datetime | None = None) -> Forum:
    """Take a block out of the agenda; what comes after it moves up."""
    forum = block.day.forum
    hold(forum)
    rules.may_change(by, forum).or_refuse()
    record("block.removed", block, by=by, at=at, forum=forum.pk)
    rest = [row for row in block.day.blocks.order_by("position", "pk") if row.pk != block.pk]
    block.delete()
    renumber(rest)
    agenda_changed(forum, at, by=by)
    return forum


def _only_once(forum: Forum, on: date, but: Day | None = None) -> None:
    others = forum.days.filter(on=on)
    if (others.exclude(pk=but.pk) if but is not None else others).exists():
        raise ValidationError({"on": pgettext("forum error", "The forum has this day already.")})


def _say(block: Block, words: dict[str, Any]) -> None:
    unknown = set(words) - {*LINES, "kind", "minutes", "beside"}
    if unknown:
        raise TypeError(f"a block does not say {sorted(unknown)}")
    for name, given in words.items():
        setattr(block, name, line(given, most=LINES[name], field=name) if name in LINES else given)
    if block.kind not in BlockKind.values:
        raise ValidationError({"kind": pgettext("forum error", "Please choose what this time is for.")})
    if not isinstance(block.minutes, int) or not 1 <= block.minutes <= LONGEST:
        raise ValidationError({"minutes": pgettext("forum error", "Between 1 and 720 minutes, please.")})
