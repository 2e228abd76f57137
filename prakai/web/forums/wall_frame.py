"""What stands on every page of a wall for those who look at it by the forum's number."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.utils.translation import pgettext

from prakai.forums import spark_rules
from prakai.forums.models import Forum
from prakai.people.models import Person
from prakai.web.forums.loading import frame_of


def forum_of_wall(pk: int, reader: Person | None) -> Forum:
    """Return the forum with its wall if ``reader`` may see it, else 404."""
    rows = Forum.objects.visible_to(reader).select_related("wall", "unit", "network", "host", "series")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def wall_frame(forum: Forum, reader: Person | None, current: str) -> dict[str, Any]:
    """Return what every page of a forum wants, and ``wall``, ``may_keep``, the row of the wall's own pages.

    ``current`` is the key of this one.
    """
    may_keep = bool(spark_rules.may_keep_wall(reader, forum))
    path = f"/forums/{forum.pk}/wall"
    pages = [("list", pgettext("wall tab", "List"), f"{path}/list")]
    pages += [("words", pgettext("wall tab", "Words"), f"{path}/words")]
    if may_keep:
        pages = [("keep", pgettext("wall tab", "Keep the wall"), f"{path}/keep"), *pages]
    wall_tabs = [{"label": label, "url": url, "current": key == current} for key, label, url in pages]
    return {
        **frame_of(forum, reader, "wall"),
        "wall": spark_rules.wall_of(forum),
        "may_keep": may_keep,
        "wall_tabs": wall_tabs,
    }


def join_address(request: HttpRequest, forum: Forum) -> str:
    """Return the whole address that phones open: of the site, or of this machine in the hall's own network."""
    path = f"/w/{forum.code}"
    asked = request.build_absolute_uri(path)
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else asked
