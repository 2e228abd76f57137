"""Whose turn it is in a circle."""

from __future__ import annotations

from datetime import datetime

from prakai.forums.models import Circle, Turn


def turn_of(circle: Circle, at: datetime | None = None) -> Turn | None:
    """Return the turn that goes on in ``circle``, with its teller; one query."""
    rows = Turn.objects.standing(at).filter(circle=circle, participant__left_at__isnull=True)
    return rows.select_related("participant").first()
