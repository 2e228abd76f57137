"""Finding what an address means, through what the reader may see; and what stands on every page of a forum."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import pgettext

from prakai.forums import rules
from prakai.forums.models import Difference, Forum
from prakai.people.models import Person
from prakai.web.forums.tabs import Asked, tabs_of, times_of


def forum_at(pk: int, reader: Person | None) -> Forum:
    """Return the forum if ``reader`` may see it, else 404."""
    rows = Forum.objects.visible_to(reader).select_related("unit", "network", "host", "series")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def frame_of(forum: Forum, reader: Person | None, current: str) -> dict[str, Any]:
    """Return what ``forums/forum.html`` wants: the forum, whether she prepares it, its pages, where it hangs.

    ``current`` is the key of the page in ``tabs.py``. Every page of a forum adds its own to this.
    """
    may_prepare = bool(rules.may_prepare(reader, forum))
    trail = [
        {"label": pgettext("forum page", "Forums"), "url": "/forums"},
        {"label": forum.owner.name, "url": forum.owner.get_absolute_url()},
    ]
    has_role = may_prepare or rules.has_role(reader, forum)
    tabs = tabs_of(Asked(forum, reader, may_prepare, has_role), current=current)
    why = forum.cancellations.filter(undone_at__isnull=True).first() if forum.cancelled_at else None
    return {
        "forum": forum,
        "may_prepare": may_prepare,
        "trail": trail,
        "tabs": tabs,
        "tab_times": times_of(tabs),
        "cancellation": why.because if why else "",
        "differs": may_prepare and Difference.objects.filter(parcel__passage__forum=forum).exists(),
    }
