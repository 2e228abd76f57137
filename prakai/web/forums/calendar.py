"""A forum as people keep it in their calendars: an event a day, the same one for good, raised with every change.

The UID is made of ids that never change, SEQUENCE is the forum's version, and a cancelled forum says so; so a calendar
that asks again, or opens the file again, moves the event instead of adding another.
"""

from __future__ import annotations

from datetime import UTC

from django.utils import translation
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from prakai.forums.models import Forum, Mode
from prakai.forums.queries.plan import DayPlan, Plan


def calendar_of(forum: Forum, plan: Plan, *, address: str, with_link: bool) -> bytes:
    """Return the file. ``address`` is the whole address of the forum's page; ``with_link`` tells the way in online."""
    calendar = Calendar()
    calendar.add("prodid", "-//Prakai//Forums//TH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", forum.title)
    calendar.add("x-wr-timezone", "Asia/Bangkok")
    days = [day for day in plan.days if day.rows]
    with translation.override(forum.language):
        for number, day in enumerate(days, start=1):
            title = forum.title
            if len(days) > 1:
                title = pgettext("calendar", "%(title)s (day %(n)d of %(of)d)") % {
                    "title": forum.title,
                    "n": number,
                    "of": len(days),
                }
            calendar.add_component(_event(forum, day, title, address, with_link))
    calendar.add_missing_timezones()
    text: bytes = calendar.to_ical()
    return text


def _event(forum: Forum, day: DayPlan, title: str, address: str, with_link: bool) -> Event:
    event = Event()
    event.add("uid", f"{forum.public_id}-{day.day.pk}@forums.prakai")
    event.add("sequence", forum.version)
    event.add("dtstamp", forum.changed_at.astimezone(UTC))
    event.add("last-modified", forum.changed_at.astimezone(UTC))
    event.add("summary", title)
    event.add("dtstart", day.rows[0].starts_at)
    event.add("dtend", max(row.ends_at for row in day.rows))
    event.add("status", _status(forum))
    event.add("url", address)
    place = forum.place or (pgettext("forum mode", "online") if forum.mode == Mode.ONLINE else "")
    if place:
        event.add("location", place)
    event.add("description", _description(forum, day, address, with_link))
    return event


def _status(forum: Forum) -> str:
    if forum.cancelled_at is not None:
        return "CANCELLED"
    return "CONFIRMED" if forum.announced_at is not None else "TENTATIVE"


def _description(forum: Forum, day: DayPlan, address: str, with_link: bool) -> str:
    lines = [forum.purpose, ""] if forum.purpose else []
    for row in day.rows:
        room = f" ({row.block.room})" if row.block.room else ""
        lines.append(f"{row.begins:%H.%M}–{row.ends:%H.%M} {row.name}{room}")
    lines += ["", address]
    if with_link and forum.mode != Mode.PLACE and forum.online_url:
        lines.append(forum.online_url)
    return "\n".join(lines)
