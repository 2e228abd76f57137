"""Lists of forums: today, to come, past, and those that the reader has a part in. Constant cost each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from prakai.forums.models import Forum, ForumQuerySet, ForumSeries, forums_held_by, owned
from prakai.kernel.paging import Page, page_of
from prakai.networks.models import Network
from prakai.people.models import Person
from prakai.thai.dates import BANGKOK
from prakai.units.models import Unit

SIZE = 20
MOST_TODAY = 50
MOST_OWN = 20


@dataclass(frozen=True, slots=True)
class ForumLists:
    """What the page of all forums shows. ``own`` are those not over yet in which the reader has a role and
    that stand in no other list of the page: not announced, or without a day."""

    today: list[Forum]
    coming: Page[Forum]
    past: Page[Forum]
    own: list[Forum]


def for_lists(forums: ForumQuerySet) -> ForumQuerySet:
    """Return ``forums`` with what a row of a list shows."""
    return forums.select_related("unit", "network", "host").defer("about")


def forum_lists(
    reader: Person | None,
    *,
    coming_after: str | None = None,
    past_after: str | None = None,
    now: datetime | None = None,
) -> ForumLists:
    """Return the forums that ``reader`` may know of: those of today (in Bangkok), to come (soonest first), and past."""
    moment = (now or timezone.now()).astimezone(BANGKOK)
    today = datetime.combine(moment.date(), time(0), tzinfo=BANGKOK)
    tomorrow = today + timedelta(days=1)
    seen = for_lists(Forum.objects.readable_by(reader))
    on_now = seen.filter(starts_at__lt=tomorrow, ends_at__gte=today).order_by("starts_at", "pk")
    coming = seen.filter(starts_at__gte=tomorrow)
    past = seen.filter(starts_at__lt=today, ends_at__lt=today)
    lists = ForumLists(
        today=list(on_now[:MOST_TODAY]),
        coming=page_of(coming, by="starts_at", after=coming_after, size=SIZE, rising=True),
        past=page_of(past, by="starts_at", after=past_after, size=SIZE),
        own=own_forums(reader, today),
    )
    listed = {forum.pk for forum in (*lists.today, *lists.coming.rows)}
    return replace(lists, own=[forum for forum in lists.own if forum.pk not in listed])


def own_forums(person: Person | None, today: datetime) -> list[Forum]:
    """Return the forums in which ``person`` has a role and which are not over (or have no day yet)."""
    if person is None:
        return []
    not_over = Q(ends_at__isnull=True) | Q(ends_at__gte=today)
    held = Forum.objects.visible_to(person).filter(not_over, pk__in=forums_held_by(person))
    return list(for_lists(held).order_by("-pk")[:MOST_OWN])


def forums_before(forum: Forum, reader: Person | None, *, most: int = 5) -> list[Forum]:
    """Return the earlier forums of the same series that ``reader`` may see, the latest first."""
    if forum.series_id is None:
        return []
    earlier = Forum.objects.visible_to(reader).filter(series=forum.series_id, starts_at__isnull=False)
    if forum.starts_at is not None:
        earlier = earlier.filter(starts_at__lt=forum.starts_at)
    earlier = earlier.filter(cancelled_at__isnull=True).exclude(pk=forum.pk)
    return list(for_lists(earlier).order_by("-starts_at", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class OwnForums:
    """Forums of a unit or a network: to come (or of today), soonest first, and past ones, the latest first."""

    coming: list[Forum]
    past: list[Forum]


def forums_of(
    owner: Unit | Network, reader: Person | None, *, most: int = 6, now: datetime | None = None
) -> OwnForums:
    """Return the latest forums of a unit or a network that ``reader`` may know of. One query."""
    moment = now or timezone.now()
    rows = Forum.objects.readable_by(reader).owned_by(owner).filter(starts_at__isnull=False)
    latest = list(for_lists(rows).order_by("-starts_at", "-pk")[:most])
    coming = [forum for forum in latest if forum.ends_at is None or forum.ends_at >= moment]
    return OwnForums(coming[::-1], [forum for forum in latest if forum not in coming])


def series_names(owner: Unit | Network, *, most: int = 50) -> list[str]:
    """Return the names of the series of a unit or a network, the newest first."""
    names = ForumSeries.objects.filter(**owned(owner)).order_by("-pk").values_list("name", flat=True)
    return list(names[:most])
