"""Tags of the settings."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils.translation import pgettext

from prakai.web.templatetags.prakai_tags import thai_date

register = template.Library()

# The first that is found counts: every browser names its ancestors, too.
_BROWSERS = (
    ("Line/", "LINE"),
    ("FBAN", "Facebook"),
    ("FBAV", "Facebook"),
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR/", "Opera"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.simple_tag
def device(user_agent: str) -> str:
    """``{% device session.user_agent %}``: browser and system in words, such as "Chrome · Android"."""
    known = [
        next((name for sign, name in table if sign in user_agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(word for word in known if word) or pgettext("sessions page", "another program")


@register.simple_tag(takes_context=True)
def told(context: template.Context, value: object) -> str:
    """``{% told value %}``: a kept fact for the one whom it is about; moments in her manner, the rest as it is."""
    if isinstance(value, date):
        return thai_date(context, value, form="short", time=isinstance(value, datetime))
    return str(value)
