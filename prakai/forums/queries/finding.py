"""Finding forums by name. (The text of forums is the search room's matter.)"""

from __future__ import annotations

from django.db.models import Q

from prakai.forums.models import Forum
from prakai.people.models import Person
from prakai.thai.folding import clean


def find_forums(words: str, reader: Person | None, *, most: int = 20) -> list[Forum]:
    """Return readable forums whose title or purpose holds ``words``, the latest first."""
    wanted = clean(words).strip()
    if not wanted:
        return []
    match = Q(title__icontains=wanted) | Q(purpose__icontains=wanted)
    rows = Forum.objects.readable_by(reader).filter(match).select_related("unit", "network")
    return list(rows.order_by("-starts_at", "-pk")[:most])
