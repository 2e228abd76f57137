"""Holding a forum while something of it changes."""

from __future__ import annotations

from prakai.forums.models import Forum


def hold(forum: Forum) -> None:
    """Read the forum anew and hold it until the end of the transaction: of two at once, one comes first."""
    forum.refresh_from_db(from_queryset=Forum.objects.select_for_update())
