"""Tags of forums' pages: days with their weekday, times of day, lengths of time, in the reader's manner.

``{% load forum_tags %}``.
"""

from __future__ import annotations

from datetime import date, datetime, time

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from prakai.forums.models import Forum
from prakai.forums.wording import length_in_words
from prakai.thai import dates
from prakai.thai.digits import to_thai
from prakai.web.templatetags.prakai_tags import manner_of

register = template.Library()


@register.simple_tag(takes_context=True)
def clock(context: template.Context, when: time | datetime | None) -> SafeString | str:
    """``{% clock row.begins %}``: 08.30 น., in English 08:30; a moment is told in Bangkok's time."""
    if when is None:
        return ""
    language, _, digits = manner_of(context)
    if isinstance(when, datetime):
        when = when.astimezone(dates.BANGKOK).time()
    words = f"{when:%H.%M}" if language == "th" else f"{when:%H:%M}"
    shown = to_thai(words) if digits == "thai" else words
    unit = " น." if language == "th" else ""
    return format_html('<time datetime="{}">{}{}</time>', f"{when:%H:%M}", shown, unit)


@register.simple_tag(takes_context=True)
def weekday_date(context: template.Context, when: date | datetime | None) -> SafeString | str:
    """``{% weekday_date day.on %}``: วันพุธที่ 9 ธันวาคม 2569; Wednesday, 9 December 2026."""
    if when is None:
        return ""
    language, era, digits = manner_of(context)
    day = when.astimezone(dates.BANGKOK).date() if isinstance(when, datetime) else when
    written = dates.write_date(day, language=language, era=era, digits=digits)
    words = pgettext("weekday and date", "%(weekday)s, %(date)s") % {
        "weekday": WEEKDAYS[day.weekday()],
        "date": written,
    }
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), words)


@register.simple_tag(takes_context=True)
def forum_days(context: template.Context, forum: Forum, form: dates.Form = "long") -> SafeString | str:
    """``{% forum_days forum %}``: one day with its weekday, or 8–9 ธันวาคม 2569; nothing while it has no day."""
    if forum.starts_at is None or forum.ends_at is None:
        return ""
    first = forum.starts_at.astimezone(dates.BANGKOK).date()
    last = max(first, forum.ends_at.astimezone(dates.BANGKOK).date())
    if first == last and form == "long":
        return weekday_date(context, first)
    language, era, digits = manner_of(context)
    words = dates.write_range(first, last, language=language, era=era, digits=digits, form=form)
    return format_html('<time datetime="{}">{}</time>', first.isoformat(), words)


@register.simple_tag(takes_context=True)
def lasting(context: template.Context, minutes: int) -> str:
    """``{% lasting 150 %}``: 2 hours 30 minutes."""
    words = length_in_words(minutes)
    return to_thai(words) if manner_of(context)[2] == "thai" else words
