"""Grouping nuggets into cores: naming, renaming, moving, putting, taking apart."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import pgettext

from prakai.forums import story_rules as rules
from prakai.forums.models import Core, Forum, Nugget
from prakai.journal.recording import record
from prakai.kernel.typed import line
from prakai.people.models import Person


@transaction.atomic
def name_core(
    forum: Forum,
    title: str,
    *,
    by: Person,
    nuggets: Iterable[Nugget] = (),
    is_demo: bool = False,
    at: datetime | None = None,
) -> Core:
    """Begin a core of ``forum`` with its words and the first nuggets, and return it. Named twice it is the same."""
    Forum.objects.select_for_update().get(pk=forum.pk)
    rules.may_group(by, forum).or_refuse()
    words = _title(title)
    core = Core.objects.filter(forum=forum, title=words).first()
    if core is None:
        last = Core.objects.filter(forum=forum).aggregate(last=Max("position"))["last"]
        core = Core.objects.create(
            forum=forum,
            title=words,
            position=0 if last is None else last + 1,
            by=by,
            at=at or timezone.now(),
            is_demo=is_demo,
        )
        record("core.named", core, by=by, at=at, forum=forum.pk)
    put_nuggets(nuggets, core, forum=forum, by=by, at=at)
    return core


@transaction.atomic
def rename_core(core: Core, title: str, *, by: Person, at: datetime | None = None) -> Core:
    """Give a core other words."""
    rules.may_group(by, core.forum).or_refuse()
    core.title = _title(title)
    core.save(update_fields=["title"])
    record("core.renamed", core, by=by, at=at, forum=core.forum_id)
    return core


@transaction.atomic
def move_core(core: Core, *, by: Person, earlier: bool, at: datetime | None = None) -> Core:
    """Put a core one place ``earlier`` or later among those of its forum; at the ends it stays."""
    Forum.objects.select_for_update().get(pk=core.forum_id)
    rules.may_group(by, core.forum).or_refuse()
    row = list(Core.objects.filter(forum=core.forum_id))
    place = row.index(core)
    there = place - 1 if earlier else place + 1
    if 0 <= there < len(row):
        row[place], row[there] = row[there], row[place]
        for number, one in enumerate(row):
            one.position = number
        Core.objects.bulk_update(row, ["position"])
        core.position = there
        record("core.moved", core, by=by, at=at, forum=core.forum_id)
    return core


@transaction.atomic
def drop_core(core: Core, *, by: Person, at: datetime | None = None) -> None:
    """Take a core apart; its nuggets are free again."""
    rules.may_group(by, core.forum).or_refuse()
    record("core.dropped", core, by=by, at=at, forum=core.forum_id)
    core.delete()


@transaction.atomic
def put_nuggets(
    nuggets: Iterable[Nugget], core: Core | None, *, forum: Forum, by: Person, at: datetime | None = None
) -> int:
    """Put nuggets of ``forum`` under one of its cores, or with ``None`` under none; return how many moved."""
    rules.may_group(by, forum).or_refuse()
    if core is not None and core.forum_id != forum.pk:
        raise ValidationError(pgettext("story error", "That core is of another forum."))
    chosen = [nugget.pk for nugget in nuggets]
    rows = Nugget.objects.filter(pk__in=chosen, story__forum=forum)
    moved = (rows.exclude(core=core) if core is not None else rows.exclude(core=None)).update(core=core)
    if moved:
        record("nugget.grouped", core or forum, by=by, at=at, forum=forum.pk, moved=moved)
    return moved


def _title(title: str) -> str:
    words = line(title, most=120, field="title")
    if not words:
        raise ValidationError(
            {
                "title": pgettext(
                    "story error", "Please say in a few words what these sentences can do together."
                )
            }
        )
    return words
