"""Tags and filters of every page: moments in the reader's manner, digits, icons, the way through the site.

``{% load prakai_tags %}``. The reader's manner is ``request.reader_preferences``; a page without a request (the 500
page, a mail) gets that of the active language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlencode

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, QueryDict
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, npgettext, pgettext

from prakai.thai import dates
from prakai.thai.digits import to_thai
from prakai.thai.graphemes import cut

if TYPE_CHECKING:
    from prakai.web.requests import Preferences

register = template.Library()

_COMMENT = re.compile(r"{% comment %}(.*?){% endcomment %}", re.DOTALL)
_THAI_LETTER = re.compile("[ก-ฮ]")
_LONGEST_VALUE = 600
_RELATIVE_FOR = timedelta(days=7)


def _request(context: template.Context) -> HttpRequest | None:
    """The page's request, also inside ``{% include … only %}``, where the context processors are gone."""
    found: HttpRequest | None = getattr(context, "request", None) or context.get("request")
    return found


def _preferences(context: template.Context) -> Preferences | None:
    return getattr(_request(context), "reader_preferences", None)


def manner_of(context: template.Context) -> tuple[dates.Language, dates.Era, dates.Digits]:
    """Return language, era and digits for this reader."""
    language: dates.Language = "en" if (get_language() or "th").startswith("en") else "th"
    preferences = _preferences(context)
    if preferences is None:
        return language, "ce" if language == "en" else "be", "arabic"
    era: dates.Era = "ce" if preferences.era == "ce" else "be"
    digits: dates.Digits = "thai" if preferences.digits == "thai" else "arabic"
    return language, era, digits


def _written(
    context: template.Context, when: date, form: dates.Form = "long", *, with_time: bool = True
) -> str:
    language, era, digits = manner_of(context)
    if isinstance(when, datetime):
        if with_time:
            return dates.write_moment(when, language=language, era=era, digits=digits, form=form)
        when = when.astimezone(dates.BANGKOK).date()
    return dates.write_date(when, language=language, era=era, digits=digits, form=form)


def relative_words(gone: timedelta) -> str:
    """How long ago in words: "just now", "5 minutes ago" … up to days; digits are Arabic."""
    minutes = int(gone.total_seconds() // 60)
    hours, days = minutes // 60, gone.days
    if minutes < 1:
        return pgettext("time ago", "just now")
    if hours < 1:
        return npgettext("time ago", "%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if days < 1:
        return npgettext("time ago", "%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return npgettext("time ago", "%(n)d day ago", "%(n)d days ago", days) % {"n": days}


@register.simple_tag(takes_context=True)
def thai_date(
    context: template.Context, when: date | None, form: dates.Form = "long", time: bool = False
) -> SafeString | str:
    """``{% thai_date note.written_at form="short" time=True %}``: the date, readable by machines; nothing for None."""
    if not when:
        return ""
    words = _written(context, when, form, with_time=time)
    return format_html('<time datetime="{}">{}</time>', when.isoformat(), words)


@register.simple_tag(takes_context=True)
def ago(context: template.Context, when: datetime | None, now: datetime | None = None) -> SafeString | str:
    """``{% ago comment.at %}``: how long ago within a week, later the date; the exact moment is the title.

    ``data-ago`` lets moments.js keep the words true on a page that was kept for a while.
    """
    if not when:
        return ""
    gone = (now or timezone.now()) - when
    if not timedelta(0) <= gone < _RELATIVE_FOR:
        exact = _written(context, when)
        day = _written(context, when, with_time=False)
        return format_html('<time datetime="{}" title="{}">{}</time>', when.isoformat(), exact, day)
    words = relative_words(gone)
    if manner_of(context)[2] == "thai":
        words = to_thai(words)
    exact = _written(context, when)
    return format_html('<time datetime="{}" title="{}" data-ago>{}</time>', when.isoformat(), exact, words)


@register.simple_tag(takes_context=True)
def digits(context: template.Context, number: int | str) -> str:
    """``{% digits 1234 %}``: 1,234 or ๑,๒๓๔, as the reader likes; text keeps its form."""
    words = f"{number:,}" if isinstance(number, int) else str(number)
    return to_thai(words) if manner_of(context)[2] == "thai" else words


@register.filter
def grapheme_cut(text: object, limit: int) -> str:
    """``{{ lead|grapheme_cut:120 }}``: at most so many letters as a reader counts them, with … when shortened."""
    return cut(str(text), int(limit))


@register.filter
def readable(url: object) -> str:
    """``{{ url|readable }}``: an address with its Thai as letters, for paper; links keep the coded form."""
    return unquote(str(url))


@register.filter
def spoken(text: object) -> str:
    """``lang="{{ comment.body|spoken }}"``: the language of words that carry none of their own, by their letters."""
    return "th" if _THAI_LETTER.search(str(text)) else "en"


@register.simple_tag
@lru_cache(maxsize=128)
def asset(path: str) -> str:
    """``{% asset "css/tokens.css" %}``: what ``{% static %}`` gives, worked out once; for what stands on every page.

    Eleven assets a page cost a third of its skeleton when each is looked up again.
    """
    return static(path)


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "search" %}``: a small drawing from icons.svg; never alone, always beside words."""
    return _drawn(static("icons/icons.svg"), name)


@lru_cache(maxsize=128)
def _drawn(sheet: str, name: str) -> SafeString:
    return format_html(
        '<svg class="icon" width="24" height="24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sheet,
        name,
    )


@register.simple_tag(takes_context=True)
def nav_active(context: template.Context, *places: str) -> SafeString:
    """``{% nav_active "/units" %}``: ``aria-current`` when the page lies at or under one of the places."""
    request = _request(context)
    path = request.path if request else ""
    if path == places[0]:
        return mark_safe(' aria-current="page"')
    under = any(path == place or path.startswith(f"{place}/") for place in places if place != "/")
    return mark_safe(' aria-current="true"') if under else mark_safe("")


@register.simple_tag(takes_context=True)
def lang_url(context: template.Context, code: str, whole: bool = False) -> str:
    """``{% lang_url "en" %}``: the address of this page in another language; ``whole`` with scheme and host."""
    request = _request(context)
    if request is None:
        return "?" + urlencode({"lang": code})
    asked = _asked(request)
    asked["lang"] = code
    query = "?" + asked.urlencode()
    return _whole(request, escape_uri_path(request.path) + query) if whole else query


def _asked(request: HttpRequest) -> QueryDict:
    """What the address asks, each value no longer than is worth writing into a page again and again."""
    asked = request.GET.copy()
    for name, values in request.GET.lists():
        asked.setlist(name, [value[:_LONGEST_VALUE] for value in values])
    return asked


@register.simple_tag(takes_context=True)
def here(context: template.Context, path: str = "") -> str:
    """``{% here %}``: the whole address of this page without its query; ``{% here "/cards/site.png" %}`` of another."""
    request = _request(context)
    return _whole(request, escape_uri_path(path or (request.path if request else "/")))


def _whole(request: HttpRequest | None, path: str) -> str:
    """``path`` with the scheme and host of this place; bare on the page that refuses a host that is not ours."""
    if settings.SITE_URL or request is None:
        return f"{settings.SITE_URL}{path}"
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path


@register.simple_tag
def lang_current(code: str) -> SafeString:
    """``aria-current`` on the language that the page speaks."""
    spoken = (get_language() or "th").split("-")[0] == code
    return mark_safe(' aria-current="true"') if spoken else mark_safe("")


@register.simple_tag(takes_context=True)
def sign_in_url(context: template.Context) -> str:
    """The address of signing in, which comes back to this page."""
    request = _request(context)
    here = "/"
    if request is not None and request.method == "GET":
        asked = _asked(request).urlencode()
        here = escape_uri_path(request.path) + (f"?{asked}" if asked else "")
    if here == "/" or here.startswith("/accounts/"):
        return "/accounts/login/"
    return "/accounts/login/?" + urlencode({"next": here})


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """The reader's light: "auto", "light" or "dark"."""
    return getattr(_preferences(context), "theme", "auto")


@register.simple_tag(takes_context=True)
def keyboard_keys(context: template.Context) -> str:
    """Whether ("on" or "off") single keys move this reader about."""
    return "on" if getattr(_preferences(context), "single_keys", True) else "off"


@register.simple_tag
def part_words(name: str) -> str:
    """What the file of a part says of itself, for the styleguide: the words of its first comment."""
    source: str = getattr(get_template(f"parts/{name}.html"), "template").source  # noqa: B009  unknown to the stubs
    found = _COMMENT.search(source)
    return " ".join(found[1].split()) if found else ""


@register.simple_tag
def hint_of(hints: Mapping[str, Any], value: object) -> Any:
    """The line under a choice, by the choice's value; empty when there is none."""
    return hints.get(str(value), "")
